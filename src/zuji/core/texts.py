"""Words in both languages at once, for answers that are read by people of either."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def both(key: str, facts: Mapping[str, object] | None = None) -> dict[str, str]:
    """`{"zh": …, "en": …}` of a message key, with `{name}` filled in from facts."""
    words: dict[str, str] = {}
    for short, language in LANGUAGES.items():
        with translation.override(language):
            words[short] = gettext(key).format_map(_Facts(facts or {}))
    return words


def say(code: str, facts: Mapping[str, object] | None = None) -> dict[str, str]:
    """Words of a refusal."""
    return both(f"refusal.{code}", facts)


class _Facts(dict[str, object]):
    """A fact that is not known leaves its place empty; a refusal must never fail over its own words."""

    def __missing__(self, key: str) -> str:
        return ""
