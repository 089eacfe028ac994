"""The tidy tables of all answers, one module each. Their columns are a contract: names are added, never changed."""
