"""`zuji demo snapshot` as somebody runs it, and the demo that begins with what it wrote."""

import pytest

from tests.project.demo.homes import on_scratch_server
from tests.project.demo.inputs import FIRMS, cut_down

FIGURES = {"R1": 100, "R2": 24, "R3": 19, "R4": 11, "T1": 2, "T2": len(FIRMS)}


@pytest.fixture
def home(tmp_path):
    with on_scratch_server(tmp_path / "home") as home:
        yield home


def test_the_demo_counts_in_its_snapshot_what_was_asked_for(home, tmp_path):
    file, folder = tmp_path / "register.xz", cut_down(tmp_path / "input")
    made = home.zuji("demo", "snapshot", "--firms", "100", "--haves", "24", "--out", str(file))
    assert made.returncode == 0, made.stderr
    assert str(file) in made.stdout
    assert home.figures()["R1"] == FIGURES["R1"]

    played = home.zuji("demo", "--no-serve", "--input", str(folder), "--register", str(file))
    assert played.returncode == 0, played.stderr
    assert all(name in played.stdout for name in ("R1", "R2", "R3", "R4", "T1", "T2", "T3"))
    assert {name: value for name, value in home.figures().items() if name in FIGURES} == FIGURES
    assert len(home.trace("R3")) == FIGURES["R3"]


def test_a_snapshot_that_is_not_there_is_named(home, tmp_path):
    missing = tmp_path / "register.xz"
    done = home.zuji("demo", "--no-serve", "--register", str(missing))
    assert (done.returncode, str(missing) in done.stderr) == (1, True)
    assert "[input_missing]" in done.stderr
