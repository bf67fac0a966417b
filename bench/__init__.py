"""Measurements and the crash test; run through `zuji bench`."""
