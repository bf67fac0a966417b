"""What Vite built: the files that each entry of `web/` needs, by its manifest, wherever a package keeps them."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.staticfiles import finders

FOLDER = "web"
MANIFEST = f"{FOLDER}/manifest.json"
SOURCES = ("tsx", "ts")

Chunks = dict[str, dict[str, Any]]


class Entry(NamedTuple):
    """A page's script, the parts that it imports at once, and the styles that it needs, as paths below `/static/`."""

    script: str
    parts: tuple[str, ...]
    styles: tuple[str, ...]


class Build(NamedTuple):
    """What one build made: every chunk by its source, and a digest that another build would not have."""

    chunks: Chunks
    digest: str


def entry(name: str) -> Entry | None:
    """The entry whose source is `src/<name>.tsx` or `.ts`; None while nothing is built or where there is none."""
    chunks = _build().chunks
    key = next((source for ending in SOURCES if (source := f"src/{name}.{ending}") in chunks), None)
    if key is None:
        return None
    parts = tuple(f"{FOLDER}/{chunks[part]['file']}" for part in chunks[key].get("imports", []))
    styles = tuple(f"{FOLDER}/{style}" for style in _styles(chunks, key))
    return Entry(f"{FOLDER}/{chunks[key]['file']}", parts, styles)


def digest() -> str:
    """Sixteen characters that change with every build; empty while nothing is built."""
    return _build().digest


def file(name: str) -> Path | None:
    """A built file by its name, such as `sw.js`; None where there is none."""
    found = finders.find(f"{FOLDER}/{name}")
    return Path(found) if found else None


def _build() -> Build:
    found = finders.find(MANIFEST)
    return _read(Path(found), Path(found).stat().st_mtime_ns) if found else Build({}, "")


def _styles(chunks: Chunks, key: str) -> dict[str, None]:
    """Styles of a chunk and of those that it imports, each once, in order."""
    found: dict[str, None] = {}
    for imported in chunks[key].get("imports", []):
        found |= _styles(chunks, imported)
    return found | dict.fromkeys(chunks[key].get("css", []))


@lru_cache(maxsize=4)
def _read(manifest: Path, changed: int) -> Build:
    text = manifest.read_bytes()
    return Build(dict(json.loads(text)), hashlib.sha256(text).hexdigest()[:16])
