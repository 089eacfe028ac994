"""Phrase search over an index: typing errors, gaps, another order and acronyms allowed."""
