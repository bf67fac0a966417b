"""A firm's filings: each number once, its state, and the row that tells it last."""

from datetime import date

from tests.cast import DAY
from tests.register.rows import firms, source
from zuji.register.cards import rebuild_cards
from zuji.register.enums import FilingState
from zuji.register.filings import filings_of

OLD, NEW = "粤ICP备12345678号-1", "粤ICP备87654321号"


def told(cast, *lists):
    """A firm that these lists tell of, each by its authority, its day and what it says."""
    made = firms(cast.panyu, {"name": "木棉数科"})[0]
    for by, as_of, says in lists:
        listed = source(cast.panyu, [{"name": "木棉", **says}], by=by, as_of=as_of)
        listed.rows.get().links.create(enterprise=made, band="sure", made_at=DAY)
    rebuild_cards([made.pk], association_id=cast.panyu.pk, at=DAY)
    return [(each.filing.number, each.state, each.dated, each.source.as_of) for each in filings_of(made)]


MAY, JUNE = date(2021, 5, 1), date(2021, 6, 1)


def test_a_number_of_two_lists_is_told_once_with_its_last_row_and_its_day(cast):
    says = {"filing": OLD, "audited": "2020-03-04"}
    seen = told(cast, ("网信办", MAY, says), ("网信办", JUNE, {"filing": OLD}))
    assert seen == [(OLD, FilingState.WELL_FORMED, date(2020, 3, 4), JUNE)]


def test_what_a_later_list_of_the_same_authority_tells_no_more_is_withdrawn(cast):
    seen = told(cast, ("网信办", MAY, {"filing": OLD}), ("网信办", JUNE, {"filing": NEW}))
    assert {number: state for number, state, *_ in seen} == {
        OLD: FilingState.WITHDRAWN,
        NEW: FilingState.WELL_FORMED,
    }


def test_another_authoritys_list_and_one_without_such_a_column_withdraw_nothing(cast):
    seen = told(cast, ("网信办", MAY, {"filing": OLD}), ("税务局", JUNE, {"filing": NEW}), ("网信办", JUNE, {}))
    assert {state for _, state, *_ in seen} == {FilingState.WELL_FORMED}


def test_a_number_without_its_kinds_form_is_malformed(cast):
    assert [state for _, state, *_ in told(cast, ("网信办", MAY, {"filing": "办理中"}))] == [FilingState.MALFORMED]
