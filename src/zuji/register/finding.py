"""By what a firm is found: its names folded, in pinyin and by initials, codes, domains. Pure."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from zuji.register.names import fold, pinyin

KEY_CHARS: Final = 4000
SPELLINGS: Final = 8
"""In as many ways letters may be parted into syllables; beyond, they narrow nothing down."""
LONGEST_ASKED: Final = 24
"""Letters that are parted at most, since long runs of vowels can be read in thousands of ways."""
_LETTERS = re.compile("[a-z]+")
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ve|ui|un|uo|[aeiouv])"
)
_LONGEST = 6


def folded(text: str) -> str:
    """A text as it is compared: simplified, half-width, small letters, without blanks."""
    return fold(text).casefold()


def search_key(words: Iterable[str]) -> str:
    """Everything by which a firm is found, one word a line: each word folded, then names in pinyin and by initials."""
    return "\n".join(dict.fromkeys(_spelt(words)))[:KEY_CHARS]


def _spelt(words: Iterable[str]) -> Iterator[str]:
    plain = [each for each in map(folded, words) if each]
    yield from plain
    for word in plain:
        if not word.isascii():
            yield from _sounds(word)


@lru_cache(maxsize=1 << 16)
def _sounds(word: str) -> tuple[str, str]:
    syllables = pinyin(word).casefold().split()
    return "".join(syllables), "".join(each[0] for each in syllables)


def grams(words: Iterable[str]) -> list[str]:
    """The parts of two characters of what is written, and those of names' initials in capitals, for the index."""
    found: set[str] = set()
    for word in map(folded, words):
        found.update(_pairs(word))
        if not word.isascii():
            found.update(_pairs(_sounds(word)[1].upper()))
    return sorted(found)


def _pairs(text: str) -> Iterator[str]:
    return (text[place : place + 2] for place in range(len(text) - 1))


def asked_grams(asked: str) -> list[list[str]]:
    """What the index must hold for a folded text: any of these lists, each whole; none where it cannot narrow down."""
    if not _LETTERS.fullmatch(asked):
        pairs = sorted(set(_pairs(asked)))
        return [pairs] if pairs else []
    begun = asked[:LONGEST_ASKED]
    ways = list(islice(_parted(begun), SPELLINGS + 1))
    narrowing = [sorted(set(_pairs(way))) for way in ways]
    return narrowing if all(narrowing) and len(ways) <= SPELLINGS else []


def _parted(letters: str) -> Iterator[str]:
    """Letters as they are, as initials, and the initials of each way to read them as syllables, the last only begun."""
    yield letters
    yield letters.upper()
    yield from dict.fromkeys(_initials(letters, 0))


def _initials(letters: str, start: int) -> Iterator[str]:
    if start == len(letters):
        yield ""
        return
    first = letters[start].upper()
    for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
        if _SYLLABLE.fullmatch(letters, start, end):
            yield from (first + rest for rest in _initials(letters, end))
    rest = letters[start:]
    if len(rest) < _LONGEST and not _SYLLABLE.fullmatch(rest):
        yield first
