"""The app in a browser: the page, what it loads, and the process that each visitor gets."""
