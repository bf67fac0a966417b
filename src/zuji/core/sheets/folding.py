"""What counts as the same text: width, spaces, line feeds, and the decoration of headers."""

import re
import unicodedata

_WIDE = {0xFEE0 + code: code for span in ("09", "AZ", "az") for code in range(ord(span[0]), ord(span[1]) + 1)}
_SPACES = " \t\r\n\u00a0\u3000\u200b\u2060\ufeff"
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_UNEVEN = re.compile("[\\s\u200b-\u200d\u2060\ufeff０-９Ａ-Ｚａ-ｚ]")
# between Chinese characters a line feed is only where the cell was too narrow; elsewhere it parts words
_BROKEN = re.compile(r"(?<=[^\x00-\u2e7f])\s*[\r\n]+\s*(?=[^\x00-\u2e7f])")
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DECORATION = re.compile(r"[\s*:·、.\u200b\ufeff]+")
_BRACKET = re.compile(r"\([^()]*\)$")


def clean(text: str) -> str:
    """A text as one line: full-width digits and letters folded, NBSP and line feeds gone, spaces single.

    Brackets keep their width, since a registered name is written with full-width ones.
    """
    if not _UNEVEN.search(text):
        return text
    text = _INVISIBLE.sub("", _BROKEN.sub("", text)).translate(_WIDE)
    return " ".join(text.split())


def stripped(text: str) -> str:
    """A text without the spaces around it, visible or not."""
    return text.strip(_SPACES)


def compact(text: str) -> str:
    """A text without any space and with all widths folded, for codes, numbers and dates."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def unreadable(text: str) -> bool:
    """Whether a cleaned text still holds NUL or other characters that no sheet should hold."""
    return _UNREADABLE.search(text) is not None


def squeeze(header: str) -> str:
    """A header stripped to what tells it from others."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", header)).casefold()


def bare(squeezed: str) -> str:
    """A squeezed header without the unit or hint in brackets at its end."""
    return _BRACKET.sub("", squeezed)
