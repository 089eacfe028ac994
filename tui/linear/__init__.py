"""The text mode of the app: a person types commands and gets answers as plain text, for screen readers."""
