"""At which checkpoints a pass counts, as marks that can be counted together. Pure."""

from collections.abc import Mapping

Marks = str
"""A mark a checkpoint, in the order in which they were asked for: `1` where a pass counts, `0` where it does not."""


def passed_by(marks: Marks) -> list[int]:
    """Places of the checkpoints at which a pass is not counted, though it is at the one before and the one after."""
    return [place for place in range(1, len(marks) - 1) if marks[place - 1 : place + 2] == "101"]


def without(marks: Marks, others: Marks) -> Marks:
    """The marks but for those of others."""
    return "".join("0" if other == "1" else mark for mark, other in zip(marks, others, strict=True))


def counted_at(counts: Mapping[Marks, int], checkpoints: int) -> list[int]:
    """How many of so many marked passes count at each of the checkpoints."""
    found = [0] * checkpoints
    for marks, count in counts.items():
        for place, mark in enumerate(marks):
            found[place] += count * (mark == "1")
    return found
