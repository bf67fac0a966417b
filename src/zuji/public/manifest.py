"""What Vite built: the files that each entry of `web/` needs, by its manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

BUILT = Path(__file__).parent / "static" / "web"
PLACES = ("manifest.json", ".vite/manifest.json")


class Entry(NamedTuple):
    """The script of a page and the styles that it needs, as paths below `/static/`."""

    script: str
    styles: tuple[str, ...]


def entry(name: str, built: Path = BUILT) -> Entry | None:
    """The entry whose source is `src/<name>.tsx`; None while nothing is built."""
    file = next((built / place for place in PLACES if (built / place).exists()), None)
    if file is None:
        return None
    chunks = _read(file, file.stat().st_mtime_ns)
    chunk = chunks.get(f"src/{name}.tsx")
    if chunk is None:
        return None
    return Entry(f"web/{chunk['file']}", tuple(f"web/{style}" for style in _styles(chunks, f"src/{name}.tsx")))


def _styles(chunks: dict[str, dict[str, object]], key: str) -> dict[str, None]:
    """Styles of a chunk and of those that it imports, each once, in order."""
    found: dict[str, None] = {}
    for imported in chunks[key].get("imports", []):  # type: ignore[attr-defined]  # a list of keys by Vite's format
        found |= _styles(chunks, imported)
    return found | dict.fromkeys(chunks[key].get("css", []))  # type: ignore[call-overload]  # a list of paths


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> dict[str, dict[str, object]]:
    return dict(json.loads(file.read_text()))
