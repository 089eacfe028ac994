"""The faces of the program: command line, app, spoken app, and the app in a browser. A part of reinspect."""
