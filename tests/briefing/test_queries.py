from datetime import date, timedelta

import pytest

from tests.cast import DAY
from zuji.briefing.actions import publish
from zuji.briefing.definitions import catalogue
from zuji.briefing.enums import Qualifier
from zuji.briefing.queries import (
    all_figures,
    breakdown,
    compute,
    computed,
    course,
    definition_of,
    difference,
    has_activity,
    history,
    named,
    shares,
    stated,
    trace,
    walk_totals,
)
from zuji.checkin.enums import Grade
from zuji.checkin.models import Activity
from zuji.checkin.viewing import ALL, PUBLIC, View
from zuji.core.errors import NotFound

WALK_DAY = date(2021, 7, 26)
AFTER = DAY + timedelta(days=2)


def test_a_figure_is_value_qualifier_words_cut_off_and_digest(walk):
    for _ in range(12):
        walk.check_in()
    figure = compute("T3", association=walk.cast.panyu, as_of=WALK_DAY)
    assert figure.as_json() == {
        "id": "T3",
        "value": 12,
        "qualifier": Qualifier.AT_LEAST,
        "printed": {"zh": "10多名", "en": "at least 10 people"},
        "as_of": "2021-07-26",
        "digest": figure.digest,
    }
    assert figure.name == {"zh": "参加徒步的企业人数", "en": "People of those firms who took part"}
    assert len(figure.digest) == 64


def test_one_figure_is_the_same_alone_and_among_all(walk):
    walk.check_in(late=True)
    walk.check_in(grade=Grade.C)
    for figure in all_figures(association=walk.cast.panyu, as_of=WALK_DAY):
        assert compute(figure.id, association=walk.cast.panyu, as_of=WALK_DAY) == figure


def test_a_share_stands_beside_the_whole_that_it_is_of(walk):
    for late in (True, False, False, False):
        walk.check_in(late=late)
    figure = compute("T9", association=walk.cast.panyu, as_of=WALK_DAY)
    assert (figure.value, figure.whole) == (1, 4)
    assert figure.printed == {"zh": "1次（占25.0%）", "en": "1 check-in (25.0%)"}


def test_an_unknown_indicator_is_not_found(walk):
    with pytest.raises(NotFound):
        compute("T99", association=walk.cast.panyu, as_of=WALK_DAY)


def test_the_digest_stays_until_a_row_comes_or_goes(walk):
    def digest():
        return compute("T3", association=walk.cast.panyu, as_of=WALK_DAY).digest

    walker = walk.walker()
    walk.check_in(walker)
    first = digest()
    walk.check_in(walker, walk.cast.hall)
    assert digest() == first
    walk.take_back(walk.check_in(), DAY + timedelta(days=1))
    assert digest() != first


def test_a_traces_keys_are_opaque_and_in_order(walk):
    passes = [walk.walker() for _ in range(3)]
    for walker in reversed(passes):
        walk.check_in(walker)
    entries = trace("T3", association=walk.cast.panyu, as_of=WALK_DAY)
    assert [entry.key for entry in entries] == sorted(f"{walk.cast.campaign.pk}/{walker.pk}" for walker in passes)
    assert set(entries[0].dimensions) == {"campaign_id", "person_id", "organisation_id"}


def test_checkins_are_broken_down_by_grade_and_lateness(walk):
    for grade, late in [(Grade.A, False), (Grade.A, False), (Grade.B, True), (Grade.D, False)]:
        walk.check_in(grade=grade, late=late)
    entries = trace("T4", association=walk.cast.panyu, as_of=WALK_DAY)
    assert breakdown(entries, "grade") == {"A": 2, "B": 1, "D": 1}
    assert breakdown(entries, "late") == {"False": 3, "True": 1}


@pytest.mark.parametrize(
    ("indicator", "names"),
    [
        ("T1", {"site_id": "旧址S1"}),
        ("T2", {"organisation_id": "木棉数科"}),
        ("T3", {"campaign_id": "徒步", "organisation_id": "木棉数科"}),
        ("T5", {"activity_id": "徒步日", "organisation_id": "木棉数科"}),
        ("T4", {"campaign_id": "徒步", "checkpoint_id": "入口1", "organisation_id": "木棉数科"}),
    ],
)
def test_keys_are_shown_by_their_names(walk, indicator, names):
    walk.check_in()
    (shown,) = named(trace(indicator, association=walk.cast.panyu, as_of=WALK_DAY))
    assert {dimension: words["zh"] for dimension, words in shown.items()} == names


def test_of_no_entries_there_are_no_names():
    assert named([]) == []


@pytest.mark.parametrize("walkers", [1, 3])
def test_figures_cost_one_query_each_however_many_walk(walk, walkers, django_assert_num_queries):
    for _ in range(walkers):
        walk.check_in()
    with django_assert_num_queries(len(catalogue())):
        all_figures(association=walk.cast.panyu, as_of=WALK_DAY)
    entries = trace("T3", association=walk.cast.panyu, as_of=WALK_DAY)
    with django_assert_num_queries(2):
        named(entries)


def test_the_history_is_of_one_association_and_newest_first(walk):
    walk.check_in()
    days = [WALK_DAY, date(2021, 7, 27)]
    for day in days:
        publish(actor=walk.cast.mei, association_id=walk.cast.panyu.pk, indicator="T2", as_of=day, at=AFTER)
    publish(actor=walk.cast.mei, association_id=walk.cast.panyu.pk, indicator="T1", as_of=WALK_DAY, at=AFTER)
    assert [entry.number for entry in history(association=walk.cast.panyu)] == [3, 2, 1]
    assert [entry.number for entry in history(association=walk.cast.panyu, indicator="T2")] == [2, 1]
    assert not history(association=walk.cast.other).exists()


@pytest.fixture
def both(walk):
    """One walker of the firm at both checkpoints, one at the entrance alone; returns the latter's check-in."""
    twice = walk.walker()
    walk.check_in(twice)
    walk.check_in(twice, walk.cast.hall)
    return walk.check_in()


def totals(walk, view=ALL):
    return tuple(walk_totals(walk.cast.campaign, view, as_of=AFTER).values())


def test_beside_a_matrix_check_ins_person_times_people_and_seats_are_four_figures(walk, both):
    assert walk_totals(walk.cast.campaign, ALL, as_of=AFTER) == {
        "checkins": 3,
        "person_times": 2,
        "people": 2,
        "seats": 0,
    }


def test_beside_a_matrix_seats_are_person_times_and_never_people(walk, both):
    walk.seats(walk.cast.unit, 7)
    assert totals(walk) == (3, 9, 2, 7)
    assert totals(walk, View(frozenset({walk.cast.unit.pk}))) == (0, 7, 0, 7)


def test_beside_a_matrix_what_was_taken_back_counts_no_longer(walk, both):
    walk.take_back(both)
    assert totals(walk) == (2, 1, 1, 0)


def test_beside_a_matrix_a_rehearsal_counts_nowhere(walk, both):
    Activity.objects.update(rehearsal=True)
    assert totals(walk) == (0, 0, 0, 0)


def test_what_stands_beside_a_matrix_is_what_the_figures_say(walk, both):
    walk.seats(walk.cast.unit, 7)
    figures = [compute(of, association=walk.cast.panyu, as_of=AFTER).value for of in ("T4", "T5", "T6", "T10")]
    assert list(totals(walk)) == figures


def test_the_public_gets_no_totals_of_people(walk, both):
    assert totals(walk, PUBLIC) == ()


def test_what_is_stated_on_a_board_is_what_the_figures_are(walk):
    for _ in range(12):
        walk.check_in()
    walk.check_in(walk.walker(walk.cast.second_firm))
    walk.check_in(walk.walker(walk.cast.unit))
    asked = {"association": walk.cast.panyu, "campaign": walk.cast.campaign.pk}
    found = stated(("T2", "T3"), as_of=AFTER, **asked)
    for name, said in found.items():
        figure = compute(name, as_of=AFTER, **asked)
        assert said == (figure.value, figure.printed), name
    assert found["T3"].value == 13


class TestCourse:
    """An indicator's values at several cut-offs."""

    def test_each_is_what_the_figure_was_at_its_cut_off(self, walk):
        walk.check_in(at=DAY)
        walk.check_in(at=DAY + timedelta(hours=2))
        cut_offs = [WALK_DAY - timedelta(days=1), DAY + timedelta(hours=1), WALK_DAY]
        values = course("T4", association=walk.cast.panyu, cut_offs=cut_offs)
        assert values == [compute("T4", association=walk.cast.panyu, as_of=at).value for at in cut_offs] == [0, 1, 2]

    def test_a_day_of_a_rehearsal_is_no_day_of_an_activity(self, walk):
        assert has_activity(walk.cast.panyu, WALK_DAY)
        assert not has_activity(walk.cast.other, WALK_DAY)
        Activity.objects.update(rehearsal=True)
        assert not has_activity(walk.cast.panyu, WALK_DAY)


def test_some_totals_are_the_same_as_among_all(walk):
    walk.check_in()
    walk.seats(walk.cast.unit, 4)
    whole = walk_totals(walk.cast.campaign, ALL, as_of=AFTER)
    some = walk_totals(walk.cast.campaign, ALL, as_of=AFTER, names=("person_times", "seats"))
    assert some == {"person_times": whole["person_times"], "seats": whole["seats"]} == {"person_times": 5, "seats": 4}


class TestShares:
    """A campaign's weights by one dimension, of what a view shows."""

    def test_they_add_up_to_the_figure(self, walk):
        for grade in (Grade.A, Grade.A, Grade.C):
            walk.check_in(grade=grade)
        found = shares("T4", "grade", campaign=walk.cast.campaign, view=ALL, as_of=AFTER)
        assert found == {"A": 2, "C": 1}

    def test_some_organisations_see_their_own_and_the_public_nothing(self, walk):
        walk.check_in()
        walk.check_in(walk.walker(walk.cast.unit))
        asked = {"campaign": walk.cast.campaign, "as_of": AFTER}
        own = View(frozenset({walk.cast.unit.pk}))
        assert shares("T6", "organisation_id", view=own, **asked) == {walk.cast.unit.pk: 1}
        assert shares("T6", "organisation_id", view=PUBLIC, **asked) == {}


class TestDifference:
    """Why a figure is not what was published, by the rows that each counted."""

    def differs(self, walk, indicator="T4", at=AFTER):
        entry = history(association=walk.cast.panyu, indicator=indicator).first()
        now = computed(indicator, association=walk.cast.panyu, as_of=at).rows
        return difference(entry, now, definition_of(indicator))

    def published(self, walk, indicator="T4"):
        lead = {"actor": walk.cast.mei, "association_id": walk.cast.panyu.pk}
        publish(indicator=indicator, as_of=DAY + timedelta(minutes=1), at=AFTER, **lead)

    def test_what_came_and_what_went_is_told_apart(self, walk):
        gone = walk.check_in()
        walk.check_in()
        self.published(walk)
        walk.take_back(gone)
        for _ in range(3):
            walk.check_in(at=DAY + timedelta(hours=1))
        found = self.differs(walk)
        assert (len(found.came), [entry.key for entry in found.went]) == (3, [f"{gone.campaign_id}/{gone.id}"])
        assert found.total == 2

    def test_a_row_that_weighs_otherwise_is_told_by_its_change(self, walk):
        walk.seats(walk.cast.unit, 4)
        self.published(walk, "T5")
        walk.seats(walk.cast.unit, 9, walk.cast.hall, at=DAY + timedelta(hours=1))
        found = self.differs(walk, "T5")
        assert ([entry.weight for entry in found.weighed], found.total) == ([5], 5)

    def test_the_same_rows_make_no_difference(self, walk):
        walk.check_in()
        self.published(walk)
        found = self.differs(walk)
        assert (found.came, found.went, found.weighed, found.definition_changed, found.total) == ([], [], [], False, 0)

    def test_another_definition_is_told(self, walk):
        self.published(walk)
        entry = history(association=walk.cast.panyu).first()
        rows = computed("T6", association=walk.cast.panyu, as_of=AFTER).rows
        assert difference(entry, rows, definition_of("T6")).definition_changed
