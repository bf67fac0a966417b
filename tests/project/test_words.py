import re

import pytest

from zuji.project import words
from zuji.project.cli import COMMANDS
from zuji.project.errors import Fault

SOURCES = words.LOCALES.parent
SAID = re.compile(r"""say\(\s*"([a-z_.]+)\"""")


@pytest.mark.parametrize(
    ("locale", "language"), [("zh_CN.UTF-8", "zh_Hans"), ("zh_TW", "zh_Hans"), ("en_GB", "en"), ("C", "en"), ("", "en")]
)
def test_the_terminals_locale_chooses_the_language(monkeypatch, locale, language):
    for name in words._FROM_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert words.language() == language


def test_the_stronger_variable_wins(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert words.language() == "zh_Hans"


def test_facts_are_filled_in(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    assert words.say("fault.web_build_failed", command="ci").startswith("Building the pages failed (npm ci).")


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_fault_has_words(language):
    known = words.catalogue(language)
    assert [fault for fault in Fault if f"fault.{fault}" not in known] == []


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_key_that_a_command_says_has_words(language):
    files = [*SOURCES.glob("*.py"), *COMMANDS.glob("*.py")]
    said = {key for file in files for key in SAID.findall(file.read_text())}
    assert len(said) > 20
    assert sorted(said - set(words.catalogue(language))) == []
