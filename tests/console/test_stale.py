"""Two people change one record: whose change is whose, told by digests alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.committee.enums import JoinsAs
from zuji.console.blocks.stale import digest, merge, seal, unseal

WAS = {"name": "木棉", "count": 5}


def merged(now, typed, **kwargs):
    return merge(unseal(seal(WAS)), WAS | now, WAS | typed, **kwargs)


def test_what_nobody_else_touched_is_as_typed():
    assert merged({}, {"name": "龙眼"}) == ({"name": "龙眼", "count": 5}, [], [])


def test_what_only_somebody_else_changed_stays_theirs():
    assert merged({"count": 9}, {"name": "龙眼"}) == ({"name": "龙眼", "count": 9}, ["count"], [])


def test_what_both_changed_is_a_clash():
    assert merged({"count": 9}, {"count": 12}).clashes == ["count"]


def test_what_both_changed_alike_is_none():
    assert merged({"count": 9}, {"count": 9}) == ({"name": "木棉", "count": 9}, ["count"], [])


def test_what_was_decided_for_the_other_stays_theirs():
    assert merged({"count": 9}, {"count": 12}, theirs=["count"]) == (WAS | {"count": 9}, ["count"], [])


def test_without_what_was_seen_all_is_as_typed_and_the_others_change_is_lost():
    assert merge({}, WAS | {"count": 9}, WAS) == (WAS, [], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        ("木棉 ", "木棉"),
        (5, "5"),
        (JoinsAs.COBUILDING_UNIT, "cobuilding_unit"),
        (date(2021, 7, 26), "2021-07-26"),
    ],
)
def test_values_that_are_written_alike_are_the_same(one, other):
    assert digest(one) == digest(other)


@pytest.mark.parametrize("token", ["", "name", "name:", ":x", "\0", "name:x name"])
def test_a_token_that_cannot_be_read_says_nothing(token):
    assert set(unseal(token).values()) <= {"x"}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=3)


@given(was=TEXTS, now=TEXTS, typed=TEXTS)
def test_nobodys_change_is_lost_without_being_asked_about(was, now, typed):
    result = merge(unseal(seal({"field": was})), {"field": now}, {"field": typed})
    if digest(now) != digest(was) and digest(typed) != digest(was) and digest(now) != digest(typed):
        assert result.clashes == ["field"]
    else:
        assert result.clashes == []
        changed = next((each for each in (typed, now) if digest(each) != digest(was)), was)
        assert digest(result.values["field"]) == digest(changed)
