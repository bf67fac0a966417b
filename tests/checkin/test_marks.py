import pytest

from zuji.checkin.marks import counted_at, passed_by, without


@pytest.mark.parametrize(
    ("marks", "places"), [("", []), ("1", []), ("11", []), ("101", [1]), ("10101", [1, 3]), ("1001", []), ("0101", [2])]
)
def test_a_checkpoint_is_passed_by_where_the_ones_on_both_sides_count(marks, places):
    assert passed_by(marks) == places


def test_marks_are_taken_away_from_marks():
    assert without("1101", "0100") == "1001"
    assert without("1101", "1101") == "0000"


def test_marks_add_up_to_counts_at_each_checkpoint():
    assert counted_at({"110": 4, "011": 1}, 3) == [4, 5, 1]
    assert counted_at({}, 2) == [0, 0]
