"""The app in a browser: the web server, the page, and a process of the app for each visitor."""
