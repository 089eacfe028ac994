"""The app in a browser: the web server, the web page, and a process of the app for each browser window."""
