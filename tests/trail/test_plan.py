import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trail.files import TRAIL
from zuji.core.errors import Invalid
from zuji.trail.errors import Refusal
from zuji.trail.plan import IMAGES, SOUNDS, read_trail


def test_a_file_is_read_with_its_sites_stops_and_windows():
    plan = read_trail(TRAIL.encode())
    assert [site.code for site in plan.sites] == ["S01", "S03"]
    assert [len(stop.checkpoints) for stop in plan.stops] == [2, 1, 1]
    assert plan.stops[1].leg.mode == "coach"
    assert plan.stops[0].checkpoints[0].opens_at.utcoffset().total_seconds() == 8 * 3600


def test_a_file_lists_its_media_with_the_endings_that_they_may_have():
    assert list(read_trail(TRAIL.encode()).media()) == [("table.png", IMAGES), ("table.mp3", SOUNDS)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('code = "S03"', 'code = "S01"', Refusal.SITE_GIVEN_TWICE),
        ("closes_on = 2021-08-31", "closes_on = 2021-07-01", Refusal.WINDOW_REVERSED),
        ("closes_at = 2021-07-26T18", "closes_at = 2021-07-26T09", Refusal.WINDOW_REVERSED),
        ('leg = { mode = "coach", distance_m = 12000, minutes = 35 }\n', "", Refusal.LEG_MISPLACED),
        ('"table.png"', '"../table.png"', Refusal.MEDIA_UNFIT),
        ('"table.png"', '"table.html"', Refusal.MEDIA_UNFIT),
        ('"table.mp3"', '"table.png"', Refusal.MEDIA_UNFIT),
        ('mode = "coach"', 'mode = "boat"', Refusal.TRAIL_FILE_WRONG),
        ('zh = "桌子"', 'zh = "桌\\u0000子"', Refusal.TRAIL_FILE_WRONG),
        ("T10:00:00+08:00", "T10:00:00", Refusal.TRAIL_FILE_WRONG),
        ('slug = "small-walk"', 'slug = "Small Walk"', Refusal.TRAIL_FILE_WRONG),
        ("target_firms", "party_members", Refusal.TRAIL_FILE_WRONG),
        ("[campaign]", "[campaign", Refusal.TRAIL_FILE_UNREADABLE),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_code(old, new, code):
    assert old in TRAIL
    with pytest.raises(Invalid, match=code):
        read_trail(TRAIL.replace(old, new).encode())


def test_the_refusal_says_where_in_the_file():
    with pytest.raises(Invalid) as refused:
        read_trail(TRAIL.replace('mode = "coach"', 'mode = "boat"').encode())
    assert refused.value.facts["where"] == "$.stops[1].leg.mode"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_trail_or_refused(data):
    with pytest.raises(Invalid):
        read_trail(data)
