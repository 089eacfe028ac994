"""The public Python API: questions about the inspections in a store, and typed answers to them."""
