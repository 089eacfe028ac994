"""The user interfaces: the command line, the app, the app in a browser, and the text mode. A part of reinspect."""
