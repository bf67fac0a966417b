from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.utility import xl_rowcol_to_cell

from zuji.core.sheets import Cell
from zuji.core.sheets.places import FOUND_SHOWN, shown, written


@given(st.integers(min_value=1, max_value=1_048_576), st.integers(min_value=1, max_value=16_384))
def test_a_cell_is_called_as_an_office_program_calls_it(row, column):
    assert Cell("a.xlsx", "甲", row, column).ref == xl_rowcol_to_cell(row - 1, column - 1)


def test_a_cell_of_a_text_file_has_no_sheet_to_name():
    assert str(Cell("a.csv", "", 7, 28)) == "AB7"
    assert str(Cell("a.xlsx", "甲", 7, 28)) == "甲!AB7"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (3.25, "3.25"),
        (9.14e17, "9.14e+17"),
        ("甲", "甲"),
        (datetime(2019, 3, 5, tzinfo=UTC), "2019-03-05"),
        (datetime(2019, 3, 5, 8, tzinfo=UTC), "2019-03-05 08:00:00"),
    ],
)
def test_a_cell_is_written_as_it_looks(raw, text):
    assert written(raw) == text


@given(st.text(max_size=100))
def test_a_found_value_never_fills_a_message(text):
    assert len(shown(text)) <= FOUND_SHOWN
    assert text.startswith(shown(text).removesuffix("…"))
