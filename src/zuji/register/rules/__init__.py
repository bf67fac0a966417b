"""Dated rules about firms: what a version asks, what it answers for a firm, and why."""
