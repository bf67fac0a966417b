import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from click.testing import CliRunner

from tests.briefing.walk import Walk, lay_trail, site, tamper
from tests.cast import DAY
from zuji.briefing.definitions import catalogue
from zuji.core import clock
from zuji.project import boot
from zuji.project.cli import zuji
from zuji.project.errors import Fault, Misconfigured

CUT_OFF = ("--as-of", "2021-07-26")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def walk(cast, monkeypatch):
    """A walk with twelve walkers of a firm, in the database that the commands find; the clock stands a day later."""
    monkeypatch.setattr(boot, "django_home", nullcontext)
    monkeypatch.setattr(boot, "kind", lambda: "demo")
    lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1")), (cast.hall, site(cast.panyu, "S2"))])
    walk = Walk(cast, *[stop.site for stop in cast.activity.trail.stops.all()])
    for _ in range(12):
        walk.check_in()
    with clock.frozen(DAY + timedelta(days=1)):
        yield walk


def run(*words, status=0):
    result = CliRunner().invoke(zuji, words)
    assert result.exit_code == status, result.output
    return result


def answer(*words, status=0):
    return json.loads(run(*words, "--json", status=status).stdout)


def test_figures_are_a_list_of_objects_with_the_promised_names(walk):
    found = answer("figures", *CUT_OFF)
    assert [figure["id"] for figure in found] == list(catalogue())
    (shown,) = (figure for figure in found if figure["id"] == "T3")
    assert {
        "id": "T3",
        "value": 12,
        "qualifier": "at_least",
        "printed": {"zh": "10多名", "en": "at least 10 people"},
        "as_of": "2021-07-26",
        "digest": shown["digest"],
    } == shown


def test_json_alone_is_on_standard_output(walk):
    assert run("figures", *CUT_OFF, "--json").stderr == ""


def test_a_trace_is_the_keys_of_the_rows(walk):
    keys = answer("trace", "T3", *CUT_OFF)
    assert len(set(keys)) == len(keys) == 12
    assert all(key.startswith(f"{walk.cast.campaign.pk}/") for key in keys)


def test_a_trace_with_rows_has_weights_and_dimensions(walk):
    (row,) = answer("trace", "T2", *CUT_OFF, "--rows")
    firm = walk.cast.firm.pk
    assert row == {"key": str(firm), "weight": 1, "dimensions": {"organisation_id": firm}}


def test_the_second_association_counts_its_own(walk):
    assert {figure["value"] for figure in answer("figures", *CUT_OFF, "--association", "other")} == {0}
    assert answer("trace", "T3", *CUT_OFF, "--association", "other") == []


def test_without_a_cut_off_the_clock_decides(walk):
    with clock.frozen(DAY - timedelta(days=1)):
        assert answer("trace", "T3") == []
    assert answer("figures")[2]["as_of"] == "2021-07-27T09:30:00+08:00"


def test_for_people_there_are_tables_in_words(walk):
    listed, traced = run("figures", *CUT_OFF).stdout, run("trace", "T3", *CUT_OFF).stdout
    assert "at least 10 people" in listed
    assert traced.count("木棉数科") == 12
    assert "cli." not in listed + traced


def test_what_is_published_is_verified(walk):
    entry = answer("figures", "publish", "T3", *CUT_OFF)
    assert (entry["number"], entry["value"], entry["as_of"]) == (1, 12, "2021-07-26")
    assert "Ledger entry 2: T1 = 1 as of 2021-07-26" in run("figures", "publish", "T1", *CUT_OFF).stdout
    walk.check_in()
    first, second = answer("figures", "verify")
    assert (first["flaws"], first["value"], first["live"], first["same_rows"]) == ([], 12, 13, False)
    assert (second["flaws"], second["live"], second["same_rows"]) == ([], 1, True)
    table = run("figures", "verify").stdout
    assert "another answer" in table
    assert "say the same" in table


def test_a_ledger_that_does_not_hold_ends_with_status_1(walk):
    run("figures", "publish", "T3", *CUT_OFF)
    tamper("update briefing_ledgerentry set value = 200")
    assert answer("figures", "verify", status=1)[0]["flaws"] == ["entry_changed", "value_differs"]
    assert "does not fit its digest" in run("figures", "verify", status=1).stdout


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["figures", "--association", "nowhere"], 1, "nowhere"),
        (["trace", "T99"], 1, "Not found"),
        (["figures", "publish", "T3", "--as-of", "2021-08-01"], 1, "lies ahead"),
        (["figures", "--as-of", "yesterday"], 2, "yesterday"),
        (["figures", "--as-of", "2021-07-26T12:00:00"], 2, "offset"),
        (["figures", "--json", "verify"], 2, "behind verify"),
    ],
)
def test_what_cannot_be_answered_is_said_on_standard_error(walk, words, status, told):
    result = run(*words, status=status)
    assert told in result.stderr
    assert result.stdout == ""


def test_an_instant_with_its_offset_is_a_cut_off(walk):
    assert answer("trace", "T3", "--as-of", "2021-07-26T09:29:59+08:00") == []
    assert len(answer("trace", "T3", "--as-of", "2021-07-26T09:30:00+08:00")) == 12


@pytest.mark.parametrize(
    ("name", "found", "fault"),
    [("kind", None, Fault.HOME_MISSING), ("unapplied", ["core.0009"], Fault.MIGRATIONS_MISSING)],
)
def test_a_home_that_is_not_ready_is_told_apart(walk, monkeypatch, name, found, fault):
    monkeypatch.setattr(boot, name, lambda: found)
    result = CliRunner().invoke(zuji, ["figures"])
    assert isinstance(result.exception, Misconfigured)
    assert result.exception.code is fault
