from types import SimpleNamespace

import pytest
from sesame.utils import get_user

from tests.project.demo.inputs import FIRMS, cut_down, write
from zuji.core.enums import HomeKind
from zuji.core.models import Home
from zuji.people.models import Account
from zuji.project.demo import printing, running
from zuji.project.demo.cast import read_cast
from zuji.project.demo.input import Input
from zuji.project.demo.simulator import Tally

ORIGIN = "http://127.0.0.1:1"
NARROW = 40


@pytest.fixture
def folder(tmp_path):
    """The input, which a test may still change."""
    return cut_down(tmp_path / "input")


@pytest.fixture
def arranged(db, folder, tmp_path, settings, monkeypatch):
    """Make a demo home before its walk, from the folder of input."""
    settings.CLOCK_FILE = str(tmp_path / "clock.json")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO})
    return lambda: running.arrange(Input(folder), ORIGIN)


@pytest.fixture
def played():
    """As much of a played walk as its pages need."""
    handout = SimpleNamespace(
        old_screens={0: None, 1: None},
        posters={0: "1.p1.0.mac", 1: "2.p1.0.mac", 2: "9.p1.0.mac"},
        join_codes={5: "ABCDEF"},
        tokens={0: "token"},
    )
    return SimpleNamespace(handout=handout, tally=Tally())


def test_it_says_how_many_came_in(arranged, capsys):
    printing.show_lists(arranged())
    assert capsys.readouterr().out == "Imported: 7 participant organisations, 36 passes.\n"


def test_rows_that_came_back_are_told_with_their_cells(arranged, folder, capsys):
    write(folder / "walkers.xlsx", ("单位名称", "昵称"), [(FIRMS[0], "小荔"), ("无名[公司]", "小无")])
    printing.show_lists(arranged())
    printed = capsys.readouterr().out
    assert "名单!A3" in printed
    assert "无名[公司]" in printed
    assert "1 rows were not imported" in printed


def test_every_account_gets_a_link_that_signs_it_in(arranged, played, capsys):
    printing.show_pages(arranged(), played)
    links = [line.strip() for line in capsys.readouterr().out.splitlines() if "sesame=" in line]
    accounts = [get_user(link.partition("sesame=")[2].partition("&")[0]) for link in links]
    assert [account.username for account in accounts] == [plan.username for plan in read_cast().accounts]


def test_a_link_is_good_though_its_account_signed_in_during_the_walk(arranged, played, capsys):
    company = arranged()
    Account.objects.filter(username="steward").update(last_login=company.midnight)
    printing.show_pages(company, played)
    (link,) = [line for line in capsys.readouterr().out.splitlines() if "%2Fsteward%2F" in line]
    assert get_user(link.partition("sesame=")[2].partition("&")[0]).username == "steward"


def test_the_poster_shown_is_that_of_the_walks_last_place_and_no_neighbours(arranged, played, capsys):
    printing.show_pages(arranged(), played)
    printed = capsys.readouterr().out
    assert f"{ORIGIN}/c/2.p1.0.mac" in printed
    assert "/c/9.p1" not in printed


def test_no_link_is_cut_in_a_narrow_terminal(arranged, played, capsys, monkeypatch):
    monkeypatch.setattr(printing, "PIPE_WIDTH", NARROW)
    printing.show_pages(arranged(), played)
    links = [line for line in capsys.readouterr().out.splitlines() if "/enter/" in line]
    assert len(links) == len(read_cast().accounts)
    assert all("&next=" in link and len(link) > NARROW for link in links)


def test_what_phones_were_told_is_summed_up(arranged, played, capsys, monkeypatch):
    company = arranged()
    for outcome, code in (("accepted", ""), ("already", ""), ("refused", "forged_code"), ("refused", "old_code")):
        played.tally.take({"id": code or outcome, "outcome": outcome, "code": code})
    played.script = SimpleNamespace(ends_at=company.midnight)
    printing.show_outcome(company, played)
    printed = capsys.readouterr().out
    assert "accepted 1, already there 1, refused 2" in printed
    assert all(name in printed for name in ("T1", "T2", "T3", FIRMS[0]))


def test_the_bar_tells_how_many_check_ins_there_are(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    tally = Tally()
    tally.take({"id": "a", "outcome": "accepted"})
    with printing.progress() as tell:
        tell(3, 3, tally)
    assert "3/3 1 check-ins" in capsys.readouterr().out
