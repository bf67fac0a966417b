"""Words, dates and numbers as pages say them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from zuji.core.templatetags import words

NIGHT = datetime(2021, 7, 25, 17, 5, tzinfo=UTC)
"""Five past one in the morning of the 26th, in Guangzhou."""


def render(text, **context):
    return Template("{% load words %}" + text).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ("day", "7月26日", "26 July"),
        ("full_day", "2021年7月26日", "26 July 2021"),
        ("week_day", "7月26日，星期一", "Monday, 26 July"),
        ("moment", "7月26日 01:05", "26 Jul 01:05"),
        ("full_moment", "2021年7月26日 01:05", "26 Jul 2021 01:05"),
        ("hour", "01:05", "01:05"),
    ],
)
def test_an_instant_is_said_in_the_readers_language_and_the_pages_time_zone(said, zh, en):
    for language, expected in (("zh-hans", zh), ("en", en)):
        with override(language), timezone.override("Asia/Shanghai"):
            assert render(f"{{{{ at|{said} }}}}", at=NIGHT) == expected
            assert render(f"{{{{ at|{said} }}}}", at=None) == ("未知" if language == "zh-hans" else "unknown")


def test_a_day_is_said_as_it_stands_whatever_the_zone():
    with override("zh-hans"), timezone.override("Pacific/Honolulu"):
        assert words.full_day(date(2021, 7, 26)) == "2021年7月26日"


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("zh-hans", 1, "1 行"),
        ("zh-hans", 24000, "24,000 行"),
        ("en", 0, "0 rows"),
        ("en", 1, "1 row"),
        ("en", 24000, "24,000 rows"),
    ],
)
def test_a_count_chooses_between_one_and_many(language, count, said):
    with override(language):
        assert words.say("figures.rows_count", n=count) == said


def test_words_are_filled_with_what_stands_in_the_page():
    with override("zh-hans"):
        assert render('{% say "refused.code" code=code %}', code="<b>") == "代码：&lt;b&gt;"


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (24386, "24,386"), ("24386", "24386"), (True, "True"), (None, "None"), (1.5, "1.5")]
)
def test_only_integers_are_set_apart_by_thousands(value, shown):
    assert words.number(value) == shown


@pytest.mark.parametrize("value", [None, ""])
def test_what_is_not_known_is_a_word_and_never_nought_or_blank(value):
    with override("zh-hans"):
        assert render("{{ value|known }}", value=value) == '<span class="un">未知</span>'
        assert render('{{ value|word:"yes_no" }}', value=value) == "未知"


def test_nought_is_known():
    assert render("{{ value|known }}", value=0) == "0"


def test_a_text_is_not_let_through_as_markup():
    assert render("{{ value|known }}", value="<i>") == "&lt;i&gt;"


class Thing:
    name_zh, name_en, text_zh, text_en = "路线", "Trail", "文字", "Text"


@pytest.mark.parametrize(("language", "said"), [("zh-hans", ("路线", "文字", "甲")), ("en", ("Trail", "Text", "A"))])
def test_a_thing_is_named_in_the_readers_language(language, said):
    with override(language):
        both = {"zh": "甲", "en": "A"}
        assert (words.named(Thing()), words.named(Thing(), "text"), words.named(both)) == said


def test_a_thing_without_a_name_is_named_by_nothing():
    assert (words.named(object()), words.named({})) == ("", "")


@pytest.mark.parametrize(
    ("cookies", "classes"),
    [
        ({}, ""),
        ({"zuji_dark": "1"}, "dark"),
        ({"zuji_dark": "1", "zuji_large": "1"}, "dark large"),
        ({"zuji_dark": "0"}, ""),
        ({"zuji_dark": "yes", "zuji_huge": "1"}, ""),
    ],
)
def test_looks_come_from_cookies_and_from_nothing_else(cookies, classes):
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    assert render("{% look %}", request=request) == classes


@pytest.mark.parametrize(
    ("cookies", "shade"), [({}, "system"), ({"zuji_dark": "1"}, "dark"), ({"zuji_dark": "0"}, "light")]
)
def test_light_and_dark_are_left_to_the_device_until_somebody_chooses(cookies, shade):
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    assert render("{% shade %}", request=request) == shade
    assert render("{% shade %}") == "system"


def test_every_language_is_offered_and_the_pages_own_is_marked():
    with override("en"):
        assert words.languages() == [("zh-hans", "中文", False), ("en", "English", True)]
