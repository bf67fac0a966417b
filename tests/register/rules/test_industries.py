import pytest

from zuji.register.rules.industries import industry_of, table


@pytest.mark.parametrize(
    ("code", "line", "group"),
    [
        ("6420", "642", "core"),
        ("6421", "6421", "core"),
        ("I6513", "6513", "core"),
        ("i6599", "6599", "core"),
        ("65", "65", "core"),
        ("651", "651", "core"),
        ("7251", "7251", "related"),
        ("5193", "5193", "related"),
        ("6312", "6312", "telecom"),
    ],
)
def test_a_code_falls_under_the_narrowest_line_that_fits(code, line, group):
    assert industry_of(code)[::2] == (line, group)


@pytest.mark.parametrize("code", ["", "7250", "5210", "6", "互联网", "64-1", "6636"])
def test_another_code_is_none_of_the_internets(code):
    assert industry_of(code) is None


def test_the_table_has_three_groups():
    assert {line.group for line in table().values()} == {"core", "related", "telecom"}
