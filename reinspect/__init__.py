"""The subject matter: reading inspection reports, comparing their outcomes, matching their phrases."""

__version__ = "0.1.0"

READER = "1.2"
"""Version of the reader: passages and caches made by another version are rebuilt (`reinspect reread`)."""
