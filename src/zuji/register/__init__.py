"""Enterprises: lists of authorities, what they say of which firm, rules about firms, and the census."""
