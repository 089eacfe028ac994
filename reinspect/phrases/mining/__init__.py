"""Recurring phrases: counted as n-grams, merged with their variants, scored and ranked."""
