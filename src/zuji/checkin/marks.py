"""At which checkpoints a pass counts, as marks that can be counted together. Pure."""

Marks = str
"""A mark a checkpoint, in the order in which they were asked for: `1` where a pass counts, `0` where it does not."""


def passed_by(marks: Marks) -> list[int]:
    """Places of the checkpoints at which a pass is not counted, though it is at the one before and the one after."""
    return [place for place in range(1, len(marks) - 1) if marks[place - 1 : place + 2] == "101"]
