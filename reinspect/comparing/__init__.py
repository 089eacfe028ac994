"""Comparing: what may be set beside what, what changed, and what may not be said."""
