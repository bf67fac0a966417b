"""What everybody may see of the matrix: no small count, and none that a total gives away."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin.cells import Share
from zuji.checkin.matrix import FEW, WITHHELD, Column, Line, Matrix, MatrixCell, hide, masked, shown

grids = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 9, 40]), min_size=width, max_size=width), min_size=1, max_size=6
    )
)


def counts(grid: list[list[int]]) -> dict[tuple[int, int], int]:
    return {(line, column): count for line, row in enumerate(grid) for column, count in enumerate(row)}


@given(grids)
def test_every_small_count_is_hidden(grid):
    hidden = hide(found := counts(grid))
    assert all(key in hidden for key, count in found.items() if count in (1, 2))


@given(grids)
def test_no_row_or_column_with_another_cell_hides_just_one(grid):
    hidden = hide(found := counts(grid))
    for axis in (0, 1):
        for which in {key[axis] for key in found}:
            line = [key for key in found if key[axis] == which]
            assert len(line) == 1 or sum(key in hidden for key in line) != 1


@given(grids)
def test_where_nothing_is_small_nothing_is_hidden(grid):
    found = {key: count * 3 for key, count in counts(grid).items()}
    assert hide(found) == set()


@given(grids, st.data())
def test_a_group_whose_sum_is_known_hides_none_or_several(grid, data):
    found = counts(grid)
    firms = data.draw(st.sets(st.sampled_from(sorted({line for line, _ in found})), min_size=1))
    groups = [[key for key in found if key[0] in firms and key[1] == column] for column in range(len(grid[0]))]
    hidden = hide(found, groups=groups)
    for group in groups:
        assert len(group) == 1 or sum(key in hidden for key in group) != 1


@given(grids, st.data())
def test_what_is_hidden_elsewhere_is_hidden_here(grid, data):
    found = counts(grid)
    also = data.draw(st.sets(st.sampled_from(sorted(found)))) | {(99, 99)}
    assert also - {(99, 99)} <= hide(found, also=also) <= found.keys()


def test_a_count_is_shown_as_everybody_may_see_it():
    assert [shown(count) for count in (0, 1, 2, 3, 40)] == [0, FEW, FEW, 3, 40]
    assert [shown(count, is_hidden=True) for count in (0, 2, 3)] == [FEW, FEW, WITHHELD]


def matrix(grid: list[list[int]]) -> Matrix:
    now = datetime(2021, 7, 26, tzinfo=UTC)
    cells = [
        MatrixCell(organisation=line, checkpoint=column, delivered=count, share=Share(count, count), last_at=now)
        for (line, column), count in counts(grid).items()
        if count
    ]
    columns = [
        Column(checkpoint=column, name={"zh": "", "en": ""}, activity=1, times=sum(values))
        for column, values in enumerate(zip(*grid, strict=True))
    ]
    lines = [Line(organisation=line, name=f"Firm {line}", kind="firm", expected=9) for line in range(len(grid))]
    return Matrix(campaign=1, as_of=now, masked=False, columns=columns, lines=lines, cells=cells)


def test_a_small_count_takes_a_second_cell_with_it():
    shown = masked(matrix([[2, 9, 40], [5, 6, 7]]))
    values = {(cell.organisation, cell.checkpoint): cell.delivered for cell in shown.cells}
    assert values == {(0, 0): FEW, (0, 1): WITHHELD, (0, 2): 40, (1, 0): WITHHELD, (1, 1): WITHHELD, (1, 2): 7}


def test_everybody_sees_times_but_neither_grades_nor_instants_nor_what_is_expected():
    shown = masked(matrix([[3, 9], [5, 6]]))
    assert shown.masked
    assert [column.times for column in shown.columns] == [8, 15]
    assert {(cell.share, cell.last_at, cell.probably) for cell in shown.cells} == {(Share(), None, 0)}
    assert {line.expected for line in shown.lines} == {None}
