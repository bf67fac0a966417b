"""Checkpoints, passes, items, receipts and the matrix: the only way by which anybody is counted as having been anywhere."""
