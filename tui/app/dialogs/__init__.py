"""Questions asked over a pane, each answered with a value or with Esc."""
