"""Reads: who is probably still on a phone, who arrived, what a pass has."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import DAY, checkpoint
from tests.checkin.desks import item, new_pass, serial
from zuji.checkin import actions, queries
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import MatrixCell, PassDetail

pytestmark = pytest.mark.django_db

NOON = DAY + timedelta(hours=2)


@pytest.fixture
def posters(cast):
    """Of three checkpoints in a row."""
    places = [cast.entrance, cast.hall, checkpoint(cast.activity, 3)]
    return [serial(place, cast.guo, CodeKind.POSTER) for place in places]


def cell(cast, place):
    matrix = queries.matrix(cast.campaign, as_of=NOON)
    return next(each for each in matrix.cells if (each.organisation, each.checkpoint) == (cast.firm.pk, place.pk))


def test_who_was_before_and_after_is_probably_still_on_a_phone_here(cast, counter, posters):
    a, b, c = (new_pass(cast.firm, cast.campaign) for _ in range(3))
    counter.take(*(item(each, posters[0]) for each in (a, b, c)), item(a, posters[1]))
    counter.take(*(item(each, posters[2]) for each in (a, b)))
    assert cell(cast, cast.hall).probably == 1
    assert (cell(cast, cast.hall).delivered, cell(cast, cast.entrance).probably) == (1, 0)


def test_a_matrix_lists_who_has_passes_even_before_anybody_came(cast):
    new_pass(cast.unit, cast.campaign)
    matrix = queries.matrix(cast.campaign, as_of=NOON)
    assert [line.organisation for line in matrix.lines] == [cast.unit.pk]
    assert [column.times for column in matrix.columns] == [0, 0]
    assert matrix.cells == []


def test_a_matrix_of_some_organisations_shows_no_other(cast, counter, posters):
    counter.take(*(item(new_pass(each, cast.campaign), posters[0]) for each in (cast.firm, cast.unit)))
    matrix = queries.matrix(cast.campaign, as_of=NOON, organisations=[cast.firm.pk])
    assert {each.organisation for each in matrix.cells} == {cast.firm.pk}
    assert [line.organisation for line in matrix.lines] == [cast.firm.pk]


def test_arrivals_are_by_organisation_and_group(cast, counter, posters):
    one = new_pass(cast.firm, cast.campaign, group="1")
    new_pass(cast.firm, cast.campaign, group="1")
    new_pass(cast.firm, cast.campaign, group="2")
    counter.take(item(one, posters[0]))
    found = [(each.group, each.expected, each.arrived) for each in queries.arrivals(cast.entrance)]
    assert found == [("1", 2, 1), ("2", 1, 0)]


def test_a_withdrawn_pass_is_expected_only_where_it_came(cast, counter, posters, walker):
    counter.take(item(walker, posters[0]))
    PassDetail.objects.create(walk_pass=walker, nickname="小莲")
    actions.withdraw_pass(actor=cast.lan, pass_id=walker.pk, at=NOON)
    assert [(each.nickname, each.arrived) for each in queries.roster(cast.entrance)] == [("小莲", True)]
    assert queries.roster(cast.hall) == []


def test_what_was_taken_back_has_not_arrived_and_is_not_shown_to_its_pass(cast, counter, posters, walker):
    first, _ = counter.take(item(walker, posters[0]), item(walker, posters[1]))
    undo = {"campaign_id": cast.campaign.pk, "item_id": UUID(first["id"]), "reason": "for fun"}
    actions.take_back(actor=cast.guo, **undo, at=NOON)
    assert [each.arrived for each in queries.roster(cast.entrance)] == [False]
    [shown] = queries.checkins_of(walker)
    assert (shown.checkpoint, shown.receipt["fields"]["pass"]) == (cast.hall.pk, walker.pk)


def test_a_cell_that_is_wrong_is_found_by_a_recount(cast, counter, posters, walker):
    counter.take(item(walker, posters[0]))
    assert queries.miscounted(cast.campaign.pk) == {}
    MatrixCell.objects.update(delivered=5)
    [(kept, counted)] = queries.miscounted(cast.campaign.pk).values()
    assert (kept.delivered, counted.delivered) == (5, 1)
