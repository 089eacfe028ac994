"""Recurring phrases: found, counted, scored and merged with their variants. See `mine`."""
