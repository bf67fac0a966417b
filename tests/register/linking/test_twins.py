"""One name under two sound codes."""

from tests.register.linking.rows import code_of, row
from zuji.register.codes import CodeKind
from zuji.register.linking.grouping import group
from zuji.register.linking.rows import read_rows
from zuji.register.linking.rulings import Rulings
from zuji.register.linking.twins import namesakes, without_mistyped

NAME = "广州云帆网络科技有限公司"
FAR = 54_321_098


def split(*numbers, name=NAME):
    rows, _ = read_rows([row(name, at=("tax", at), code=code_of(number)) for at, number in enumerate(numbers, 1)])
    firms, units = group(rows, Rulings())
    return firms, *without_mistyped(firms, units, Rulings())


def test_the_code_that_fewer_rows_have_is_the_mistyped_one():
    _, firms, units = split(1, 1, 2)
    assert [len(firm.rows) for firm in firms] == [2]
    assert units[0].codes == {CodeKind.MISTYPED: {code_of(2)}}


def test_of_two_codes_with_a_row_each_the_later_is_taken_for_mistyped():
    _, firms, units = split(1, 2)
    assert (firms[0].key.row, units[0].key.row) == (1, 2)


def test_far_codes_stay_and_are_namesakes():
    before, firms, units = split(1, 1, FAR)
    assert (firms, units) == (before, [])
    assert [unit.key.row for unit in namesakes(firms)] == [3]


def test_a_short_name_has_no_namesakes():
    firms, _, _ = split(1, FAR, name="云帆")
    assert not namesakes(firms)
