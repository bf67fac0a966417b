import gettext
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from zuji.project import translations
from zuji.project.home import CHECKOUT

PLACES = re.compile(r"\{\w*\}|%\(\w+\)[sd]")
PACKAGES = sorted({file.parents[3] for file in translations.files()})
WEB = CHECKOUT / "web" / "src" / "locales"


def entries(package: Path, language: str) -> dict[str, str]:
    catalogue = translations.read(package / "locale" / language / "LC_MESSAGES")
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and not entry.fuzzy}


def test_no_key_stands_in_two_files_of_a_package():
    seen: dict[tuple[Path, str], str] = {}
    for source in translations.files():
        with source.open("rb") as file:
            for entry in read_po(file):
                if entry.id:
                    assert seen.setdefault((source.parent, str(entry.id)), source.name) == source.name, entry.id


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_both_languages_have_the_same_keys_with_words_for_each(package):
    zh, en = entries(package, "zh_Hans"), entries(package, "en")
    assert sorted(zh.keys() ^ en.keys()) == []
    assert [key for key in zh if not (zh[key] and en[key])] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_both_languages_fill_in_the_same_facts(package):
    zh, en = entries(package, "zh_Hans"), entries(package, "en")
    assert [key for key in zh if sorted(set(PLACES.findall(zh[key]))) != sorted(set(PLACES.findall(en[key])))] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_words_are_calm(package, language):
    assert [key for key, text in entries(package, language).items() if "!" in text or "\uff01" in text] == []


def test_no_key_has_different_words_in_two_packages():
    seen: dict[str, str] = {}
    for package in PACKAGES:
        for key, text in entries(package, "en").items():
            assert seen.setdefault(key, text) == text, key


def test_the_pages_have_the_same_keys_in_both_languages():
    zh, en = (json.loads((WEB / f"{language}.json").read_text()) for language in ("zh", "en"))
    assert sorted(zh.keys() ^ en.keys()) == []
    assert [key for key in zh if not (zh[key] and en[key])] == []


@pytest.fixture
def packages(tmp_path):
    """A copy of one package's files, to compile."""
    source = translations.PACKAGES / "project" / "locale"
    shutil.copytree(source, tmp_path / "project" / "locale", ignore=shutil.ignore_patterns("*.mo"))
    return tmp_path


def test_stale_files_are_compiled_once(packages):
    assert translations.compile_stale(packages) == 2
    assert translations.compile_stale(packages) == 0
    changed = translations.files(packages)[0]
    os.utime(changed, (4e9, 4e9))
    assert list(translations.stale(packages)) == [changed.parent]


def test_a_folders_files_are_compiled_into_one(packages):
    folder = packages / "project" / "locale" / "en" / "LC_MESSAGES"
    (folder / "more.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "more"\nmsgstr "More"\n'
    )
    translations.compile_stale(packages)
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert (compiled.gettext("more"), compiled.gettext("cli.stop.nothing") != "cli.stop.nothing") == ("More", True)


def test_what_is_compiled_is_what_gettext_reads(packages):
    translations.compile_stale(packages)
    with (packages / "project" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("cli.stop.nothing") == "没有正在运行的进程。"
