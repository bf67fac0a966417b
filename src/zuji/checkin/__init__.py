"""Checkpoints, passes, items, receipts, the matrix: the only way by which anybody counts as having been anywhere."""
