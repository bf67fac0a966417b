"""By what a firm is found: its names folded, in pinyin and by initials, codes, domains. Pure."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final
from zlib import crc32

from zuji.register.names import fold, pinyin
from zuji.register.places import leading_region

KEY_CHARS: Final = 4000
SORT_KEY_CHARS: Final = 300
BEGINS: Final = "^"
"""Before the character that a firm's first word begins with, in the index."""
TRIPLE: Final = "~"
SPELLINGS: Final = 32
"""In as many ways letters may be parted into syllables; beyond, they narrow nothing down."""
LONGEST_ASKED: Final = 24
"""Letters that are parted at most, since long runs of vowels can be read in thousands of ways."""
_LETTERS = re.compile("[a-z]+")
_INITIAL = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])"
_FINAL = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ve|ui|un|uo|a|e|i|o|u|v"
)
_ALONE = "ang|eng|ai|an|ao|ei|en|er|ou|a|e|o"
"""Of the finals, those that stand without an initial."""
_SYLLABLE = re.compile(f"{_INITIAL}(?:{_FINAL})|{_ALONE}")
_BEGINNINGS = sorted({final[:end] for final in _FINAL.split("|") for end in range(1, len(final))})
_BEGUN = re.compile(f"{_INITIAL}(?:{'|'.join(_BEGINNINGS)})?")
_LONGEST = 6


def folded(text: str) -> str:
    """A text as it is compared: simplified, half-width, small letters, without blanks."""
    return fold(text).casefold()


def sort_key(name: str) -> str:
    """Pinyin by which firms stand in a list: by trade name, the region last.

    In a district most names begin with the same region, under which nobody looks for a firm; and whatever many have in
    common stands evenly along the list, so that a page of those that have it is never far.
    """
    plain = fold(name)
    _, end = leading_region(plain)
    return pinyin(plain[end:] + plain[:end]).casefold()[:SORT_KEY_CHARS]


def search_key(words: Iterable[str]) -> str:
    """Everything by which a firm is found, one word a line: each word folded, then names in pinyin and by initials."""
    return "\n".join(dict.fromkeys(_spelt(words)))[:KEY_CHARS]


def words_of(key: str) -> list[str]:
    """The words, folded, that a search key was made of."""
    lines = key.split("\n")
    some = (lines[:many] for many in range(1, len(lines) + 1))
    return next((words for words in some if search_key(words) == key), lines)


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
    """The index's entries of two characters each: pairs of what is written, pairs of names' initials in capitals, three
    of them as a sign, each syllable as a sign with the next one's initial, and with what the first word begins.
    """
    found: set[str] = set()
    for word in filter(None, map(folded, words)):
        if not found:
            found.add(BEGINS + word[0])
        found.update(_pairs(word))
        if not word.isascii():
            found.update(_spoken(word))
    return sorted(found)


@lru_cache(maxsize=1 << 16)
def _spoken(word: str) -> frozenset[str]:
    syllables = pinyin(word).casefold().split()
    initials = "".join(each[0] for each in syllables).upper()
    return frozenset({*_pairs(initials), *_triples(initials), *_begun(syllables)})


def _pairs(text: str) -> Iterator[str]:
    return (text[place : place + 2] for place in range(len(text) - 1))


def _triples(initials: str) -> Iterator[str]:
    """Three initials each: of the pairs in them most are common, such as those of 有限公司."""
    return (_sign(initials[place : place + 3]) + TRIPLE for place in range(len(initials) - 2))


def _begun(syllables: Iterable[str]) -> Iterator[str]:
    """Each syllable with the next one's initial: initials alone do not tell 凯嘉 from 科技, which half of all have."""
    return (_sign(one) + other[0].upper()[:1] for one, other in pairwise(syllables))


@lru_cache(maxsize=1 << 14)
def _sign(letters: str) -> str:
    # for private use; two that share a sign cost a look at the key
    return chr(0xE000 + crc32(letters.encode()) % 0x1900)


def asked_grams(asked: str) -> list[list[str]]:
    """What the index must hold for a folded text: any of these lists, each whole; none where it cannot narrow down."""
    if len(asked) == 1:
        return [[BEGINS + asked]]
    if not _LETTERS.fullmatch(asked):
        return [sorted(set(_pairs(asked)))]
    ways = list(islice(_parted(asked[:LONGEST_ASKED]), SPELLINGS + 1))
    return ways if all(ways) and len(ways) <= SPELLINGS else []


def _parted(letters: str) -> Iterator[list[str]]:
    """Letters as they are, as initials, and by each way to read them as syllables, the last of which is only begun."""
    yield sorted(set(_pairs(letters)))
    yield sorted(set((_triples if len(letters) > 2 else _pairs)(letters.upper())))
    for syllables in _read(letters, 0):
        yield sorted(set(_begun(syllables)))


def _read(letters: str, start: int) -> Iterator[tuple[str, ...]]:
    if start == len(letters):
        yield ()
        return
    for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
        if _SYLLABLE.fullmatch(letters, start, end):
            yield from ((letters[start:end], *rest) for rest in _read(letters, end))
    rest = letters[start:]
    if _BEGUN.fullmatch(rest) and not _SYLLABLE.fullmatch(rest):
        yield (rest,)
