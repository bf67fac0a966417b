"""Compiling the translation files; what is compiled is not tracked."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGES = Path(__file__).resolve().parents[1]


def files(packages: Path = PACKAGES) -> list[Path]:
    """Every package's `django.po`."""
    return sorted(packages.glob("*/locale/*/LC_MESSAGES/django.po"))


def stale(packages: Path = PACKAGES) -> Iterator[Path]:
    """The files whose compiled twin is absent or older."""
    for source in files(packages):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            yield source


def compile_stale(packages: Path = PACKAGES) -> int:
    """Compile what is stale; returns how many files that were."""
    done = 0
    for source in stale(packages):
        with source.open("rb") as file:
            catalogue = read_po(file)
        draft = source.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(source.with_suffix(".mo"))  # a server that reads it meanwhile sees the old or the new one
        done += 1
    return done
