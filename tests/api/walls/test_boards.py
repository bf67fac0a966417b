"""A board reads little for each frame, and counts anew only what changed."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, Cast
from tests.checkin.desks import item, new_pass, serial
from zuji.api.walls.boards import BOARDS_MAX, SETTING_S, Board, Boards
from zuji.checkin.corrections import take_back
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Item
from zuji.core.errors import NotFound
from zuji.core.pace import SOON_S
from zuji.trail.models import Trail

SOON = DAY + timedelta(minutes=1)


class Watch:
    """A board, its clock, and walkers to check in."""

    def __init__(self, cast: Cast, counter: Any) -> None:
        self.cast, self.counter, self.now = cast, counter, 0.0
        self.doors = [serial(door, cast.guo, CodeKind.POSTER) for door in (cast.entrance, cast.hall)]
        self.board = Board(cast.campaign.pk, now=lambda: self.now, run=lambda work: work())

    def come(self, organisation: Any, count: int, *, doors: int = 1) -> None:
        for _ in range(count):
            walker = new_pass(organisation, self.cast.campaign)
            self.counter.take(*(item(walker, door) for door in self.doors[:doors]))

    def frame(self, after_s: float = 0.6) -> dict[str, Any]:
        self.now += after_s
        return json.loads(self.board.make(at=SOON).event)


@pytest.fixture
def watch(cast, counter) -> Watch:
    lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1")), (cast.hall, site(cast.panyu, "S2"))])
    Trail.objects.update(opened_at=DAY)
    return Watch(cast, counter)


def here(frame: dict[str, Any]) -> list[Any]:
    return [station["here"] for station in frame["stations"]]


def test_a_check_in_is_in_the_next_frame(watch):
    watch.come(watch.cast.firm, 4)
    assert here(watch.frame()) == [4, 0]
    watch.come(watch.cast.firm, 3, doors=2)
    frame = watch.frame()
    assert here(frame) == [7, 3]
    assert frame["stations"][0]["leaving"] == 4
    assert frame["totals"]["people"]["value"] == 7


def test_an_organisation_that_comes_for_the_first_time_has_a_row_at_once(watch):
    watch.come(watch.cast.firm, 4)
    watch.frame()
    watch.come(watch.cast.second_firm, 5)
    assert [row["name"] for row in watch.frame()["rows"]] == ["木棉数科", "榕声互动"]


def test_a_check_in_that_is_taken_back_is_gone_from_the_next_frame(watch):
    watch.come(watch.cast.firm, 5)
    watch.frame()
    first = Item.objects.first()
    take_back(actor=watch.cast.mei, campaign_id=watch.cast.campaign.pk, item_id=first.id, reason="误扫", at=DAY)
    frame = watch.frame()
    assert (here(frame), frame["totals"]["people"]["value"]) == ([4, 0], 4)


def reads(watch: Watch) -> int:
    """How often the next frame asks the database for something."""
    with CaptureQueriesContext(connection) as queries:
        watch.frame()
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries)


def test_a_frame_reads_campaign_corrections_cells_and_what_was_added(watch):
    watch.come(watch.cast.firm, 4)
    watch.frame()
    assert reads(watch) == 4


def test_a_frame_after_a_check_in_asks_for_the_two_figures_besides(watch):
    for organisation in (watch.cast.firm, watch.cast.second_firm, watch.cast.unit):
        watch.come(organisation, 4)
    watch.frame()
    watch.come(watch.cast.unit, 1)
    assert reads(watch) == 4 + 2


def test_no_frame_waits_for_figures_that_take_long(watch):
    """They are made beside, and the frame after that shows them."""
    later: list[Callable[[], None]] = []
    watch.board = Board(watch.cast.campaign.pk, now=lambda: watch.now, run=later.append)
    watch.come(watch.cast.firm, 4)
    assert watch.frame()["totals"]["people"]["value"] == 4
    watch.come(watch.cast.firm, 3)
    frame = watch.frame()
    assert (here(frame), frame["totals"]["people"]["value"]) == ([7, 0], 4)
    assert watch.board.make(at=SOON).again_s == SOON_S
    (work,) = later
    work()
    assert watch.frame()["totals"]["people"]["value"] == 7


def test_passes_that_are_issued_show_after_a_while(watch):
    watch.come(watch.cast.firm, 4)
    assert watch.frame()["passes"] == 4
    new_pass(watch.cast.firm, watch.cast.campaign)
    assert watch.frame()["passes"] == 4
    assert watch.frame(SETTING_S)["passes"] == 5


def test_a_frame_is_made_again_by_itself(watch):
    assert watch.board.make(at=SOON).again_s == SETTING_S


def test_who_asks_again_within_half_a_second_gets_the_same(watch, django_assert_num_queries):
    watch.come(watch.cast.firm, 4)
    first = watch.board.recent(at=SOON)
    watch.now += 0.4
    with django_assert_num_queries(0):
        assert watch.board.recent(at=SOON) == first
    watch.come(watch.cast.firm, 1)
    watch.now += 0.2
    assert here(json.loads(watch.board.recent(at=SOON))) == [5, 0]


def test_a_campaign_that_there_is_not_has_no_frame(db):
    with pytest.raises(NotFound):
        Board(999_999).make(at=SOON)


def test_no_more_boards_are_kept_than_are_asked_for_now_and_then():
    boards = Boards()
    first = boards.of(1)
    assert boards.of(1) is first
    for campaign in range(2, BOARDS_MAX + 1):
        boards.of(campaign)
    assert boards.of(1) is first
    boards.of(BOARDS_MAX + 1)
    assert boards.of(1) is first
    boards.clear()
    assert boards.of(1) is not first
