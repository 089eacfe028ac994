"""What is shown: the app, its panes and widgets, and the command line over the same functions."""
