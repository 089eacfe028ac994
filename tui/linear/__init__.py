"""The app without a screen: a person types a line and hears the answer, for screen readers and plain terminals."""
