"""What Vite built: the files that each entry of `web/` needs, by its manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

BUILT = Path(__file__).parent / "static" / "web"
PLACES = ("manifest.json", ".vite/manifest.json")


Chunks = dict[str, dict[str, Any]]


class Entry(NamedTuple):
    """A page's script, the parts that it imports at once, and the styles that it needs, as paths below `/static/`."""

    script: str
    parts: tuple[str, ...]
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
    parts = tuple(f"web/{chunks[key]['file']}" for key in chunk.get("imports", []))
    return Entry(f"web/{chunk['file']}", parts, tuple(f"web/{style}" for style in _styles(chunks, f"src/{name}.tsx")))


def _styles(chunks: Chunks, key: str) -> dict[str, None]:
    """Styles of a chunk and of those that it imports, each once, in order."""
    found: dict[str, None] = {}
    for imported in chunks[key].get("imports", []):
        found |= _styles(chunks, imported)
    return found | dict.fromkeys(chunks[key].get("css", []))


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> Chunks:
    return dict(json.loads(file.read_text()))
