"""What docs/console.md names is there: its files, and the names of its examples."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = (ROOT, ROOT / "src/zuji", ROOT / "src/zuji/console")
TEXT = (ROOT / "docs/console.md").read_text()
CODE = [*re.findall(r"`([^`]+)`", TEXT), *re.findall(r"^    (.+)$", TEXT, re.MULTILINE)]
FILES = [code for code in CODE if re.fullmatch(r"\w[\w/]*(/|\.\w+)", code) and "/" in code]
MADE_UP = {"access_x", "visible_x", "AddForm", "add_thing", "made_url", "thing", "association_id", "made"}
"""Names that an example gives to what its reader is to write."""
KEYWORDS = {"return", "lambda", "include", "None", "True"}


def source() -> str:
    """What the console is made of and stands on, as one text."""
    folders = (ROOT / "src/zuji" / name for name in ("console", "core", "people", "project"))
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".html", ".css", ".po"}]
    return "\n".join(path.read_text() for path in files)


def test_each_file_that_it_names_is_there():
    assert len(FILES) > 8
    for name in FILES:
        assert any((place / name).exists() for place in PLACES), name


def test_each_name_of_its_examples_is_one_of_the_code():
    examples = [re.sub(r'"[^"]*"', "", code) for code in CODE if "<" not in code and code not in FILES]
    names = {name for code in examples for name in re.findall(r"[A-Za-z_]{4,}", code)}
    there = set(re.findall(r"[A-Za-z_]+", source()))
    assert len(names) > 60
    assert names - there - MADE_UP - KEYWORDS == set()
