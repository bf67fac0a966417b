from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.briefing.enums import Qualifier, Wording
from zuji.briefing.figures import Rounded, Rule, cut_off, numeral, percent, printed_cut_off, rounded

Q, W = Qualifier, Wording
STEPS = st.sampled_from([1, 10, 100, 1000, 10_000])
VALUES = st.integers(min_value=0, max_value=10**9)
GUANGZHOU = ZoneInfo("Asia/Shanghai")


def rule(qualifier, step=1):
    return Rule(qualifier=Q(qualifier), step=step)


@pytest.mark.parametrize(
    ("value", "by", "expected"),
    [
        (2, rule("exact"), Rounded(2, Q.EXACT, W.EXACT)),
        (34, rule("at_least", 10), Rounded(30, Q.AT_LEAST, W.MORE)),
        (30, rule("at_least", 10), Rounded(30, Q.AT_LEAST, W.OR_MORE)),
        (236, rule("at_least", 100), Rounded(200, Q.AT_LEAST, W.MORE)),
        (86, rule("at_least", 100), Rounded(80, Q.AT_LEAST, W.MORE)),
        (3, rule("at_least", 100), Rounded(3, Q.AT_LEAST, W.OR_MORE)),
        (0, rule("at_least", 10), Rounded(0, Q.EXACT, W.EXACT)),
        (19, rule("nearly", 10), Rounded(20, Q.NEARLY, W.NEARLY)),
        (20, rule("nearly", 10), Rounded(20, Q.EXACT, W.EXACT)),
        (326_418, rule("reached", 10_000), Rounded(320_000, Q.REACHED, W.REACHED)),
        (320_000, rule("reached", 10_000), Rounded(320_000, Q.REACHED, W.REACHED)),
        (47, rule("about", 10), Rounded(50, Q.ABOUT, W.ABOUT)),
        (44, rule("about", 10), Rounded(40, Q.ABOUT, W.ABOUT)),
    ],
)
def test_a_value_is_rounded_as_its_qualifier_says(value, by, expected):
    assert rounded(value, by) == expected


@given(VALUES, STEPS)
def test_at_least_and_reached_never_promise_more_than_there_is(value, step):
    for qualifier in ("at_least", "reached"):
        assert rounded(value, rule(qualifier, step)).number <= value


@given(VALUES, STEPS)
def test_nearly_never_says_less_and_is_less_than_a_step_away(value, step):
    number = rounded(value, rule("nearly", step)).number
    assert value <= number < value + step or number == value


@given(VALUES, STEPS)
def test_more_than_a_number_is_said_only_where_there_is_more(value, step):
    number, _, wording = rounded(value, rule("at_least", step))
    assert (wording == W.MORE) == (number < value)


@given(VALUES.filter(bool), STEPS, st.sampled_from(list(Q)))
def test_nothing_is_ever_rounded_away(value, step, qualifier):
    assert rounded(value, rule(qualifier, 1 if qualifier is Q.EXACT else step)).number > 0


@given(VALUES)
def test_an_exact_figure_is_never_rounded(value):
    assert rounded(value, rule("exact")) == Rounded(value, Q.EXACT, W.EXACT)


@pytest.mark.parametrize(("qualifier", "step"), [("exact", 10), ("at_least", 0), ("at_least", 30), ("reached", -10)])
def test_a_rule_that_makes_no_sense_is_refused(qualifier, step):
    with pytest.raises(ValueError, match=r"step|exact"):
        rule(qualifier, step)


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (7, "7", "7"),
        (530, "530", "530"),
        (9_000, "9,000", "9,000"),
        (24_000, "2.4万", "24,000"),
        (24_001, "24,001", "24,001"),
        (320_000, "32万", "320,000"),
    ],
)
def test_numbers_are_written_as_each_language_does(number, chinese, english):
    assert (numeral(number, "zh"), numeral(number, "en")) == (chinese, english)


def test_a_share_is_given_to_one_decimal():
    assert percent(1, 3) == "33.3"


def test_a_date_is_cut_off_at_its_end_in_the_zone():
    end = cut_off(date(2021, 7, 26), GUANGZHOU)
    assert end.astimezone(UTC) == datetime(2021, 7, 26, 15, 59, 59, 999_999, tzinfo=UTC)
    assert printed_cut_off(end) == "2021-07-26"


def test_an_instant_is_its_own_cut_off():
    noon = datetime(2021, 7, 26, 4, tzinfo=UTC)
    assert cut_off(noon, GUANGZHOU) == noon
    assert printed_cut_off(cut_off(noon, GUANGZHOU)) == "2021-07-26T12:00:00+08:00"
