"""Templates hold no words of their own: they stand in the translation files."""

import re

import pytest

from zuji.project.home import CHECKOUT

SOURCES = CHECKOUT / "src" / "zuji"
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
SAID = re.compile(r"""\b(?:aria-label|title|alt|placeholder|content)="([^"]*)\"""")
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
CODE = re.compile(r"<(pre|kbd|title)[^>]*>.*?</\1>", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff]")
NAMES_OF_FORMATS = {"xlsx", "csv", "png", "json", "keys.json"}
VIEWPORT = "width=device-width, initial-scale=1"
MACHINES_OWN = {VIEWPORT, f"{VIEWPORT}, viewport-fit=cover", "telephone=no", "noindex"}


NUMBERS_ONLY = r"(?:--\w+:\{\{ ?[\w.|]+ ?\}\};?)+"
CLASSES = re.compile(r"{% block (?:width|body_class) %}.*?(?:{% endblock %})", re.DOTALL)


def without_tags(text):
    return TAG.sub("\0", CLASSES.sub("", COMMENT.sub("", text)))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCES)))
def test_a_template_has_no_words_outside_of_translate_tags(file):
    text = without_tags(file.read_text())
    seen = ELEMENT.sub("\0", CODE.sub("\0", text)).replace("&amp;", "&")
    assert [part for part in re.split(r"[\0\s]+", seen) if LETTERS.search(part) and part not in NAMES_OF_FORMATS] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCES)))
def test_an_attribute_that_is_read_out_has_no_words_of_its_own(file):
    said = SAID.findall(without_tags(file.read_text()))
    assert [words for words in said if LETTERS.search(words.replace("\0", "")) and words not in MACHINES_OWN] == []


@pytest.mark.parametrize("file", sorted(SOURCES.glob("*/static/[cz]*/*.js")), ids=lambda file: file.name)
def test_a_script_has_no_chinese_words(file):
    assert re.findall(r"[\u3400-\u9fff]+", file.read_text()) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCES)))
def test_nothing_is_loaded_from_elsewhere_or_written_inline(file):
    text = file.read_text()
    assert not re.search(r"""(?:src|href)="(?:https?:)?//""", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""\son\w+=""", text)
    # where something stands by its data, the page hands the style sheet numbers, and nothing else
    assert [style for style in re.findall(r'style="([^"]*)"', text) if not re.fullmatch(NUMBERS_ONLY, style)] == []


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 40
