from datetime import UTC, datetime, timedelta

from zuji.project.demo.worlds import places

GATE = {"id": 11, "opens_at": "2021-07-26T08:30:00+08:00", "closes_at": "2021-07-26T12:30:00+08:00"}
ROOM = GATE | {"id": 12}
HOME = GATE | {"id": 13, "closes_at": "2021-07-26T20:00:00+08:00"}
COACH = {"mode": "coach", "distance_m": 12000, "minutes": 35, "departs_at": "2021-07-26T10:40:00+08:00"}
DOCUMENT = {
    "stops": [
        {"site": {"id": 1}, "leg": None, "checkpoints": [GATE, ROOM]},
        {"site": {"id": 2}, "leg": COACH, "checkpoints": [HOME]},
    ]
}


def test_places_stand_in_the_order_of_the_trail_with_their_windows():
    first, _, last = places(DOCUMENT)
    assert (first.number, first.site, last.site) == (0, 1, 2)
    assert first.opens_at == datetime(2021, 7, 26, 0, 30, tzinfo=UTC)
    assert last.closes_at == datetime(2021, 7, 26, 12, 0, tzinfo=UTC)


def test_a_leg_leads_to_the_first_place_of_its_stop_only():
    assert [place.way for place in places(DOCUMENT)] == [timedelta(), timedelta(), timedelta(minutes=35)]
    assert [place.leaves_at is None for place in places(DOCUMENT)] == [True, True, False]


def test_of_several_rooms_the_last_has_no_network():
    assert [place.dead for place in places(DOCUMENT)] == [False, True, False]


def test_a_second_walks_places_are_numbered_after_the_firsts():
    assert [place.number for place in places(DOCUMENT, first=6)] == [6, 7, 8]


def test_a_walk_without_a_trail_has_no_places():
    assert places({"stops": []}) == ()
