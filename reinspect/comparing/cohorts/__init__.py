"""Cohorts: groups of authorities, the grades they have, and how these grades changed."""
