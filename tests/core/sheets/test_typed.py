from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.core.sheets import CellProblem, Column, Kind
from zuji.core.sheets.typed import MAX_COUNT, Unfit, is_blank, reader

DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def column(kind: Kind, **wanted: object) -> Column:
    return Column("field", ("列",), kind, **wanted)


def typed(kind: Kind, found: object, **wanted: object) -> object:
    return reader(column(kind, **wanted))(found)


def why_not(kind: Kind, found: object, **wanted: object) -> CellProblem:
    with pytest.raises(Unfit) as caught:
        typed(kind, found, **wanted)
    return caught.value.code


@pytest.mark.parametrize("found", ["", None, " ", "\u00a0", "\u3000\n", "-", "—", "——", "/"])
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_and_the_strokes_for_nothing_are_blank(kind, found):
    assert is_blank(found)
    assert typed(kind, found) is None


@pytest.mark.parametrize("found", [0, 0.0, False, "0", "无", "未知"])
def test_zero_and_words_are_not_blank(found):
    assert not is_blank(found)


# texts


def test_a_text_is_cleaned():
    assert typed(Kind.TEXT, "广州\n华多\u00a0") == "广州华多"


@pytest.mark.parametrize(("found", "text"), [(3.0, "3"), (3.5, "3.5"), (12, "12"), (True, "True")])
def test_a_number_in_a_text_column_reads_as_it_looks(found, text):
    assert typed(Kind.TEXT, found) == text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (datetime(2019, 3, 5, tzinfo=UTC), "2019-03-05"),
        (datetime(2019, 3, 5, 8, 30, tzinfo=UTC), "2019-03-05 08:30:00"),
    ],
)
def test_a_day_in_a_text_column_reads_as_a_day(found, text):
    assert typed(Kind.TEXT, found) == text


def test_a_text_over_its_limit_says_the_limit():
    with pytest.raises(Unfit) as caught:
        typed(Kind.TEXT, "长" * 21, limit=20)
    assert (caught.value.code, caught.value.expected) == (CellProblem.TEXT_TOO_LONG, "20")
    assert typed(Kind.TEXT, "长" * 20, limit=20) == "长" * 20


def test_a_text_with_a_nul_is_a_problem_and_not_a_crash():
    assert why_not(Kind.TEXT, "a\x00b") is CellProblem.UNREADABLE_TEXT


def test_an_apostrophe_that_kept_a_formula_off_is_taken_away_again():
    assert typed(Kind.TEXT, "'=SUM(A1)") == "=SUM(A1)"
    assert typed(Kind.TEXT, "'twas") == "'twas"


# codes


@pytest.mark.parametrize(
    "found",
    ["91440101MA5AK1J2X3", " 91440101ma5ak1j2x3 ", "９１４４０１０１ＭＡ５ＡＫ１Ｊ２Ｘ３", "9144 0101\nMA5A K1J2X3"],
)
def test_a_code_loses_its_spaces_width_and_case(found):
    assert typed(Kind.CODE, found) == "91440101MA5AK1J2X3"


@pytest.mark.parametrize("found", [9.14401010123456e17, "9.14E+17", "9.14401E+17", " 9.14e+17", "９.14E+17", 10**15])
def test_a_code_that_lost_its_digits_is_refused_and_never_guessed(found):
    assert why_not(Kind.CODE, found) is CellProblem.DIGITS_LOST


def test_a_lost_code_in_a_text_column_is_refused_too():
    assert why_not(Kind.TEXT, 9.14401010123456e17) is CellProblem.DIGITS_LOST


def test_a_short_code_kept_as_a_number_is_whole():
    assert typed(Kind.CODE, 440101000012345.0) == "440101000012345"


@pytest.mark.parametrize("found", ["无代码", "9144_0101", 3.5, datetime(2019, 3, 5, 8, 30, tzinfo=UTC)])
def test_what_is_no_code_is_refused(found):
    assert why_not(Kind.CODE, found) is CellProblem.NOT_A_CODE


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=18, max_size=18))
def test_every_credit_code_written_as_text_survives(code):
    assert typed(Kind.CODE, f" {code.lower()}\u00a0") == code


# telephones


@pytest.mark.parametrize(
    "found",
    [
        13800138000.0,
        13800138000,
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "8613800138000",
        "１３８００１３８０００",
        "1.3800138000E+10",
        "'13800138000",
        "13800138000\n",
    ],
)
def test_a_mobile_number_reads_alike_however_it_is_written(found):
    assert typed(Kind.PHONE, found) == "13800138000"


@pytest.mark.parametrize("found", ["1.38E+10", "1.38e10", "1.380014E+10"])
def test_a_telephone_that_lost_its_digits_is_refused(found):
    assert why_not(Kind.PHONE, found) is CellProblem.DIGITS_LOST


@pytest.mark.parametrize(
    ("found", "read"),
    [
        ("020-34812345", "020-34812345"),
        ("（020）34812345", "020-34812345"),
        ("020 34812345-802", "02034812345-802"),
        ("34812345", "34812345"),
        ("400-830-1234", "400-830-1234"),
        ("+85221234567", "+85221234567"),
    ],
)
def test_landlines_keep_their_parts(found, read):
    assert typed(Kind.PHONE, found) == read


@pytest.mark.parametrize("found", ["12345", "梅", "13800138000/13900139000", 138.5, True])
def test_what_is_no_telephone_is_refused(found):
    assert why_not(Kind.PHONE, found) is CellProblem.NOT_A_PHONE


@given(st.integers(min_value=13_000_000_000, max_value=19_999_999_999))
def test_a_mobile_number_survives_number_cells_text_cells_and_full_width(number):
    assert typed(Kind.PHONE, float(number)) == typed(Kind.PHONE, str(number).translate(WIDE)) == str(number)


# counts and numbers


@pytest.mark.parametrize("found", [12, 12.0, "12", "１２", " 12 ", "12人", "12 名", "012"])
def test_a_count_reads_alike_however_it_is_written(found):
    assert typed(Kind.COUNT, found) == 12


def test_thousands_may_be_parted_by_commas():
    assert typed(Kind.COUNT, "24,000") == 24_000
    assert typed(Kind.NUMBER, "1,234,567.5") == Decimal("1234567.5")


@pytest.mark.parametrize(
    "found", [-1, "-3", 2.5, "约12", "十二", "1,2", True, float("inf"), float("nan"), MAX_COUNT + 1, "无", "٣"]
)
def test_what_is_no_count_is_refused(found):
    assert why_not(Kind.COUNT, found) is CellProblem.NOT_A_COUNT


@given(st.integers(min_value=0, max_value=MAX_COUNT))
def test_every_count_survives(count):
    assert typed(Kind.COUNT, float(count)) == typed(Kind.COUNT, f"{count:,}人") == count


@pytest.mark.parametrize(
    ("found", "read"), [(12.5, "12.5"), ("-0.25", "-0.25"), ("１２．５", "12.5"), (7.0, "7"), (0, "0")]
)
def test_a_number_keeps_its_decimals(found, read):
    assert typed(Kind.NUMBER, found) == Decimal(read)


@pytest.mark.parametrize("found", ["12.5万", "1e3", "", True, "1.2.3"])
def test_what_is_no_number_is_refused_or_blank(found):
    if found == "":
        assert typed(Kind.NUMBER, found) is None
    else:
        assert why_not(Kind.NUMBER, found) is CellProblem.NOT_A_NUMBER


# days


@pytest.mark.parametrize(
    "found",
    [
        "2019.3.5",
        "2019-03-05",
        "2019/3/5",
        "2019年3月5日",
        "2019年 3月 5日",
        "２０１９．３．５",
        "2019。3。5",
        "20190305",
        20190305.0,
        43529.0,
        43529.75,
        "43529",
        "2019-03-05 08:30:00",
        "2019-03-05T08:30",
        datetime(2019, 3, 5, tzinfo=UTC),
        datetime(2019, 3, 5, 23, 59, tzinfo=UTC),
    ],
)
def test_a_day_reads_alike_however_it_is_written(found):
    assert typed(Kind.DATE, found) == date(2019, 3, 5)


@pytest.mark.parametrize(
    "found", ["2019.3", "2019", 2019.0, "2019.13.5", "2019-02-30", "19.3.5", "三月五日", True, 99999.0]
)
def test_what_is_no_whole_day_is_refused(found):
    assert why_not(Kind.DATE, found) is CellProblem.NOT_A_DATE


@given(DAYS)
def test_every_day_survives_as_serial_and_as_text(day):
    serial = float((day - date(1899, 12, 30)) / timedelta(days=1))
    written = f"{day.year}.{day.month}.{day.day}"
    assert typed(Kind.DATE, serial) == typed(Kind.DATE, written) == typed(Kind.DATE, day.isoformat()) == day


# choices


def test_a_choice_becomes_its_key():
    words = {"企业": "firm", "非企业": "other"}
    assert typed(Kind.CHOICE, " 企 业", choices=words) == "firm"
    assert typed(Kind.CHOICE, "非企业：", choices=words) == "other"


def test_another_word_is_answered_with_the_choices():
    with pytest.raises(Unfit) as caught:
        typed(Kind.CHOICE, "个体户", choices={"企业": "firm", "非企业": "other"})
    assert (caught.value.code, caught.value.expected) == (CellProblem.NOT_A_CHOICE, "企业、非企业")


ANYTHING = st.one_of(
    st.text(),
    st.floats(),
    st.booleans(),
    st.integers(min_value=-(2**60), max_value=2**60),
    st.datetimes(timezones=st.just(UTC)),
    st.text(alphabet="0123456789.-/年月日E+（）人", max_size=20),
)


@given(st.sampled_from(list(Kind)), ANYTHING)
def test_whatever_a_cell_holds_is_typed_blank_or_refused_with_a_code(kind, found):
    try:
        outcome = typed(kind, found)
    except Unfit as unfit:
        outcome = unfit.code
    assert outcome is None or isinstance(outcome, str | int | Decimal | date)
