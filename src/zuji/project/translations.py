"""Compiling the translation files; what is compiled is not tracked.

A package may spread its words over several `.po` files of a folder; Django reads the one `django.mo` made of them all.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGES = Path(__file__).resolve().parents[1]
COMPILED = "django.mo"


def files(packages: Path = PACKAGES) -> list[Path]:
    """Every package's `.po` files, in both languages."""
    return sorted(packages.glob("*/locale/*/LC_MESSAGES/*.po"))


def stale(packages: Path = PACKAGES) -> Iterator[Path]:
    """The folders whose compiled file is absent or older than one of its sources."""
    for folder in sorted({file.parent for file in files(packages)}):
        compiled = folder / COMPILED
        # the folder's own time tells of a file that was taken away
        changed = max(each.stat().st_mtime for each in (folder, *folder.glob("*.po")))
        if not compiled.exists() or compiled.stat().st_mtime < changed:
            yield folder


def compile_stale(packages: Path = PACKAGES) -> int:
    """Compile what is stale; returns how many folders that were."""
    done = 0
    for folder in stale(packages):
        draft = folder / f"{COMPILED}.draft"
        with draft.open("wb") as file:
            write_mo(file, read(folder))
        draft.replace(folder / COMPILED)  # a server that reads it meanwhile sees the old or the new one
        (folder / COMPILED).touch()
        done += 1
    return done


def read(folder: Path) -> Catalog:
    """All words of one package in one language."""
    first, *others = sorted(folder.glob("*.po"))
    with first.open("rb") as file:
        catalogue = read_po(file)
    for each in others:
        with each.open("rb") as file:
            for entry in read_po(file):
                if entry.id:
                    catalogue[entry.id] = entry
    return catalogue
