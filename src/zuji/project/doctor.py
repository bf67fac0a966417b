"""What an installation has and lacks, looked at without starting or changing anything."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import metadata, util
from pathlib import Path

import psycopg

from zuji.project import boot, home, programs, serving, translations, web
from zuji.project.errors import Misconfigured
from zuji.project.words import say

OLDEST_PYTHON = (3, 11)
MADE_FOR_OWNER = 0o077
# Debian package → a program or a font that shows it to be there.
DEBIAN_PACKAGES = {
    "git": ("git",),
    "make": ("make",),
    "chromium": ("chromium",),
    "poppler-utils": ("pdftoppm",),
    "fonts-noto-cjk": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",),
}


class State(StrEnum):
    """How a finding counts: only what is missing or wrong makes `doctor` fail."""

    FINE = "fine"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; its words stand under `doctor.<key>.<state>`."""

    key: str
    state: State
    facts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{say(f'doctor.{self.state}')} {say(f'doctor.{self.key}.{self.state}', **self.facts)}"


def examine() -> list[Finding]:
    """Everything, in the order in which one would mend it."""
    return [finding for look in LOOKS for finding in look()]


def _verdict(key: str, good: bool, /, otherwise: State, **facts: object) -> Finding:
    return Finding(key, State.FINE if good else otherwise, facts)


def look_at_python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield _verdict("python", sys.version_info[:2] >= OLDEST_PYTHON, State.MISSING, version=version)


def look_at_libraries() -> Iterator[Finding]:
    wanted = [entry for entry in metadata.requires("zuji") or () if "extra ==" not in entry]
    names = [re.split(r"[\s<>=!~;\[]", entry, maxsplit=1)[0] for entry in wanted]
    lacking = [name for name in names if not _installed(name)]
    yield _verdict("libraries", not lacking, State.MISSING, names=", ".join(lacking), count=len(names))


def _installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def look_at_documents() -> Iterator[Finding]:
    yield _verdict("documents", util.find_spec("typst") is not None, State.OPTIONAL)


def look_at_what_setup_makes() -> Iterator[Finding]:
    yield _verdict("translations", not list(translations.stale()), State.MISSING)
    yield _verdict("web", (web.BUILT / "manifest.json").exists(), State.MISSING)
    version = web.node_version(web.search_path())
    known = ".".join(map(str, version or ()))
    yield _verdict("node", version is not None and version >= web.OLDEST_NODE, State.OPTIONAL, version=known)


def look_at_postgres() -> Iterator[Finding]:
    if os.environ.get("DATABASE_URL"):
        yield from _look_at_named_database()
        return
    try:
        found = programs.find()
    except Misconfigured:
        yield Finding("postgres", State.MISSING)
        return
    yield Finding("postgres", State.FINE, {"major": found.major, "folder": found.bin})


def _look_at_named_database() -> Iterator[Finding]:
    try:
        boot.reach_database()
    except Misconfigured as fault:
        yield Finding("database", State.MISSING, fault.facts)
    else:
        yield Finding("database", State.FINE)


def look_at_home() -> Iterator[Finding]:
    folder = home.root()
    yield _verdict("home", folder.exists(), State.OPTIONAL, folder=folder)
    if folder.exists():
        yield _verdict("writable", os.access(folder, os.W_OK), State.MISSING, folder=folder)
    open_to_others = [file.name for file in folder.glob("secrets/*") if file.stat().st_mode & MADE_FOR_OWNER]
    yield _verdict("secrets", not open_to_others, State.MISSING, names=", ".join(open_to_others), folder=folder)
    yield from _look_at_kind()
    yield _verdict("serving", bool(serving.processes("server")), State.OPTIONAL)


def _look_at_kind() -> Iterator[Finding]:
    """Only a running database can be asked; starting it is not a doctor's business."""
    if not os.environ.get("DATABASE_URL") and not home.embedded().running():
        return
    try:
        kind = boot.kind()
    except psycopg.Error:
        return
    yield _verdict("kind", kind is not None, State.OPTIONAL, kind=kind)


def look_at_debian() -> Iterator[Finding]:
    lacking = [
        name for name, (sign,) in DEBIAN_PACKAGES.items() if shutil.which(sign) is None and not Path(sign).exists()
    ]
    yield _verdict("debian", not lacking, State.OPTIONAL, names=" ".join(lacking))


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    look_at_python,
    look_at_libraries,
    look_at_postgres,
    look_at_what_setup_makes,
    look_at_home,
    look_at_documents,
    look_at_debian,
)
