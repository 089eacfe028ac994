"""Pages to lines and blocks: what is furniture, what belongs together, what is a paragraph."""
