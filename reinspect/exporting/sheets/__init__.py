"""Sheets, one module for each kind: they turn answers into pages. Commands and app print the same sheets."""
