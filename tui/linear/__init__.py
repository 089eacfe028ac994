"""The app as plain lines, for those who hear it: what is typed, what is answered, and how that is told."""
