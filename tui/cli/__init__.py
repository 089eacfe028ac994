"""The command line: commands parse what was typed and print answers."""
