"""Speed: the time and memory that a start, a file, a search or a session takes, compared with other tools."""
