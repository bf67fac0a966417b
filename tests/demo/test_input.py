"""The demo's input is read as anybody's would be, by the importers' own tables of columns."""

import runpy
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zuji.committee.imports import COLUMNS
from zuji.core.geometry import Point, distance_m
from zuji.core.sheets import Column, Row, Skip, Table, read_table
from zuji.trail.plan import read_trail
from zuji.trail.sites import known_sites

FOLDER = Path(__file__).parents[2] / "demo" / "walk-2021"
NAMED = {"华多科技", "虎牙科技", "YY直播", "百果园科技", "艾媒数聚", "盖得排行", "今之港"}
WALKERS = (
    Column("organisation", ("单位名称",), required=True),
    Column("nickname", ("昵称",)),
    Column("group", ("分组",), required=True),
)
FIRMS, OTHERS = 34, 9
LARGEST_FOLDER, LARGEST_SOUND = 1_500_000, 60_000
NEAR_M = 1_000


@pytest.fixture(scope="module")
def organisations() -> Table:
    return table("organisations.xlsx", COLUMNS)


@pytest.fixture(scope="module")
def walkers() -> Table:
    return table("walkers.xlsx", WALKERS)


@pytest.fixture(scope="module")
def trail():
    return read_trail((FOLDER / "trail.toml").read_bytes())


@pytest.fixture(scope="module")
def places():
    return tomllib.loads((FOLDER / "places.toml").read_text(encoding="utf-8"))["places"]


def table(file: str, columns) -> Table:
    return read_table((FOLDER / file).read_bytes(), file=file, columns=columns)


def firms(organisations: Table) -> set[str]:
    return {row["name"] for row in organisations.rows() if row["kind"] == "firm"}


def problems(table: Table) -> list[object]:
    return [problem for row in table.rows() for problem in row.problems]


def exhibits(trail):
    return [exhibit for site in trail.sites for hall in site.halls for exhibit in hall.exhibits]


# organisations.xlsx


def test_every_organisation_is_read_without_a_problem(organisations):
    assert problems(organisations) == []
    assert organisations.placed.keys() == {column.key for column in COLUMNS}


def test_there_are_as_many_firms_and_others_as_walked(organisations):
    kinds = Counter(row["kind"] for row in organisations.rows())
    assert kinds == {"firm": FIRMS, "institution": OTHERS}


def test_all_three_capacities_are_there_and_only_members_and_units_are_no_firms(organisations):
    capacities = {(row["kind"], row["joins_as"]) for row in organisations.rows()}
    assert capacities == {
        ("firm", "firm_organisation"),
        ("firm", "association_member"),
        ("institution", "association_member"),
        ("institution", "cobuilding_unit"),
    }


def test_the_seven_named_firms_are_there_and_all_others_say_that_they_are_invented(organisations):
    names = {row["name"] for row in organisations.rows()}
    assert len(names) == len(organisations)
    assert names >= NAMED
    assert all(name.endswith("（示例）") for name in names - NAMED)


def test_no_contact_of_a_real_firm_and_no_telephone_of_anybody_is_given(organisations):
    for row in organisations.rows():
        if row["name"] in NAMED:
            assert (row["contact_name"], row["contact_phone"]) == (None, None)
        else:
            assert (row["contact_phone"] or "020-00").startswith("020-00")
            assert (row["contact_name"] or "（示例）").endswith("（示例）")


def test_the_list_looks_as_an_office_sends_it(organisations):
    page, hidden = load_workbook(FOLDER / "organisations.xlsx").worksheets
    assert organisations.header == (3, 4)
    assert {"A1:H1", "B3:B4", "E3:F3"} <= {str(merged) for merged in page.merged_cells.ranges}
    assert (hidden.sheet_state, organisations.others) == ("hidden", ())
    assert [row.why for row in organisations.skipped] == [Skip.TOTAL, Skip.NOTE, Skip.NOTE]
    assert "序号" in organisations.unused


def test_some_head_counts_are_unknown_and_none_is_nought(organisations):
    counts = [row["expected"] for row in organisations.rows()]
    assert None in counts
    assert all(count > 0 for count in counts if count is not None)


# walkers.xlsx


def test_every_walker_is_read_without_a_problem(walkers):
    assert problems(walkers) == []
    assert [row.why for row in walkers.skipped] == [Skip.NOTE]


def test_every_organisation_sends_walkers_and_every_walker_comes_from_one(organisations, walkers):
    sending = {row["organisation"] for row in walkers.rows()}
    assert sending == {row["name"] for row in organisations.rows()}


def test_about_as_many_walk_as_the_report_says(organisations, walkers):
    of_firms = firms(organisations)
    walked = Counter(row["organisation"] in of_firms for row in walkers.rows())
    assert 200 <= walked[True] <= 215
    assert 240 <= walked.total() <= 250


def test_a_nickname_may_be_missing_and_none_is_given_twice(walkers):
    nicknames = [row["nickname"] for row in walkers.rows()]
    given = [nickname for nickname in nicknames if nickname]
    assert len(given) == len(set(given))
    assert len(nicknames) / 4 < nicknames.count(None) < len(nicknames) / 2


def test_an_organisation_walks_in_one_group_and_groups_are_alike(walkers):
    rows: list[Row] = list(walkers.rows())
    groups = Counter(row["group"] for row in rows)
    assert len({(row["organisation"], row["group"]) for row in rows}) == len({row["organisation"] for row in rows})
    assert max(groups.values()) < 2 * min(groups.values())


def test_one_row_of_a_firm_can_be_taken_out(organisations, walkers, tmp_path):
    book = load_workbook(FOLDER / "walkers.xlsx")
    first = next(row for row in walkers.rows() if row["organisation"] in firms(organisations))
    book.active.delete_rows(first.number)
    book.save(tmp_path / "walkers.xlsx")
    less = read_table((tmp_path / "walkers.xlsx").read_bytes(), file="walkers.xlsx", columns=WALKERS)
    assert len(less) == len(walkers) - 1
    assert problems(less) == []


def test_the_script_writes_the_committed_bytes_again(tmp_path):
    runpy.run_path(str(FOLDER / "make_input.py"))["main"](tmp_path)
    for file in ("organisations.xlsx", "walkers.xlsx"):
        assert (tmp_path / file).read_bytes() == (FOLDER / file).read_bytes(), file


# trail.toml, places.toml and media/


def test_sites_are_fewer_than_stops_and_stops_fewer_than_checkpoints(trail):
    checkpoints = [checkpoint for stop in trail.stops for checkpoint in stop.checkpoints]
    assert len({stop.site for stop in trail.stops}) < len(trail.stops) < len(checkpoints)


def test_the_sites_are_on_the_list_of_sites(trail):
    known = {site.code for site in known_sites()}
    assert {stop.site for stop in trail.stops} == {site.code for site in trail.sites} <= known


def test_one_coach_joins_the_sites_and_feet_do_the_rest(trail):
    legs = {(before.site != after.site, after.leg.mode) for before, after in pairwise(trail.stops)}
    assert legs == {(True, "coach"), (False, "foot")}
    (coach,) = [stop.leg for stop in trail.stops if stop.leg and stop.leg.mode == "coach"]
    assert (coach.distance_m, coach.departs_at.utcoffset().total_seconds()) == (12_000, 8 * 3600)


def test_every_window_lies_on_the_day_of_the_walk(trail):
    for stop in trail.stops:
        for checkpoint in stop.checkpoints:
            assert checkpoint.opens_at.date() == checkpoint.closes_at.date() == trail.activity.held_on


def test_everything_told_of_the_sites_is_marked_as_sample(trail):
    halls = [hall for site in trail.sites for hall in site.halls]
    assert all(entry.sample for entry in (trail.trail, *trail.sites, *halls, *exhibits(trail)))


def test_every_exhibit_speaks_in_both_languages(trail):
    for exhibit in exhibits(trail):
        assert exhibit.title.zh, exhibit
        assert len(exhibit.text.zh) > 20, exhibit.title.zh
        assert len(exhibit.text.en) > 40, exhibit.title.en


def test_every_exhibit_has_a_picture_and_a_short_sound_and_nothing_else_lies_there(trail):
    named = {file for exhibit in exhibits(trail) for file in (exhibit.image, exhibit.audio)}
    kept = {file.name: file for file in (FOLDER / "media").iterdir()}
    assert named == kept.keys()
    assert all(file.stat().st_size < LARGEST_SOUND for file in kept.values())
    assert all(file.read_bytes()[:4] == b"\x89PNG" for name, file in kept.items() if name.endswith(".png"))


def test_the_folder_is_small():
    files = [file for file in FOLDER.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    assert sum(file.stat().st_size for file in files) < LARGEST_FOLDER


def test_every_checkpoint_has_one_sample_place_near_its_site(trail, places):
    seeds = {site.code: Point(site.lat, site.lon) for site in known_sites()}
    wanted = [
        (stop, place) for stop, each in enumerate(trail.stops, 1) for place in range(1, len(each.checkpoints) + 1)
    ]
    assert [(place["stop"], place["checkpoint"]) for place in places] == wanted
    for place in places:
        site = trail.stops[place["stop"] - 1].site
        assert distance_m(Point(place["lat"], place["lon"]), seeds[site]) < NEAR_M


def test_an_entrance_lies_outside_of_the_fence_of_the_rooms(trail, places):
    by_stop = {(place["stop"], place["checkpoint"]): Point(place["lat"], place["lon"]) for place in places}
    radius = max(checkpoint.radius_m for stop in trail.stops for checkpoint in stop.checkpoints)
    assert distance_m(by_stop[1, 1], by_stop[2, 1]) > radius
    assert distance_m(by_stop[3, 1], by_stop[4, 1]) > radius
