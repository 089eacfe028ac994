"""Search for phrases in an index; typing errors, gaps, another word order and acronyms are allowed."""
