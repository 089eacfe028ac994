"""Groups of authorities: who is in one, which grades it has, and how these changed."""
