"""Widgets that panes and screens share, one a module."""
