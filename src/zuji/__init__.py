"""Zuji: walk offline, check in online."""
