"""The first page: what waits for whoever opens it, what has changed, the numbers that matter, and what comes next."""
