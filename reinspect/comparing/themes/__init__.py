"""Group improvements by what they are about."""
