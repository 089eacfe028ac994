"""Lines to facts: judgements, dates, improvements, sections, topics and passages."""
