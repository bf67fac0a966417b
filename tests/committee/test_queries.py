from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import Range

from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from tests.committee.workbooks import FIRM, MEMBER, UNIT, workbook
from zuji.committee.access import visible_organisations, visible_participants
from zuji.committee.actions import affiliate, guide, import_participants
from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind
from zuji.committee.models import ContactDetail
from zuji.committee.queries import (
    affiliations_of,
    guidances_of,
    guided_on,
    last_day,
    members_on,
    organisations_listed,
    participant_values,
    participants_by_name,
)
from zuji.committee.values import ParticipantValues

MOVED = FOUNDED + timedelta(days=400)


@pytest.fixture
def listed(cast):
    data = workbook([UNIT, MEMBER, FIRM])
    import_participants(actor=cast.tao, association_id=cast.panyu.pk, data=data, file="名单.xlsx", at=DAY)
    return visible_participants(cast.tao, at=DAY)


def contact_of(participant):
    kept = getattr(participant, "contact", None)
    return kept.name if isinstance(kept, ContactDetail) else None


def test_a_list_is_in_the_order_of_pinyin(listed):
    made = [each.name for each in participants_by_name(listed) if each.sort_key]
    assert made == [FIRM[0], MEMBER[0], UNIT[0]]


def test_contacts_are_at_hand_where_there_are_any(listed):
    made = {each.name: contact_of(each) for each in participants_by_name(listed) if each.sort_key}
    assert made == {FIRM[0]: "阿岚", MEMBER[0]: None, UNIT[0]: "老郭"}


@pytest.mark.parametrize("names", [(FIRM[0],), (FIRM[0], MEMBER[0], UNIT[0])], ids=["one", "three"])
def test_a_list_is_read_in_one_query_however_long(listed, names):
    with CaptureQueriesContext(connection) as queries:
        rows = [contact_of(each) for each in participants_by_name(listed.filter(name__in=names))]
    assert len(rows) == len(names)
    assert len(queries) == 1


# --- organisations


@pytest.fixture
def tied(cast):
    """A committee, a town's, and a branch that moved from the town's to the committee's."""
    committee = branch(cast, "行业党委", OrganisationKind.COMMITTEE)
    town, own = branch(cast, "镇党委", OrganisationKind.COMMITTEE), branch(cast, "创显支部")
    for to, since in ((town, FOUNDED), (committee, MOVED)):
        affiliate(actor=cast.mei, organisation_id=own.pk, to_id=to.pk, since=since, at=DAY)
    guide(actor=cast.mei, organisation_id=own.pk, to_id=committee.pk, since=FOUNDED, at=DAY)
    return committee, town, own


def told(cast, on):
    rows = organisations_listed(visible_organisations(cast.mei, at=DAY), on=on)
    return [(each.name, each.affiliated_name, each.guided_name, each.exists) for each in rows]


def test_a_list_says_to_whom_each_belongs_on_a_day_committees_first(cast, tied):
    before, after = (("创显支部", town, "行业党委", True) for town in ("镇党委", "行业党委"))
    committees = [("行业党委", None, None, True), ("镇党委", None, None, True)]
    assert told(cast, MOVED - timedelta(days=1)) == [*committees, before]
    assert told(cast, MOVED) == [*committees, after]
    assert told(cast, FOUNDED - timedelta(days=1)) == [
        ("行业党委", None, None, False),
        ("镇党委", None, None, False),
        ("创显支部", None, None, False),
    ]


def test_a_list_of_organisations_is_read_in_one_query(cast, tied):
    with CaptureQueriesContext(connection) as queries:
        assert len(told(cast, MOVED)) == 3
    assert len(queries) == 2  # the scope, the rows


def test_members_and_whom_one_guides_are_those_of_the_day(cast, tied):
    committee, town, own = tied
    assert [list(members_on(each, FOUNDED)) for each in (committee, town)] == [[], [own]]
    assert [list(members_on(each, MOVED)) for each in (committee, town)] == [[own], []]
    assert [list(guided_on(each, MOVED)) for each in (committee, town)] == [[own], []]


def test_relations_are_told_latest_first(cast, tied):
    committee, town, own = tied
    assert [each.to for each in affiliations_of(own)] == [committee, town]
    assert [each.to for each in guidances_of(own)] == [committee]


def test_the_last_day_is_the_one_before_a_range_ends():
    assert last_day(Range(FOUNDED, MOVED)) == MOVED - timedelta(days=1)
    assert last_day(Range(FOUNDED, None)) is None


def test_what_a_row_says_is_what_one_would_type(listed):
    made = participants_by_name(listed).get(name=FIRM[0])
    assert participant_values(made) == ParticipantValues(
        name=FIRM[0],
        kind=ParticipantKind.FIRM,
        joins_as=JoinsAs.FIRM_ORGANISATION,
        expected=12,
        contact_name="阿岚",
        contact_phone="13800138000",
    )


def test_each_row_of_a_list_knows_the_cells_that_it_came_from(listed, cast):
    origin = listed.get(name=FIRM[0]).origin
    assert (origin.file, origin.sheet, origin.taken_by, origin.taken_at) == ("名单.xlsx", "名单", cast.tao.pk, DAY)
    columns = dict.fromkeys(("name", "kind", "joins_as", "contact_name", "contact_phone", "expected"))
    assert origin.cells == {key: f"{letter}{origin.row}" for key, letter in zip(columns, "ABCDEF", strict=True)}
    assert set(listed.get(name=MEMBER[0]).origin.cells) == {"name", "kind", "joins_as"}  # blanks came from nowhere
