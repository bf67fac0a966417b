"""Whether what somebody types means a thing: by its name, its pinyin, its initials, or with one slip. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pypinyin import lazy_pinyin

from zuji.core.sheets.folding import compact

EXACT, START, WITHIN, SOUND, SOUND_WITHIN, SLIP = 100, 90, 75, 70, 55, 25
"""How well something fits: the whole name, its start, a part; the same by sound; with one letter wrong."""
SLIP_FROM, SLIP_TO = 4, 16
"""Letters between which a slip is forgiven: a shorter text fits anything, a longer one was copied."""
WORD = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9\s]")
NOT_A_LETTER = re.compile(r"[^a-z0-9]")


class Sound(NamedTuple):
    """A character's pinyin or a word, and where in the text it stands."""

    spelt: str
    start: int
    end: int


class Fit(NamedTuple):
    """How well a name fits, and which part of it was meant."""

    score: int
    start: int = 0
    end: int = 0


NO_FIT = Fit(0)


def fit(asked: str, text: str, *, slip: bool = True) -> Fit:
    """How well a name fits what is asked: 0 not at all, otherwise the higher the better; by a slip only if asked so."""
    wanted, low = _folded(asked), text.casefold()
    if not wanted:
        return NO_FIT
    start = low.find(wanted)
    if start >= 0:
        score = START if start == 0 else WITHIN
        return Fit(EXACT if wanted == low else score, start, start + len(wanted))
    if not wanted.isascii():
        return NO_FIT
    sounds = sounds_of(low)
    for place, first in enumerate(sounds):
        if taken := _spelt_by(wanted, sounds[place:]):
            return Fit(SOUND if place == 0 else SOUND_WITHIN, first.start, sounds[place + taken - 1].end)
    return Fit(SLIP) if slip and _slips(wanted, [sound.spelt for sound in sounds]) else NO_FIT


def pattern(asked: str) -> str:
    """A regular expression of PostgreSQL for the rest of a `sort_key` that `asked`, in letters, spells in the same way.

    It begins with a sound; whether that is the first one or another is for the caller to say.
    """
    return "([^ ]* )?".join(letters(asked))


def rough(asked: str) -> str:
    """A LIKE for the same: wider, and a tenth of the work."""
    return f"%{'%'.join(letters(asked))}%"


def letters(asked: str) -> str:
    """What of a text spells sounds."""
    return NOT_A_LETTER.sub("", asked.casefold())


@lru_cache(maxsize=64)
def _folded(asked: str) -> str:
    return compact(asked).casefold()


@lru_cache(maxsize=4096)
def sounds_of(text: str) -> tuple[Sound, ...]:
    """A text's sounds in order; kept, since the same few names are asked for again and again."""
    return tuple(_sounds(text))


def _sounds(text: str) -> Iterator[Sound]:
    place = 0
    for item in lazy_pinyin(text):
        if text.startswith(item, place):  # a run without Chinese characters comes back as it is
            for word in WORD.finditer(item):
                yield Sound(word.group(), place + word.start(), place + word.end())
            place += len(item)
        else:
            yield Sound(item, place, place + 1)
            place += 1


def _spelt_by(wanted: str, sounds: tuple[Sound, ...]) -> int:
    """By how many sounds in a row, each whole or by its first letters, the text is spelt; 0 by none."""
    if not sounds:
        return 0
    most = _common(wanted, sounds[0].spelt)
    if most == len(wanted):
        return 1
    for letters in range(most, 0, -1):
        if taken := _spelt_by(wanted[letters:], sounds[1:]):
            return taken + 1
    return 0


def _common(one: str, other: str) -> int:
    """With how many letters both begin."""
    for place, (letter, opposite) in enumerate(zip(one, other, strict=False)):
        if letter != opposite:
            return place
    return min(len(one), len(other))


def _slips(wanted: str, spelt: list[str]) -> bool:
    if not SLIP_FROM <= len(wanted) <= SLIP_TO:
        return False
    lengths = (len(wanted) - 1, len(wanted), len(wanted) + 1)
    starts = ("".join(spelt[place:]) for place in range(len(spelt)))
    # one slip leaves at least one of the first two letters where it was, or exchanges them
    near = (start for start in starts if set(start[:2]) & set(wanted[:2]))
    return any(_one_slip(wanted, start[:length]) for start in near for length in lengths)


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter added, left out or changed, or two exchanged, makes one of the other."""
    same = _common(one, other)
    left, right = one[same:], other[same:]
    exchanged = len(left) > 1 and left[1] + left[0] + left[2:] == right
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or exchanged
