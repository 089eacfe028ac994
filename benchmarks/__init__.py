"""Figures: one script a question, each printing a table. Not run by the tests."""
