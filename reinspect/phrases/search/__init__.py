"""Phrase search over an index; typing errors, gaps, another word order and acronyms are allowed."""
