"""Follow-through: where the subject of each improvement comes up in every later text, and in which tone."""
