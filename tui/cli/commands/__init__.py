"""The commands, one module each. A command parses its arguments, asks a question, and prints the answer."""
