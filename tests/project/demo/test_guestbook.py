"""What is written in the demo: invented, marked, spread over the day, and most of it decided."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.project.demo.walks import NEIGHBOURS, PLACES, walk
from zuji.project.demo.guestbook import APPROVES, WAITS, WRITES_AFTER, Words, plan, read_words
from zuji.project.demo.parts import Part
from zuji.project.demo.script import Send, write_script
from zuji.trail.enums import DeclineReason
from zuji.trail.wording import clean

SITES = ["S01", "S01", "S01", "S03", "S03"]


@pytest.fixture(scope="module")
def script():
    return write_script(walk(), NEIGHBOURS, seed=7)


def test_there_are_a_few_dozen_most_approved_and_some_left_for_a_visitor():
    fates = Counter(words.fate for words in read_words())
    assert 24 < sum(fates.values()) < 60
    assert fates[APPROVES] > sum(fates.values()) / 2
    assert fates[WAITS] >= 5
    assert set(fates) - {APPROVES, WAITS} <= set(DeclineReason.values)


def test_every_text_can_be_kept_and_stands_once():
    texts = [words.text for words in read_words()]
    assert [clean(text) for text in texts] == texts
    assert len(set(texts)) == len(texts)


def test_each_is_written_by_another_walker_who_just_checked_in_at_its_site(script):
    planned = plan(script, read_words(), SITES)
    assert len({each.phone.number for each in planned}) == len(planned) == len(read_words())
    came = {
        (scan.phone.number, scan.place, send.at)
        for moment in script.moments
        for send in moment.steps
        if isinstance(send, Send)
        for scan in send.scans
    }
    for each in planned:
        assert (each.phone.number, each.place, each.at - WRITES_AFTER) in came
        assert each.words.site in ("", SITES[each.place])
        assert script.parts[each.phone.number] is Part.PLAIN


def test_they_are_spread_over_the_day(script):
    planned = plan(script, read_words(), SITES)
    assert [each.at for each in planned] == sorted(each.at for each in planned)
    assert planned[-1].at - planned[0].at > timedelta(hours=2)
    assert {each.place for each in planned} == {place.number for place in PLACES}


def test_the_same_script_gets_the_same_texts(script):
    assert plan(script, read_words(), SITES) == plan(script, read_words(), SITES)


def test_a_text_about_a_site_that_is_not_on_the_trail_is_left_out(script):
    assert plan(script, [Words("别处", site="S99")], SITES) == []


def test_a_walk_of_few_has_fewer_texts_than_the_file():
    few = write_script(walk(30, groups=2), NEIGHBOURS, seed=7)
    assert 0 < len(plan(few, read_words(), SITES)) < len(read_words())
