"""Find recurring phrases: count and score runs of words, and merge the variants of a phrase."""
