"""A wall says nothing of one or two people, neither by itself nor beside the public matrix."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.api.schemas.wall import Wall
from zuji.api.walls.frames import Counts, document
from zuji.api.walls.setting import Line, Setting
from zuji.briefing.queries import Stated
from zuji.checkin.matrix import FEW, WITHHELD, hide
from zuji.checkin.models import Campaign
from zuji.checkin.standing import Cell
from zuji.trail.flow import Station, spans_of

NOW = datetime(2021, 7, 26, 2, 32, 8, tzinfo=UTC)
PRINTED = {"zh": "30多家", "en": "at least 30 firms"}


def figures(firms: int = 34, people: int = 217) -> dict[str, Stated]:
    return {"T2": Stated(firms, PRINTED), "T3": Stated(people, PRINTED)}


def walk(shape: tuple[int, ...], organisations: int, firms: int, passes: int = 0) -> Setting:
    """Stations with so many doors each, and so many organisations, the first of which are firms."""
    keys = iter(range(1, sum(shape) + 1))
    stations = [
        Station(
            site=number,
            name={"zh": f"站{number}", "en": f"Stop {number}"},
            short="站",
            letters="站点",
            mode="foot",
            checkpoints=tuple(next(keys) for _ in range(doors)),
        )
        for number, doors in enumerate(shape)
    ]
    campaign = Campaign(
        pk=1,
        slug="walk",
        name_zh="徒步",
        name_en="Walk",
        opens_on=date(2021, 7, 1),
        closes_on=date(2021, 8, 31),
        target_firms=100,
    )
    return Setting(
        campaign=campaign,
        activity=None,
        stations=stations,
        doors=list(range(1, sum(shape) + 1)),
        lines=[
            Line(key, f"单位{key}", f"单位{key}有限公司", is_firm=key < firms, co=key >= firms)
            for key in range(organisations)
        ],
        passes=passes,
        impressions=[],
        sample=False,
        demo=False,
    )


def counts_of(been: dict[int, Counter[str]], seats: dict[tuple[int, int], int] | None = None, **changes: int) -> Counts:
    """What the engine would have kept of these passes and seats."""
    delivered: Counter[tuple[int, int]] = Counter(seats or {})
    for organisation, marks in been.items():
        for text, count in marks.items():
            for place, mark in enumerate(text):
                delivered[organisation, place + 1] += count * (mark == "1")
    cells = {key: Cell(count, (seats or {}).get(key, 0), NOW) for key, count in delivered.items() if count}
    return Counts(cells, been, figures(**changes))


@st.composite
def walks(draw):
    shape = tuple(draw(st.lists(st.integers(1, 2), min_size=1, max_size=3)))
    organisations = draw(st.integers(1, 5))
    marks = st.text("01", min_size=sum(shape), max_size=sum(shape)).filter(lambda text: "1" in text)
    some = st.dictionaries(marks, st.sampled_from([1, 2, 3, 9]), max_size=3).map(Counter)
    been = draw(st.dictionaries(st.integers(0, organisations - 1), some, max_size=organisations))
    key = st.tuples(st.integers(0, organisations - 1), st.integers(1, sum(shape)))
    seats = draw(st.dictionaries(key, st.integers(1, 5), max_size=2))
    return walk(shape, organisations, draw(st.integers(0, organisations))), counts_of(been, seats)


def shown_rows(setting: Setting, counts: Counts) -> dict[tuple[int, int], int | str]:
    frame = document(setting, counts, as_of=NOW)
    return {(row["id"], number): cell for row in frame["rows"] for number, cell in enumerate(row["cells"])}


def true_people(setting: Setting, counts: Counts) -> dict[tuple[int, int], int]:
    found = {}
    for line in setting.lines:
        for number, (first, end) in enumerate(spans_of(setting.stations)):
            passes = sum(n for marks, n in counts.been.get(line.key, {}).items() if "1" in marks[first:end])
            doors = setting.stations[number].checkpoints
            seats = max(
                (counts.cells[line.key, door].seats for door in doors if (line.key, door) in counts.cells), default=0
            )
            found[line.key, number] = passes + seats
    return found


@given(walks())
def test_a_cell_is_the_number_of_people_or_hidden(made):
    setting, counts = made
    people = true_people(setting, counts)
    for key, cell in shown_rows(setting, counts).items():
        if people[key] in (1, 2):
            assert cell == FEW
        elif isinstance(cell, int):
            assert cell == people[key]
        else:
            assert cell == (WITHHELD if people[key] else FEW)


@given(walks())
def test_no_sum_that_is_known_leaves_just_one_cell_unknown(made):
    setting, counts = made
    cells = shown_rows(setting, counts)
    numbers = range(len(setting.stations))
    lines = [[(line.key, number) for line in setting.lines] for number in numbers]
    lines += [[(line.key, number) for number in numbers] for line in setting.lines]
    lines += [[(line.key, number) for line in setting.lines if line.is_firm] for number in numbers]
    for line in lines:
        hidden = [key for key in line if isinstance(cells[key], str)]
        assert len(hidden) != 1 or len(line) == 1


@given(walks())
def test_what_the_public_matrix_hides_of_a_station_the_wall_hides_too(made):
    setting, counts = made
    doors = {(line.key, door): 0 for line in setting.lines for door in setting.doors}
    hidden = hide(doors | {key: cell.delivered for key, cell in counts.cells.items()})
    cells = shown_rows(setting, counts)
    for organisation, door in hidden:
        number = next(n for n, station in enumerate(setting.stations) if door in station.checkpoints)
        assert isinstance(cells[organisation, number], str)


@given(walks())
def test_every_frame_is_of_the_documented_shape_and_tells_of_no_one_or_two(made):
    setting, counts = made
    frame = document(setting, counts, as_of=NOW)
    Wall.model_validate({"build": "", **frame})
    told = [frame["passes"], frame["setting_out"], frame["times"], frame["on_phones"]]
    told += [station[name] for station in frame["stations"] for name in ("here", "leaving")]
    assert not {1, 2} & {each for each in told if isinstance(each, int)}


def test_who_is_where_along_the_route():
    setting = walk((1, 1), 2, 2, passes=40)
    counts = counts_of({0: Counter({"10": 8, "11": 20}), 1: Counter({"10": 2, "01": 3})})
    frame = document(setting, counts, as_of=NOW)
    assert [(each["here"], each["leaving"]) for each in frame["stations"]] == [(30, 10), (23, 0)]
    assert (frame["passes"], frame["setting_out"], frame["times"]) == (40, 7, 53)
    assert frame["last_at"] == NOW


def test_more_passes_that_came_than_were_counted_send_nobody_out():
    frame = document(walk((1,), 1, 1, passes=3), counts_of({0: Counter({"1": 5})}), as_of=NOW)
    assert frame["setting_out"] == 0


def test_seats_are_people_at_a_station_once_however_many_doors_they_were_counted_at():
    setting = walk((2,), 3, 3)
    counts = counts_of({0: Counter({"10": 4}), 1: Counter({"11": 5})}, {(0, 1): 20, (0, 2): 18})
    frame = document(setting, counts, as_of=NOW)
    assert frame["rows"][0]["cells"] == [24]
    assert frame["stations"][0]["here"] == 29


def test_of_one_or_two_check_ins_no_instant_is_told():
    setting = walk((1,), 1, 1)
    assert document(setting, counts_of({0: Counter({"1": 2})}), as_of=NOW)["last_at"] is None
    assert document(setting, counts_of({0: Counter({"1": 3})}), as_of=NOW)["last_at"] == NOW


@pytest.mark.parametrize(("people", "value"), [(0, 0), (2, FEW), (3, 3), (217, 217)])
def test_a_figure_of_people_is_exact_unless_it_is_small(people, value):
    totals = document(walk((1,), 1, 1), counts_of({}, people=people), as_of=NOW)["totals"]
    assert totals["people"]["value"] == value
    assert totals["people"]["printed"] == (None if value == FEW else PRINTED)
    assert totals["firms"] == {"value": 34, "printed": PRINTED, "target": 100}


def test_a_walk_that_is_not_laid_yet_has_a_frame():
    frame = document(walk((), 0, 0), counts_of({}, firms=0, people=0), as_of=NOW)
    assert (frame["stations"], frame["rows"], frame["begins_at"], frame["activity"]) == ([], [], None, None)


def test_a_walk_of_many_organisations_is_laid_out_soon():
    setting = walk((2, 2, 2), 400, 300)
    dice = Counter({"111111": 40, "110000": 7, "111100": 1})
    counts = counts_of(dict.fromkeys(range(400), dice))
    began = datetime.now(UTC)
    document(setting, counts, as_of=NOW)
    assert datetime.now(UTC) - began < timedelta(seconds=2)
