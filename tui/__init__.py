"""The user interfaces: the command line, the app, the app in a browser, and a text mode. A part of reinspect."""
