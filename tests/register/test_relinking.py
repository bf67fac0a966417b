"""Rows are linked anew: the second time nothing changes, and what persons said holds."""

from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.register.lists import exported, firm, firms, names, staged, taken
from zuji.core.models import AuditEntry
from zuji.register import actions
from zuji.register.enums import DoubtState
from zuji.register.gathering import gather
from zuji.register.models import Doubt, Enterprise, Link, Merge, Ruling, SourceRow, SourceRowDetail
from zuji.register.personal import KEPT_DAYS
from zuji.register.relinking import relink

LATER = DAY + timedelta(days=1)


def everything():
    tables = (Enterprise, Link, Merge, Doubt, AuditEntry)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.fixture
def lists(cast):
    """A firm that two lists agree on, and one whose second row has neither code nor person."""
    one = staged(cast, [firm(0), firm(1), firm(2)])
    other = staged(cast, [firm(0), firm(1, code="", person="", phone="", address="")], name="税务局")
    taken(cast, one, other)
    return one, other


def rows(source):
    return list(source.rows.order_by("number"))


def ruled(cast, one, other, *, same):
    first, second = sorted((one, other), key=lambda row: row.pk)
    values = {"association": cast.panyu, "made_by": cast.tao.pk, "made_at": DAY, "same": same}
    return Ruling.objects.create(one=first, other=second, **values)


def test_linked_again_nothing_changes(cast, lists):
    before = everything()
    done = relink(cast.panyu.pk, at=LATER)
    assert everything() == before
    assert (done.firms, done.moved, done.merged, done.shown) == (0, 0, 0, 0)


def test_rows_that_a_person_calls_different_part_and_come_together_when_that_is_taken_back(cast, lists):
    before = exported(cast.panyu.pk)
    said = ruled(cast, rows(lists[0])[0], rows(lists[1])[0], same=False)
    relink(cast.panyu.pk, at=LATER)
    parted = firms(cast.panyu.pk)
    assert ["广州木棉数科有限公司"] in names(cast.panyu.pk)
    said.undone_at = LATER
    said.save()
    relink(cast.panyu.pk, at=LATER + timedelta(hours=1))
    assert exported(cast.panyu.pk) == before
    assert firms(cast.panyu.pk) == parted


def test_rows_that_a_person_calls_the_same_become_one_firm_and_part_as_they_were(cast, lists):
    before, known = exported(cast.panyu.pk), firms(cast.panyu.pk)
    said = ruled(cast, rows(lists[0])[1], rows(lists[0])[2], same=True)
    done = relink(cast.panyu.pk, at=LATER)
    assert (done.firms, done.merged, done.shown) == (0, 1, 2)
    assert Merge.objects.get().made_by is None
    said.undone_at = LATER
    said.save()
    relink(cast.panyu.pk, at=LATER + timedelta(hours=1))
    assert (exported(cast.panyu.pk), firms(cast.panyu.pk)) == (before, known)


def test_what_comes_between_linking_and_writing_is_seen(cast, lists):
    """Without the second look under the lock the rows of the list would be linked although it was taken back."""
    told = []

    def meanwhile(done, total):
        told.append(done)
        if len(told) == 1:
            actions.take_back(actor=cast.tao, list_id=lists[0].pk, at=LATER)

    relink(cast.panyu.pk, at=LATER, progress=meanwhile)
    assert not Link.objects.filter(row__source=lists[0], ended_at=None).exists()
    assert told.count(60) >= 2


@pytest.mark.parametrize(("age", "together"), [(KEPT_DAYS - 1, False), (KEPT_DAYS, True)])
def test_rows_stay_where_they_are_when_what_led_them_there_is_erased(cast, age, together):
    """A young list's row goes where its evidence leads; an old one's is past, so that it stays where that led."""
    one, other = staged(cast, [firm(0), firm(1)]), staged(cast, [firm(2, code="")], name="税务局")
    taken(cast, one, other)
    led_to = Link.objects.get(row=rows(one)[1]).enterprise
    Link.objects.filter(row=rows(other)[0]).update(enterprise=led_to)
    SourceRowDetail.objects.all().delete()
    relink(cast.panyu.pk, at=DAY + timedelta(days=age))
    assert ([firm(1)[1], firm(2)[1]] in names(cast.panyu.pk)) == together


def test_nothing_that_is_kept_of_a_link_names_a_person(cast, lists):
    kept = str([*Link.objects.values_list("why", flat=True), *Doubt.objects.values_list("why", flat=True)])
    details = SourceRowDetail.objects.values_list("values", flat=True)
    told = {text for values in details for text in values.values()}
    assert len(told) > 4
    assert not [text for text in told if text in kept]


def test_a_code_that_cannot_be_right_still_goes_into_linking(cast):
    source = staged(cast, [firm(0, code="9.14E+17")])
    assert "code" not in source.rows.get().values
    (record,) = gather(cast.panyu.pk, [source.pk], at=DAY).records
    assert record.fields["code"] == "9.14E+17"


def pair(cast, state, **changes):
    source = staged(cast, [firm(3), firm(4)])
    taken(cast, source)
    one, other = rows(source)
    values = {"rank": 9, "score": 0.5, "why": [], "state": state}
    return Doubt.objects.create(association=cast.panyu, one=one, other=other, **values | changes)


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (DoubtState.WAITING, DoubtState.OUTDATED),
        (DoubtState.LATER, DoubtState.OUTDATED),
        (DoubtState.SAME, DoubtState.SAME),
        (DoubtState.DIFFERENT, DoubtState.DIFFERENT),
    ],
)
def test_a_pair_that_is_no_question_any_more_is_outdated_unless_it_was_decided(cast, state, then):
    doubt = pair(cast, state)
    relink(cast.panyu.pk, at=LATER)
    doubt.refresh_from_db()
    assert doubt.state == then


def test_every_row_that_counts_has_one_link_with_its_reason(cast, lists):
    assert Link.objects.filter(ended_at=None).count() == SourceRow.objects.filter(refused=False).count()
    assert all(link.why for link in Link.objects.all())
