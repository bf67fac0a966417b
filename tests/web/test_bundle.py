"""What a phone has to download before the button is there."""

import gzip
import json
import re

from zuji.project.web import BUILT

FIRST_BYTES_MAX = 27_000
"""Beside some 4 kB of styles and 2 of HTML: about half of the sixty that a first load may take."""


def first_scripts() -> list[str]:
    chunks = json.loads((BUILT / "manifest.json").read_text())
    entry = chunks["src/phone.tsx"]
    return [entry["file"], *(chunks[name]["file"] for name in entry["imports"])]


def test_the_first_download_is_small_enough_for_a_dead_spot() -> None:
    sizes = {name: len(gzip.compress((BUILT / name).read_bytes())) for name in first_scripts()}
    assert sum(sizes.values()) <= FIRST_BYTES_MAX, sizes


def test_every_script_lies_there_compressed() -> None:
    for name in first_scripts():
        assert (BUILT / f"{name}.gz").exists()
        assert (BUILT / f"{name}.br").exists()


def parts_of(*entries: str) -> set[str]:
    """Files of entries and of whatever they load, at once or later."""
    chunks = json.loads((BUILT / "manifest.json").read_text())
    names, files = list(entries), set()
    for name in names:
        chunk = chunks[name]
        files |= {chunk["file"], *chunk.get("css", [])}
        names += [part for part in (*chunk.get("imports", []), *chunk.get("dynamicImports", [])) if part not in names]
    return files


def test_the_service_worker_keeps_every_part_of_the_phones_pages_and_nothing_else() -> None:
    worker = (BUILT / "sw.js").read_text()
    kept = {f"assets/{name}" for name in re.findall(r"/static/web/assets/([\w.-]+\.(?:js|css))[\"'`]", worker)}
    assert kept == parts_of("src/phone.tsx", "src/steward.tsx")


def test_what_only_a_desk_needs_is_no_part_of_the_phones_pages() -> None:
    assert not parts_of("src/charts.ts") - {first_runtime()} & parts_of("src/phone.tsx", "src/steward.tsx")


def first_runtime() -> str:
    """The bundler's own few lines, which every page may share."""
    chunks = json.loads((BUILT / "manifest.json").read_text())
    return next((chunk["file"] for name, chunk in chunks.items() if "rolldown-runtime" in name), "")
