"""Read inspection reports, compare their outcomes and search their phrases; without a screen or a store."""

__version__ = "0.2.0"

READER = "1.7"
"""Version of the reader: passages and caches made by another version are rebuilt (`reinspect reread`)."""
