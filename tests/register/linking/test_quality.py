"""Floors for how well made-up lists about 2,000 firms are linked; the district's size is measured by the bench."""

import random

import pytest

from bench.linkage.lists import write_lists
from bench.linkage.quality import answered, quality, united
from zuji.register.linking import Band, Key, link


@pytest.fixture(scope="module")
def lists():
    return write_lists(seed=3, firms=2_000)


@pytest.fixture(scope="module")
def linked(lists):
    return link(lists.records)


def test_unattended_pairs_are_right_and_few_are_missed(lists, linked):
    found = quality(linked.clusters, lists.truth)
    assert found.f1 >= 0.985
    assert found.false_merges <= 8


def test_sure_links_alone_are_right(lists, linked):
    sure = {each.key for each in linked.links if each.band == Band.SURE}
    clusters = [[key for key in cluster if key in sure] for cluster in linked.clusters]
    assert quality(clusters, lists.truth).precision >= 0.996


def test_a_person_who_answers_few_questions_lifts_the_rest(lists, linked):
    assert 0 < len(linked.doubts) <= 0.04 * len(lists.records)
    before = quality(linked.clusters, lists.truth)
    after = quality(answered(linked.clusters, linked.doubts, lists.truth), lists.truth)
    assert after.f1 > before.f1 >= 0.985


def test_the_first_questions_are_the_most_useful(lists, linked):
    half = len(linked.doubts) // 2
    right = [lists.truth[doubt.one] == lists.truth[doubt.other] for doubt in linked.doubts]
    assert sum(right[:half]) > sum(right[half:])


def test_answers_given_back_as_decided_are_obeyed(lists, linked):
    from zuji.register.linking import Decided

    decided = [
        Decided(doubt.one, doubt.other, lists.truth[doubt.one] == lists.truth[doubt.other]) for doubt in linked.doubts
    ]
    where = {each.key: each.cluster for each in link(lists.records, decided=decided).links}
    assert [where[each.one] == where[each.other] for each in decided] == [each.same for each in decided]


def test_no_cluster_holds_two_sound_codes(lists, linked):
    from zuji.register.codes import CodeKind, read_code
    from zuji.register.fields import Field

    wrong = {"code_of_another", "code_slip"}
    stray = {each.key for each in linked.links if any(reason.code in wrong for reason in each.why)}
    codes = {record.key: read_code(record.fields.get(Field.CODE, "")) for record in lists.records}
    for cluster in linked.clusters:
        assert len({codes[key].text for key in cluster if codes[key].kind == CodeKind.SOUND and key not in stray}) <= 1


def test_rows_in_another_order_give_the_same(lists):
    few = [record for record in lists.records if record.row < 120]
    first = link(few)
    random.Random(7).shuffle(few)
    assert link(few) == first


def test_quality_counts_pairs():
    keys = [Key("one", at) for at in range(4)]
    truth = dict(zip(keys, (1, 1, 2, 2), strict=True))
    found = quality([[keys[0], keys[1], keys[2]], [keys[3]]], truth)
    assert (found.precision, found.recall, found.false_merges) == (1 / 3, 1 / 2, 1)
    assert united(keys, [(keys[0], keys[1]), (keys[1], keys[2])])[0] == keys[:3]
