import pytest

from zuji.checkin.marks import passed_by


@pytest.mark.parametrize(
    ("marks", "places"), [("", []), ("1", []), ("11", []), ("101", [1]), ("10101", [1, 3]), ("1001", []), ("0101", [2])]
)
def test_a_checkpoint_is_passed_by_where_the_ones_on_both_sides_count(marks, places):
    assert passed_by(marks) == places
