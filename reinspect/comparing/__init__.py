"""Compare inspections: which grades may be compared, what changed, and what became of each improvement."""
