"""The words of messages: every template with every fact, in both languages, within a robot's limit."""

from string import Formatter

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as some

from tests.cast import DAY, Cast
from tests.people.messages.places import FACTS
from zuji.people.messages.enums import Topic
from zuji.people.messages.models import Notice
from zuji.people.messages.texts import Told, brief, told_in

LANGUAGES = ("zh-hans", "en")
TOLD = some.builds(Told, some.text(max_size=80), some.text(max_size=200), some.sampled_from(["", "/notices/"]))


def notice(topic: Topic, **facts: object) -> Notice:
    return Notice(topic=topic, facts=facts, link="/settings/me/")


def test_names_of_people_are_looked_up_when_they_are_read(cast: Cast):
    (told,) = told_in("en", "Asia/Shanghai", [notice(Topic.TEST, who=cast.mei.pk)])
    assert told.body.startswith("Mei sent this")
    cast.mei.name = ""
    cast.mei.save()
    (told,) = told_in("zh-hans", "Asia/Shanghai", [notice(Topic.TEST, who=cast.mei.pk)])
    assert told.body.startswith("有人发出")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", Topic)
def test_a_template_is_said_whatever_facts_are_missing(db: None, topic: Topic, language: str):
    (bare,) = told_in(language, "Asia/Shanghai", [notice(topic)])
    (full,) = told_in(language, "Asia/Shanghai", [notice(topic, **FACTS)])
    assert bare.title
    assert not any(mark in text for text in (bare.title, bare.body, full.title, full.body) for mark in "{}")
    assert not full.title.startswith("told.")


@pytest.mark.parametrize("topic", Topic)
def test_both_languages_of_a_template_use_the_same_facts(topic: Topic):
    used = []
    for language in LANGUAGES:
        with translation.override(language):
            texts = (gettext(f"told.{topic}.{part}") for part in ("title", "text"))
            used.append({name for text in texts for _, name, _, _ in Formatter().parse(text) if name})
    assert used[0] == used[1]


def test_times_are_those_of_the_associations_wall_clock(db: None):
    (told,) = told_in("zh-hans", "Asia/Shanghai", [notice(Topic.VIEWED_AS, since=DAY.isoformat())])
    assert "2021年7月26日 09:30" in told.body
    (told,) = told_in("en", "Europe/London", [notice(Topic.VIEWED_AS, since=DAY.isoformat())])
    assert "26 Jul 2021 02:30" in told.body


def test_a_fact_with_braces_is_said_and_not_filled_in(db: None):
    campaign = {"zh": "{who}", "en": "{0} {x!r}"}
    for language, name in (("zh-hans", "{who}"), ("en", "{0} {x!r}")):
        (told,) = told_in(language, "Asia/Shanghai", [notice(Topic.TRAIL_OPENED, campaign=campaign)])
        assert told.title.endswith(name)


@given(some.lists(TOLD, min_size=1, max_size=30), some.integers(400, 2000))
def test_a_text_for_a_robot_keeps_within_its_bytes(messages: list[Told], limit: int):
    for language in LANGUAGES:
        with translation.override(language):
            assert len(brief(messages, limit=limit).encode()) <= limit


def test_what_there_is_no_room_for_is_pointed_at():
    messages = [Told(f"第 {number} 条", "字" * 60, "/notices/") for number in range(30)]
    with translation.override("zh-hans"):
        text = brief(messages, limit=2000)
    assert text.startswith("【足迹】30 条消息\n· 第 0 条")
    assert text.endswith("其余的请看 http://127.0.0.1:8000/notices/")
    assert "第 29 条" not in text
