"""A person's answers hold for all that is one with either row."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.linking.rows import FIRM, code_of, row
from zuji.register.linking import Decided, Key, link
from zuji.register.linking.rulings import Rulings

A, B, C, D = (Key("list", at) for at in range(1, 5))


def test_the_same_as_the_same_is_the_same():
    rulings = Rulings([Decided(A, B, same=True), Decided(B, C, same=True)])
    assert rulings.same_root(A, C)
    assert not rulings.same_root(A, D)


def test_what_differs_from_one_differs_from_all_that_are_the_same():
    rulings = Rulings([Decided(A, B, same=True), Decided(B, C, same=False), Decided(C, D, same=True)])
    assert rulings.forbid([A], [D])
    assert rulings.forbid([D], [A])
    assert not rulings.forbid([A], [B])


def test_a_later_answer_outweighs_what_it_contradicts_through_others():
    chain = [Decided(A, B, same=True), Decided(B, C, same=True), Decided(A, C, same=False)]
    rulings = Rulings(chain)
    assert rulings.forbid([A], [C])
    assert rulings.same_root(B, C) != rulings.same_root(A, B)


def test_no_answers_forbid_nothing():
    assert not Rulings().forbid([A], [B])


ROWS = [row("广州云帆网络科技有限公司", at=("list", at), **{**FIRM, "code": code_of(at // 3)}) for at in range(9)]
answers = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=8)


@settings(max_examples=60, deadline=None)
@given(answers)
def test_answers_are_obeyed_whatever_the_codes_say(drawn):
    decided = [Decided(Key("list", one), Key("list", other), same) for one, other, same in drawn if one != other]
    where = {each.key: each.cluster for each in link(ROWS, decided=decided).links}
    rulings = Rulings(decided)
    keys = [record.key for record in ROWS]
    for one in keys:
        for other in keys:
            if rulings.same_root(one, other):
                assert where[one] == where[other]
            if rulings.forbid([one], [other]):
                assert where[one] != where[other]
