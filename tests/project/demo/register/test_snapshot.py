"""The register built through the lists, and the same out of its snapshot."""

import lzma

import pytest
from django.db import connection

from tests.project.demo.registers import SMALL, built, covered, figures
from zuji.core.models import AuditEntry
from zuji.people.models import Account
from zuji.project.demo.register import snapshot
from zuji.project.demo.register.firms import named
from zuji.project.errors import Fault, Misconfigured
from zuji.register.enums import DoubtState, ListState, Verb
from zuji.register.models import Card, Doubt, Enterprise, Merge, SourceList, SourceRow
from zuji.register.relinking import relink

R1, R2 = {"R1": SMALL.counted}, {"R2": SMALL.three_haves}


def emptied():
    """The tests' database without the register and its trail, as a new home is."""
    tables = ", ".join(model._meta.db_table for model in (*snapshot.MODELS, AuditEntry))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"truncate {tables} cascade")
        cursor.execute("set constraints all deferred")


def test_the_register_is_the_same_through_its_lists_and_out_of_its_snapshot(cast, tmp_path):
    done = built(cast)
    assert done.mixed == 0
    cards = list(Card.objects.values_list("pk", "sort_key", "search_key", "grams"))
    through_lists = snapshot.export(cast.panyu)
    counted = figures(cast, "R1", "R2")
    assert counted == R1 | R2
    file = tmp_path / "register.xz"
    assert snapshot.save(cast.panyu, file) == file.stat().st_size
    assert lzma.decompress(file.read_bytes()) == through_lists

    emptied()
    assert figures(cast, "R1", "R2") == {"R1": 0, "R2": 0}
    snapshot.load(file, association=cast.panyu, actor=cast.tao)
    assert snapshot.export(cast.panyu) == through_lists
    assert list(Card.objects.values_list("pk", "sort_key", "search_key", "grams")) == cards
    assert figures(cast, "R1", "R2") == counted


@pytest.fixture
def filled(cast, tmp_path_factory):
    """The small register in the cast's association, built once and then loaded."""
    file = tmp_path_factory.getbasetemp() / "small-register.xz"
    if file.exists():
        snapshot.load(file, association=cast.panyu, actor=cast.tao)
    else:
        built(cast)
        snapshot.save(cast.panyu, file)
    return file


def test_firms_that_organisations_cover_are_counted_among_three_haves_alone(cast, filled):
    covered(cast)
    assert figures(cast, "R3") == {"R3": 19}


def test_doubtful_pairs_were_decided_by_a_person_and_some_are_left(cast, filled):
    states = set(Doubt.objects.values_list("state", flat=True))
    assert states <= {DoubtState.SAME, DoubtState.DIFFERENT, DoubtState.OUTDATED, DoubtState.WAITING}
    decided = Doubt.objects.filter(state__in=(DoubtState.SAME, DoubtState.DIFFERENT))
    trail = AuditEntry.objects.filter(verb=Verb.DOUBT_DECIDED)
    assert trail.count() == decided.count() > 0
    assert set(decided.values_list("decided_by", flat=True)) == {cast.tao.pk}
    assert Merge.objects.filter(made_by=cast.tao.pk, undone_at=None).exists()


def test_named_firms_are_found_by_their_registered_names(cast, filled):
    names = set(Card.objects.filter(enterprise__merged_into=None).values_list("name", flat=True))
    assert {firm.name for firm in named()} <= names


def test_every_list_stands_as_taken_in_by_whoever_the_home_has(cast, filled):
    lists = SourceList.objects.all()
    assert {each.state for each in lists} == {ListState.TAKEN_IN}
    assert {each.staged_by for each in lists} == {cast.tao.pk}
    assert Account.objects.filter(pk=cast.tao.pk).exists()


def test_linked_anew_the_loaded_register_says_the_same(cast, filled):
    before = figures(cast, "R1", "R2")
    done = relink(cast.panyu.pk, at=cast.day)
    assert (done.rows, done.firms) == (SourceRow.objects.filter(refused=False).count(), 0)
    assert figures(cast, "R1", "R2") == before


def test_keys_go_on_after_the_last_of_the_snapshot(cast, filled):
    last = Enterprise.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert Enterprise.objects.create(association=cast.panyu, made_at=cast.day).pk == last + 1


def test_a_register_in_use_is_never_filled(cast, filled):
    before = snapshot.export(cast.panyu)
    with pytest.raises(Misconfigured) as refused:
        snapshot.load(filled, association=cast.panyu, actor=cast.tao)
    assert refused.value.code is Fault.REGISTER_IN_USE
    assert snapshot.export(cast.panyu) == before
