import pytest

from tests.project.demo.inputs import REAL, cut_down
from zuji.core.errors import Invalid
from zuji.project.demo.input import MEDIA, ORGANISATIONS, PLACES, TRAIL, WALKERS, Input
from zuji.project.errors import Fault, Misconfigured


@pytest.mark.parametrize("name", [ORGANISATIONS, WALKERS, TRAIL, PLACES])
def test_a_missing_file_is_named_before_anything_starts(tmp_path, name):
    folder = cut_down(tmp_path / "input")
    (folder / name).unlink()
    with pytest.raises(Misconfigured) as refused:
        Input(folder)
    assert (refused.value.code, refused.value.facts["path"]) == (Fault.INPUT_MISSING, folder / name)


def test_a_missing_folder_of_media_is_named(tmp_path):
    folder = cut_down(tmp_path / "input")
    (folder / MEDIA).rename(folder / "elsewhere")
    with pytest.raises(Misconfigured) as refused:
        Input(folder)
    assert refused.value.facts["path"] == folder / MEDIA


def test_the_real_input_knows_where_each_of_its_places_is():
    given = Input(REAL)
    points = given.points()
    assert len(points) == sum(len(stop.checkpoints) for stop in given.plan.stops)
    assert all(point is not None for point in points)


def test_a_place_that_nobody_knows_is_none(tmp_path):
    folder = cut_down(tmp_path / "input")
    (folder / PLACES).write_text("[[places]]\nstop = 1\ncheckpoint = 1\nlat = 22.9\nlon = 113.4\naccuracy_m = 9\n")
    points = Input(folder).points()
    assert points[0] is not None
    assert set(points[1:]) == {None}


def test_a_trail_that_cannot_be_read_is_refused_in_the_houses_words(tmp_path):
    folder = cut_down(tmp_path / "input")
    (folder / TRAIL).write_text("[campaign")
    with pytest.raises(Invalid, match="trail_file_unreadable"):
        Input(folder).points()
