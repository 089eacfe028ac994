"""The phrase index as data: build, save, load and look up. It imports nothing of search or mining."""
