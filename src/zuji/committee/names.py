"""What a participant organisation's name tells by itself. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from zuji.core.sheets.folding import compact
from zuji.core.sorting import SORT_KEY_CHARS, sort_key

__all__ = ["SORT_KEY_CHARS", "folded", "is_sample", "short_name", "short_names", "sort_key"]

# folded, since offices write brackets of either width
SAMPLE_MARKS = ("(示例)", "(sample)")
_SAMPLE: Final = re.compile(r"[（(](?:示例|sample)[）)]\s*$")
_PLACE: Final = re.compile(r"^(?:广东省?|广州市?|番禺区?)+(?=.{4})")
_FORM: Final = re.compile(r"(?:股份|集团)?有限(?:责任)?公司$|[（(](?:有限合伙|普通合伙|集团)[）)]$")


def folded(name: str) -> str:
    """What counts as the same name: width, case and spaces make no difference."""
    return compact(name).casefold()


def is_sample(name: str) -> bool:
    """Whether a name says of itself that it is an invented example."""
    return any(mark in folded(name) for mark in SAMPLE_MARKS)


def short_name(name: str) -> str:
    """A name without its place, its legal form and the mark of a sample, which a board gives in other ways."""
    bare = _FORM.sub("", _SAMPLE.sub("", name.strip()))
    return _PLACE.sub("", bare) or name


def short_names(names: Sequence[str]) -> list[str]:
    """The same for names that stand together; those that would be alike keep their place and their form."""
    shorts = [short_name(name) for name in names]
    often = Counter(shorts)
    return [short if often[short] == 1 else _SAMPLE.sub("", name) for name, short in zip(names, shorts, strict=True)]
