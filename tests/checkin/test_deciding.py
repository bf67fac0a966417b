"""Which row of a batch wins: by properties, since any order and any repetition may come."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin.cells import Share, cells_of, share_of
from zuji.checkin.deciding import NOTHING_KNOWN, Held, Known, decide
from zuji.checkin.enums import Outcome
from zuji.checkin.rows import Row


def row(number: int, walk_pass: int | None = 1, checkpoint: int = 1, **values: object) -> Row:
    fields: dict[str, Any] = {
        "campaign": 1,
        "id": f"00000000-0000-7000-8000-{number:012d}",
        "digest": bytes([walk_pass or 0, checkpoint]),
        "received_ms": number,
        "local_date": "2021-07-26",
        "outcome": Outcome.ACCEPTED,
        "walk_pass": walk_pass,
        "checkpoint": checkpoint,
        "organisation": 7,
        "grade": "A",
        "at_ms": number,
    }
    return Row(**fields | values)


rows = st.lists(
    st.builds(
        row,
        st.integers(0, 6),
        walk_pass=st.sampled_from([1, 2, None]),
        checkpoint=st.sampled_from([1, 2]),
        outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REFUSED]),
        code=st.just("old_code"),
    ),
    max_size=12,
)


@given(rows)
def test_every_row_gets_a_verdict_and_no_id_is_written_twice(batch):
    plan = decide(batch, NOTHING_KNOWN)
    assert len(plan.verdicts) == len(batch)
    ids = [each.id for each in plan.inserts]
    assert len(ids) == len(set(ids))


@given(rows)
def test_a_pass_is_accepted_once_at_a_checkpoint(batch):
    plan = decide(batch, NOTHING_KNOWN)
    pairs = [(each.walk_pass, each.checkpoint) for each in plan.leaves if each.walk_pass is not None]
    assert len(pairs) == len(set(pairs))
    assert plan.leaves == [each for each in plan.inserts if each.outcome is Outcome.ACCEPTED]


@given(rows)
def test_the_same_batch_again_is_answered_the_same_and_writes_nothing(batch):
    first = decide(batch, NOTHING_KNOWN)
    by_pair = {(1, each.walk_pass, each.checkpoint): Held(each, True, 0) for each in first.leaves if each.walk_pass}
    known = Known({(1, each.id): each for each in first.inserts}, by_pair)
    again = decide(first.inserts, known)
    assert (again.inserts, again.put_backs, again.leaves) == ([], [], [])
    final = [verdict for verdict in first.verdicts if verdict.code != "id_reused"]
    answers = {verdict.row.id: verdict for verdict in final}
    assert all(answers[verdict.row.id].outcome == verdict.outcome for verdict in again.verdicts)


def test_an_already_row_names_the_first_and_shows_its_proof():
    plan = decide([one := row(1), two := row(2)], NOTHING_KNOWN)
    assert (two.outcome, two.first_id) == (Outcome.ALREADY, one.id)
    assert plan.verdicts[1].proof is one


def test_what_was_taken_back_is_put_back_by_the_next_and_only_once():
    taken = Held(first := row(1), False, 3)
    plan = decide([row(2), third := row(3)], Known({}, {(1, 1, 1): taken}))
    [back] = plan.put_backs
    assert (back.first, back.number, back.item.puts_back) == (first, 4, True)
    assert (third.outcome, third.first_id) == (Outcome.ALREADY, first.id)


def test_anonymous_seats_are_never_already_there():
    plan = decide([row(1, walk_pass=None), row(2, walk_pass=None)], NOTHING_KNOWN)
    assert [verdict.outcome for verdict in plan.verdicts] == [Outcome.ACCEPTED] * 2


@given(rows)
def test_cells_hold_what_their_rows_are_worth(batch):
    total = [sum(values) for values in zip(*(cell.share for cell in cells_of(batch)), strict=True)]
    alone = [sum(values) for values in zip(*(share_of(each) for each in batch if each), strict=True)]
    assert total == alone
    keys = [(cell.organisation, cell.checkpoint) for cell in cells_of(batch)]
    assert keys == sorted(set(keys))


def test_a_head_count_is_worth_its_seats():
    assert share_of(row(1, walk_pass=None, seats=12, grade="D", late=True)) == Share(12, 0, 0, 0, 12, 12, 12)
