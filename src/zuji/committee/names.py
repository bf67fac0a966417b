"""What a participant organisation's name tells by itself. Pure."""

from pypinyin import lazy_pinyin

from zuji.core.sheets.folding import compact

# folded, since offices write brackets of either width
SAMPLE_MARKS = ("(示例)", "(sample)")
SORT_KEY_CHARS = 200


def folded(name: str) -> str:
    """What counts as the same name: width, case and spaces make no difference."""
    return compact(name).casefold()


def sort_key(name: str) -> str:
    """Pinyin by which names stand in a list, since the database sorts Chinese by code point."""
    return " ".join(lazy_pinyin(compact(name))).casefold()[:SORT_KEY_CHARS]


def is_sample(name: str) -> bool:
    """Whether a name says of itself that it is an invented example."""
    return any(mark in folded(name) for mark in SAMPLE_MARKS)
