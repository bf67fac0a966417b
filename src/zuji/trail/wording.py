"""What a written impression may look like. Pure."""

import unicodedata

from zuji.core.errors import Invalid
from zuji.trail.errors import Refusal

TEXT_CHARS = 300
CHANGE_CHARS = 200
"""The longest that a change is told in one language: two lines on a phone, and read aloud in one breath."""
KEPT_APART = " \t\n\r\f\v\u2028\u2029"
"""What separates words when it is written; one blank stands for any run of them."""


def clean(text: str) -> str:
    """The text on one line, as it is kept; Invalid when it is empty, too long, or holds what no reader can see.

    Refused are control characters and those that turn the direction of what follows them: on a wall they would turn
    their neighbours' words too. Joiners of emoji stay.
    """
    one_line = " ".join(text.translate(dict.fromkeys(map(ord, KEPT_APART), " ")).split())
    if not one_line:
        raise Invalid(Refusal.IMPRESSION_EMPTY)
    if len(one_line) > TEXT_CHARS:
        raise Invalid(Refusal.IMPRESSION_TOO_LONG, length=len(one_line), limit=TEXT_CHARS)
    if any(_is_unseen(char) for char in one_line):
        raise Invalid(Refusal.IMPRESSION_UNREADABLE)
    return one_line


def _is_unseen(char: str) -> bool:
    turns = unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return turns or unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"}
