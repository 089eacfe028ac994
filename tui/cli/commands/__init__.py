"""One module a command. A command parses what was typed, asks, and prints the answer."""
