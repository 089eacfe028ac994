"""Dialogs, one a module. Each returns a value when it closes, or None after Esc; none imports a screen."""
