"""The index of every word of every passage, as data: built, saved, loaded, looked up."""
