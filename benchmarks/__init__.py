"""Benchmarks: `speed/` measures time and memory, `quality/` measures right answers. Not run by the tests.

Every module of these two is a script that prints a table: `python -m benchmarks.speed.start_up`. `python -m benchmarks`
prints the main speed tables together. `training/` learns the weights that ship with follow-through and writes them.
"""
