"""Benchmarks: `speed/` measures time and memory, `quality/` measures right answers. Not run by the tests.

Every module is a script that prints a table: `python -m benchmarks.speed.start_up`. `python -m benchmarks` prints the
main speed tables together.
"""
