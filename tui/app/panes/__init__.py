"""The panes of the main screen, one module each, and the modules that turn answers into their rows and lines."""
