"""In which order Chinese names stand in a list. Pure."""

from typing import Final

from pypinyin import lazy_pinyin

from zuji.core.sheets.folding import compact

SORT_KEY_CHARS: Final = 200


def sort_key(name: str) -> str:
    """Pinyin by which names stand in a list, since the database sorts Chinese by code point."""
    return " ".join(lazy_pinyin(compact(name))).casefold()[:SORT_KEY_CHARS]
