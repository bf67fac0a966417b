"""`zuji register import` and `explain`: lists taken in from the terminal, once, and a firm told of."""

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner, Result

from tests.register.lists import CODES, firm, names, sound, workbook
from zuji.project import boot
from zuji.project.cli import zuji
from zuji.register.models import Authority, SourceList

CODE = sound(CODES[0])


@pytest.fixture
def home(cast, monkeypatch, tmp_path):
    """A home with the cast, and a folder of lists."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(boot, "django_home", nullcontext)
    monkeypatch.setattr(boot, "kind", lambda: "demo")
    monkeypatch.setattr(boot, "unapplied", list)
    (tmp_path / "one.xlsx").write_bytes(workbook([firm(0), firm(1)]))
    (tmp_path / "two.xlsx").write_bytes(workbook([firm(0, staff=13), firm(2, name="", code="")]))
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    return cast, tmp_path


def take(folder, *files: str, more=()) -> Result:
    paths = [str(folder / file) for file in files]
    return CliRunner().invoke(zuji, ["register", "import", "--authority", "市场监管局", *more, *paths])


def test_lists_are_taken_in_together_and_an_unreadable_one_is_told_of(home):
    cast, folder = home
    done = take(folder, "one.xlsx", "broken.xlsx", "two.xlsx", more=["--as-of", "2021-07-01"])
    assert done.exit_code == 1
    assert "one.xlsx: 2 rows, 0 of them refused." in done.output
    assert "two.xlsx: 2 rows, 1 of them refused." in done.output
    assert "3 rows in all; 2 new firms, 0 pairs to decide." in done.output
    assert sorted(map(len, names(cast.panyu.pk))) == [1, 2]
    assert {str(each.as_of) for each in SourceList.objects.all()} == {"2021-07-01"}
    assert Authority.objects.get().name == "市场监管局"


def test_the_same_file_again_says_so_and_changes_nothing(home):
    cast, folder = home
    take(folder, "one.xlsx")
    again = take(folder, "one.xlsx")
    assert (again.exit_code, "taken in before" in again.output, "0 new firms" in again.output) == (0, True, True)
    assert len(names(cast.panyu.pk)) == 2


def test_a_code_is_explained_row_by_row(home):
    _, folder = home
    take(folder, "one.xlsx", "two.xlsx")
    told = CliRunner().invoke(zuji, ["register", "explain", CODE])
    assert told.exit_code == 0
    assert "one.xlsx, row 3" in told.output
    assert "two.xlsx, row 3" in told.output
    assert "credit code" in told.output
    (found,) = json.loads(CliRunner().invoke(zuji, ["register", "explain", CODE.lower(), "--json"]).output)
    assert [row["values"]["staff"] for row in found["rows"]] == ["12", "13"]


def test_a_code_that_no_row_has_is_said_to_be_unknown(home):
    told = CliRunner().invoke(zuji, ["register", "explain", "1"])
    assert (told.exit_code, "No row of the register has the code 1." in told.output) == (1, True)
