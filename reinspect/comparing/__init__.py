"""Compare inspections: their grades, their passages, groups of authorities, and what follows from each improvement."""
