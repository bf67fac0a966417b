"""What a phone has to download before the button is there."""

import gzip
import json
import re

from zuji.project.web import BUILT

FIRST_BYTES_MAX = 25_000


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


def test_the_service_worker_keeps_every_part_and_no_compressed_one() -> None:
    worker = (BUILT / "sw.js").read_text()
    for file in (BUILT / "assets").iterdir():
        named = re.search(rf"/static/web/assets/{re.escape(file.name)}[\"'`]", worker)
        assert bool(named) == (file.suffix in {".js", ".css"}), file.name
