"""The index of all words, which search and mining use: build, save, load and look up."""
