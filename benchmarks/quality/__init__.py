"""Quality: the share of right answers, compared with a reader's labels or with an exhaustive search."""
