from datetime import UTC, datetime

import pytest

from zuji.checkin.cells import Share
from zuji.checkin.matrix import Column, Line, Matrix, MatrixCell, masked
from zuji.trail.grid import lay_out

AT = datetime(2021, 7, 26, 2, 0, tzinfo=UTC)
SITES = {1: ("松露小学", 10), 2: ("松露小学", 10), 3: ("故居", 20)}
PLACES = {
    key: {"stop": stop, "site": {"zh": name, "en": name}, "site_short": name} for key, (name, stop) in SITES.items()
}


def cell(organisation, checkpoint, delivered, probably=0, last_at=AT):
    return MatrixCell(
        organisation=organisation,
        checkpoint=checkpoint,
        delivered=delivered,
        share=Share(delivered, delivered),
        probably=probably,
        last_at=last_at,
    )


def matrix(*cells):
    return Matrix(
        campaign=1,
        as_of=AT,
        masked=False,
        columns=[
            Column(checkpoint=key, name={"zh": f"点{key}", "en": f"P{key}"}, activity=9 if key == 4 else 8, times=7)
            for key in (1, 2, 3, 4)
        ],
        lines=[
            Line(organisation=key, name=f"单位{key}", kind="firm", expected=key if key < 3 else None)
            for key in (1, 2, 3)
        ],
        cells=list(cells),
    )


def test_checkpoints_stand_under_their_sites_and_those_of_none_under_none():
    grid = lay_out(matrix(), PLACES)
    assert [(site and site["zh"], span) for site, span in grid.sites] == [("松露小学", 2), ("故居", 1), (None, 1)]


def test_every_line_has_a_box_for_every_column():
    grid = lay_out(matrix(cell(1, 2, 5)), PLACES)
    assert [[box.delivered for box in line.boxes] for line in grid.lines] == [[0, 5, 0, 0], [0] * 4, [0] * 4]


def test_only_the_columns_of_chosen_activities_are_laid_out():
    grid = lay_out(matrix(cell(1, 2, 5), cell(1, 4, 9)), PLACES, activities=[9])
    assert [head.checkpoint for head in grid.heads] == [4]
    assert grid.foot[0].delivered == 9


def test_the_foot_sums_what_is_shown_and_has_the_last_arrival():
    later = AT.replace(hour=3)
    grid = lay_out(matrix(cell(1, 1, 5, 2), cell(2, 1, 3, 1, later)), PLACES)
    assert (grid.foot[0].delivered, grid.foot[0].probably, grid.foot[0].last_at) == (8, 3, later)
    assert grid.foot[0].share.grade_a == 8
    assert (grid.waiting, grid.last_at, grid.expected) == (3, later, 3)


def test_only_those_who_wait_are_laid_out_and_summed_when_asked():
    grid = lay_out(matrix(cell(1, 1, 5), cell(2, 1, 3, 1)), PLACES, only_waiting=True)
    assert [line.organisation for line in grid.lines] == [2]
    assert grid.foot[0].delivered == 3


def test_nothing_is_summed_of_a_masked_count():
    grid = lay_out(masked(matrix(cell(1, 1, 1), cell(2, 1, 9), cell(3, 1, 2))), PLACES)
    assert grid.masked
    assert [line.boxes[0].delivered for line in grid.lines] == ["<3", 9, "<3"]
    assert grid.foot[0].delivered == 9


@pytest.mark.parametrize("only_waiting", [False, True])
def test_a_matrix_without_lines_has_a_foot_of_nothing(only_waiting):
    grid = lay_out(matrix(), PLACES, only_waiting=True)
    assert [box.delivered for box in grid.foot] == [0] * 4
    assert grid.last_at is None
    assert (grid.expected, grid.waiting) == (0, 0) or not only_waiting
