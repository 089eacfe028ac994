"""The user interfaces: the full-screen app, the command line, text mode for screen readers, and the browser."""
