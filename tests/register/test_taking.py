"""Lists are taken in and back, whole, once, and wherever a process dies."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.signals import post_save

from tests.cast import DAY, grant
from tests.register.lists import authority, back, exported, firm, firms, names, ran, staged, taken
from zuji.core import works
from zuji.core.enums import WorkState
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.people.enums import Role, ScopeKind
from zuji.register import actions, relinking
from zuji.register.enums import ListState, Verb
from zuji.register.errors import Refusal
from zuji.register.models import Authority, Enterprise, Link, SourceList

LATER = DAY + timedelta(days=1)


class Died(Exception):
    """What a test ends a process with."""


def two_lists(cast):
    """The second list has two firms of the first under other spellings, and one more."""
    one = staged(cast, [firm(0), firm(1), firm(2)])
    other = staged(cast, [firm(1, name="广州榕声互动网络科技公司"), firm(2, person=""), firm(3)], name="税务局")
    return one, other


def test_two_lists_of_the_same_firms_become_one_firm_each(cast):
    work = taken(cast, *two_lists(cast))
    assert (work.state, work.done, work.outcome["rows"], work.outcome["firms"]) == (WorkState.DONE, 100, 6, 4)
    assert sorted(map(len, names(cast.panyu.pk))) == [1, 1, 2, 2]
    assert {(each.state, each.taken_in_at) for each in SourceList.objects.all()} == {(ListState.TAKEN_IN, DAY)}


def test_the_same_file_twice_is_one_list_and_is_taken_in_once(cast):
    rows = [firm(0), firm(1)]
    first = staged(cast, rows)
    taken(cast, first)
    before = exported(cast.panyu.pk)
    again = staged(cast, rows, at=LATER)
    assert again == first
    with pytest.raises(Refused) as refused:
        actions.take_in(actor=cast.tao, list_ids=[again.pk], at=LATER)
    assert refused.value.code == Refusal.LIST_NOT_STAGED
    assert exported(cast.panyu.pk) == before


def test_rows_that_come_again_in_another_list_make_no_firm_twice(cast):
    taken(cast, staged(cast, [firm(0), firm(1)]))
    known = firms(cast.panyu.pk)
    work = taken(cast, staged(cast, [firm(0), firm(1), firm(2)]), at=LATER)
    assert work.outcome["firms"] == 1
    assert known < firms(cast.panyu.pk)
    assert sorted(map(len, names(cast.panyu.pk))) == [1, 2, 2]


def test_it_does_not_matter_whether_lists_come_together_or_in_what_turn(cast):
    def after(*turns):
        with transaction.atomic():
            lists = two_lists(cast)
            for turn in turns:
                taken(cast, *(lists[place] for place in turn))
            found = exported(cast.panyu.pk)
            transaction.set_rollback(True)
            return found

    assert after((0, 1)) == after((0,), (1,)) == after((1,), (0,))


# Deaths.


@pytest.fixture
def dying(monkeypatch):
    """`dying(n)` lets the process die as it tells of its n-th step; False once it is told to live."""
    left = [0]
    step = works.Progress.step

    def tell(progress, done, *, total=None):
        left[0] -= 1
        if not left[0]:
            raise Died
        step(progress, done, total=total)

    monkeypatch.setattr(works.Progress, "step", tell)
    monkeypatch.setattr(relinking, "FIRMS_AT_ONCE", 2)
    return lambda count: left.__setitem__(0, count)


def finished(cast, lists, die):
    """The register after lists were taken in by a work that died on its way, if it did, and was taken up again."""
    with transaction.atomic():
        work = actions.take_in(actor=cast.tao, list_ids=[each.pk for each in lists], at=DAY)
        died = False
        try:
            die(lambda: ran(work))
        except Died:
            died = True
            works.resume(actor=cast.tao, work_id=work.pk, at=LATER)
            ran(work, at=LATER)
        found = exported(cast.panyu.pk)
        transaction.set_rollback(True)
    return found, died


def test_a_work_that_dies_at_any_step_is_taken_up_and_ends_in_the_same_register(cast, dying):
    lists = two_lists(cast)
    whole, _ = finished(cast, lists, lambda run: run())
    deaths = 0
    for count in range(1, 200):
        dying(count)
        found, died = finished(cast, lists, lambda run: run())
        assert found == whole
        if not died:
            break
        deaths += 1
    assert 3 <= deaths < 199


@pytest.mark.parametrize("verb", [Verb.LIST_TAKEN_IN, Verb.ROWS_LINKED])
def test_a_work_that_dies_while_it_writes_has_written_nothing(cast, verb):
    lists = two_lists(cast)
    whole, _ = finished(cast, lists, lambda run: run())

    def die(run):
        def end(instance, **_):
            if instance.verb == verb:
                raise Died

        post_save.connect(end, sender=AuditEntry)
        try:
            run()
        finally:
            post_save.disconnect(end, sender=AuditEntry)
            assert not Link.objects.exists()
            assert set(SourceList.objects.values_list("state", flat=True)) == {ListState.STAGED}

    assert finished(cast, lists, die) == (whole, True)


def test_a_work_that_is_stopped_before_it_writes_leaves_the_register_as_it_was(cast, monkeypatch):
    lists = two_lists(cast)
    work = actions.take_in(actor=cast.tao, list_ids=[each.pk for each in lists], at=DAY)
    step = works.Progress.step

    def stopping(progress, done, *, total=None):
        monkeypatch.setattr(works.Progress, "step", step)
        works.ask_stop(actor=cast.tao, work_id=work.pk, at=DAY)
        step(progress, done, total=total)

    monkeypatch.setattr(works.Progress, "step", stopping)
    assert ran(work).state == WorkState.STOPPED
    assert not Enterprise.objects.exists()
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    assert (ran(work).state, len(firms(cast.panyu.pk))) == (WorkState.DONE, 4)


# Back.


def test_a_list_taken_back_leaves_the_register_as_it_was_before_the_list_came(cast):
    one, other = two_lists(cast)
    taken(cast, one)
    before, known = exported(cast.panyu.pk), firms(cast.panyu.pk)
    taken(cast, other, at=LATER)
    assert exported(cast.panyu.pk) != before
    work = back(cast, other, at=LATER + timedelta(hours=1))
    assert (exported(cast.panyu.pk), firms(cast.panyu.pk)) == (before, known)
    assert (work.kind, work.state) == ("register_take_back", WorkState.DONE)
    assert SourceList.objects.get(pk=other.pk).state == ListState.TAKEN_BACK


def test_firms_that_another_list_knows_keep_their_identity_when_the_first_list_goes(cast):
    one, other = two_lists(cast)
    taken(cast, one)
    taken(cast, other, at=LATER)
    shared = set(Link.objects.filter(ended_at=None, row__source=other).values_list("enterprise", flat=True))
    back(cast, one, at=LATER + timedelta(hours=1))
    assert firms(cast.panyu.pk) == shared


def test_a_list_that_comes_again_after_it_was_taken_back_finds_its_firms(cast):
    rows = [firm(0), firm(1)]
    first = staged(cast, rows)
    taken(cast, first)
    known = firms(cast.panyu.pk)
    back(cast, first)
    assert firms(cast.panyu.pk) == set()
    again = staged(cast, rows, at=LATER)
    assert again != first
    taken(cast, again, at=LATER)
    assert firms(cast.panyu.pk) == known


def test_a_list_counts_no_more_from_the_moment_that_it_is_taken_back(cast):
    (first, _) = lists = two_lists(cast)
    taken(cast, *lists)
    actions.take_back(actor=cast.tao, list_id=first.pk, at=LATER)
    assert not Link.objects.filter(row__source=first, ended_at=None).exists()


# Who, and when not.


def test_only_who_may_import_lists_takes_them_in_or_back(cast):
    first, _ = two_lists(cast)
    grant(cast.guo, Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    for who, error in ((cast.lan, NotFound), (cast.qin, NotFound), (cast.guo, Forbidden)):
        with pytest.raises(error):
            actions.take_in(actor=who, list_ids=[first.pk], at=DAY)
        with pytest.raises(error):
            actions.take_back(actor=who, list_id=first.pk, at=DAY)
    assert actions.take_in(actor=cast.mei, list_ids=[first.pk], at=DAY).actor == cast.mei.pk


def test_a_list_that_is_being_worked_on_is_left_alone(cast):
    first, other = two_lists(cast)
    work = actions.take_in(actor=cast.tao, list_ids=[first.pk], at=DAY)
    for act in (
        lambda: actions.take_in(actor=cast.mei, list_ids=[first.pk, other.pk], at=DAY),
        lambda: actions.drop_list(actor=cast.tao, list_id=first.pk, at=DAY),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == Refusal.LIST_UNDER_WAY
    works.ask_stop(actor=cast.tao, work_id=work.pk, at=DAY)
    assert actions.drop_list(actor=cast.tao, list_id=first.pk, at=DAY).state == ListState.DROPPED
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    assert ran(work).outcome["rows"] == 0


def test_a_list_that_is_not_in_the_register_cannot_be_taken_back(cast):
    first, _ = two_lists(cast)
    with pytest.raises(Refused) as refused:
        actions.take_back(actor=cast.tao, list_id=first.pk, at=DAY)
    assert refused.value.code == Refusal.LIST_NOT_TAKEN_IN


def test_lists_of_two_associations_or_none_are_not_taken_in(cast):
    first, _ = two_lists(cast)
    grant(cast.tao, Role.OFFICE, ScopeKind.ASSOCIATION, cast.other.pk)
    theirs = Authority.objects.create(association=cast.other, name="外区市监")
    foreign = SourceList.objects.create(authority=theirs, file="a", digest="0", as_of=DAY.date(), staged_at=DAY)
    for keys, code in (([], Refusal.LISTS_NONE), ([first.pk, foreign.pk], Refusal.LISTS_OF_TWO)):
        with pytest.raises(Invalid) as invalid:
            actions.take_in(actor=cast.tao, list_ids=keys, at=DAY)
        assert invalid.value.code == code


def test_what_came_of_it_is_in_the_trail_under_whoever_asked(cast):
    first, other = two_lists(cast)
    taken(cast, first, other)
    back(cast, other)
    said = AuditEntry.objects.filter(actor=cast.tao.pk, verb__in=Verb.values).exclude(verb=Verb.LIST_STAGED)
    told = [(each.verb, each.facts) for each in said.order_by("pk")]
    assert told[2:] == [
        ("list_taken_in", {"rows": 3}),
        ("list_taken_in", {"rows": 3}),
        ("rows_linked", {"firms": 4, "moved": 6, "merged": 0, "doubts": 0}),
        ("list_taken_back", {}),
    ]


def test_what_headings_were_read_as_is_remembered_for_the_next_list(cast):
    taken(cast, staged(cast, [firm(0)]))
    assert authority(cast).headings["法定代表人"] == "person"
