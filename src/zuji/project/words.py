"""What a command says in a terminal, by the terminal's language.

Read straight from the translation files, so that `zuji doctor` has words before anything is set up.
"""

import os
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from zuji.core.errors import Problem

LOCALES = Path(__file__).parent / "locale"
_FROM_ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """The folder name of the language: `zh_Hans` where the terminal's locale is Chinese, else `en`."""
    chosen = next((os.environ[name] for name in _FROM_ENVIRONMENT if os.environ.get(name)), "")
    return "zh_Hans" if chosen.startswith("zh") else "en"


@cache
def catalogue(name: str) -> dict[str, str]:
    """Key → words of one language, as its file has them."""
    with (LOCALES / name / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def say(key: str, /, **facts: object) -> str:
    """The words of a key with its facts filled in; the bare key where a language lacks it."""
    return catalogue(language()).get(key, key).format(**facts)


def refusal(problem: Problem) -> str:
    """Why a file was refused, for commands that run without Django; the bare code where `core` has no words for it."""
    words = LOCALES.parents[1] / "core" / "locale" / language() / "LC_MESSAGES" / "django.po"
    with words.open("rb") as source:
        entry = read_po(source).get(f"refusal.{problem.code}")
    return str(entry.string).format(**problem.facts) if entry and entry.string else problem.code
