"""A queue: one card after the other, answered, put off and taken back; shared by two who are dealt different cards."""

import inspect
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import Q
from django.test import Client, override_settings
from django.urls import include, path

from tests.cast import DAY
from tests.console.walks import Pages, Seen
from tests.trail.walks import writers as lay
from zuji.checkin.access import visible_checkpoints
from zuji.checkin.enums import CoordStatus
from zuji.checkin.models import Checkpoint
from zuji.console.blocks import queue as block
from zuji.console.blocks.queue import Answer, Queue, queue_page
from zuji.console.pages import desk, entry_page
from zuji.core.errors import Refused
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.trail.enums import DeclineReason
from zuji.trail.errors import Refusal
from zuji.trail.models import Impression

pytestmark = pytest.mark.usefixtures("demo", "morning")


@pytest.fixture
def writers(cast):
    cache.clear()
    return lay(cast)


@pytest.fixture
def waiting(writers):
    """Three that wait, in the order in which they came."""
    texts = enumerate(("第一句", "第二句", "第三句"))
    return [writers.write(text, at=DAY - timedelta(minutes=9 - number)) for number, text in texts]


@pytest.fixture
def at(pages, waiting):
    """The queue as somebody sees it."""

    class At:
        def __init__(self, who):
            self.seen: Pages = pages(who)
            self.path = f"/walk/{waiting[0].campaign_id}/impressions/"

        def look(self, **query) -> Seen:
            return self.seen.get(self.path, **query)

        def card(self, **query) -> str:
            return quoted(self.look(**query))

        def post(self, card: Impression | None = None, **form) -> Seen:
            return self.seen.post(self.path, card=card.pk if card else "", **form)

    return At


def quoted(seen: Seen) -> str:
    """What is written on the card."""
    return "".join(each.text for each in seen.page.all("blockquote"))


class TestWork:
    """By plain forms, as without any script."""

    def test_an_answer_brings_the_next_card_and_says_what_the_last_one_was(self, at, cast, waiting):
        mine = at(cast.guo)
        assert mine.card() == "第一句"
        seen = mine.post(waiting[0], answer="approve")
        assert quoted(seen) == "第二句"
        assert "上一条「第一句」： 采用" in seen.text
        assert "已定 1 条，还有 2 条" in seen.text

    def test_each_answer_has_its_digit_and_none_is_coloured(self, at, cast):
        buttons = at(cast.guo).look().page.all("button", name="answer")
        assert [each.attributes["data-key"] for each in buttons] == ["1", "2", "3", "4", "5"]
        assert [each.attributes["value"] for each in buttons] == ["approve", *DeclineReason.values]
        assert not [each for each in buttons if "main" in each.attributes.get("class", "")]

    def test_the_last_answers_are_taken_back_one_after_the_other(self, at, cast, waiting):
        mine = at(cast.guo)
        mine.post(waiting[0], answer="approve")
        mine.post(waiting[1], answer="unfit")
        assert quoted(mine.post(undo="1")) == "第二句"
        assert quoted(mine.post(undo="1")) == "第一句"
        assert set(Impression.objects.values_list("state", flat=True)) == {"waiting"}
        assert not mine.look().page.all("button", name="undo")

    def test_what_is_put_off_comes_again_when_nothing_else_waits(self, at, cast, waiting):
        mine = at(cast.guo)
        assert quoted(mine.post(waiting[0], later="1")) == "第二句"
        mine.post(waiting[1], answer="approve")
        assert quoted(mine.post(waiting[2], answer="approve")) == "第一句"

    def test_when_all_is_decided_it_says_so_and_the_last_one_can_still_be_taken_back(self, at, cast, waiting):
        mine = at(cast.guo)
        for each in waiting:
            seen = mine.post(each, answer="approve")
        assert "都定完了" in seen.text
        assert not seen.page.all("button", name="answer")
        assert quoted(mine.post(undo="1")) == "第三句"

    def test_a_card_can_be_asked_for(self, at, cast, waiting):
        assert at(cast.guo).card(card=waiting[2].pk) == "第三句"

    def test_one_that_was_withdrawn_meanwhile_is_told_of_and_passed_over(self, at, cast, waiting, writers):
        mine = at(cast.guo)
        mine.look()
        Impression.objects.filter(pk=waiting[0].pk).update(state="withdrawn", text="")
        seen = mine.post(waiting[0], answer="approve")
        assert quoted(seen) == "第二句"
        assert "这条感言已撤回" in seen.text
        assert "这条感言已撤回" not in mine.look().text

    @pytest.mark.parametrize(
        "form", [{"card": "nonsense", "answer": "approve"}, {"answer": "nonsense"}, {"later": "1"}, {}]
    )
    def test_a_form_that_nobody_was_shown_changes_nothing(self, at, cast, form):
        seen = at(cast.guo).seen.post(at(cast.guo).path, **form)
        assert (seen.status, quoted(seen)) == (200, "第一句")
        assert set(Impression.objects.values_list("state", flat=True)) == {"waiting"}

    def test_taking_back_where_nothing_was_answered_changes_nothing(self, at, cast):
        assert quoted(at(cast.guo).post(undo="1")) == "第一句"

    def test_what_was_taken_back_by_somebody_else_and_withdrawn_is_told(self, at, cast, waiting):
        mine = at(cast.guo)
        mine.post(waiting[0], answer="approve")
        Impression.objects.filter(pk=waiting[0].pk).update(state="withdrawn", text="", decided_by=None, decided_at=None)
        assert "不能再决定" in mine.post(undo="1").text


class TestTogether:
    """Two people at one queue."""

    def test_they_are_dealt_different_cards(self, at, cast):
        assert [at(who).card() for who in (cast.guo, cast.tao, cast.mei)] == ["第一句", "第二句", "第三句"]

    def test_a_card_stays_with_whoever_looks_at_it(self, at, cast):
        mine, theirs = at(cast.guo), at(cast.tao)
        assert [mine.card(), theirs.card(), mine.card(), theirs.card()] == ["第一句", "第二句", "第一句", "第二句"]

    def test_where_all_cards_are_looked_at_one_is_shown_twice(self, at, cast, waiting):
        Impression.objects.exclude(pk=waiting[0].pk).delete()
        assert [at(who).card() for who in (cast.guo, cast.tao)] == ["第一句", "第一句"]

    def test_a_card_is_free_again_after_a_while(self, at, cast, monkeypatch):
        monkeypatch.setattr(block, "HELD_S", 0)
        assert [at(who).card() for who in (cast.guo, cast.tao)] == ["第一句", "第一句"]

    def test_the_second_to_answer_is_told_who_was_first_and_goes_on(self, at, cast, waiting):
        mine, theirs = at(cast.guo), at(cast.tao)
        mine.look(card=waiting[0].pk)
        theirs.look(card=waiting[0].pk)
        mine.post(waiting[0], answer="approve")
        seen = theirs.post(waiting[0], answer="unfit")
        assert "刚由Guo作了决定" in seen.text
        assert quoted(seen) in ("第二句", "第三句")
        assert not seen.page.all("button", name="undo")
        waiting[0].refresh_from_db()
        assert (waiting[0].state, waiting[0].decided_by) == ("approved", cast.guo)

    def test_nobody_takes_back_what_somebody_else_answered(self, at, cast, waiting):
        at(cast.guo).post(waiting[0], answer="approve")
        at(cast.tao).post(undo="1")
        waiting[0].refresh_from_db()
        assert waiting[0].state == "approved"


@pytest.mark.parametrize("more", [0, 2])
def test_a_longer_queue_costs_no_more_queries(at, cast, writers, more, django_assert_max_num_queries):
    for number in range(more):
        writers.write(f"又一句{number}")
    mine = at(cast.guo)
    mine.look()
    with django_assert_max_num_queries(24):
        mine.look()


# --- a queue of another kind, as an engineer adds one


def _judge(at_desk, key):
    """What stands for an action of the house: decided once, refused the second time."""
    rows = Checkpoint.objects.filter(pk=key, coord_status=CoordStatus.UNVERIFIED)
    if not rows.update(coord_status=CoordStatus.NOT_JUDGED):
        raise Refused(Refusal.LOCATION_IS_CONFIRMED, stop=key)


@needs(Right.CONFIRM_LOCATION)
def places(request):
    """Checkpoints whose location nobody confirmed, one after the other."""
    account, at = desk(request)
    queue = Queue(
        name="places",
        words="leg_mode",
        empty="trail.title",
        rows=visible_checkpoints(account, Right.CONFIRM_LOCATION, at=at).order_by("order"),
        waits=Q(coord_status=CoordStatus.UNVERIFIED),
        decided=Q(coord_status=CoordStatus.NOT_JUDGED),
        title=str,
        card="console/plain_card.html",
        answers=(Answer("foot", _judge),),
    )
    return queue_page(request, entry_page("walk", "campaigns"), queue)


urlpatterns = [path("places/", places), path("", include("zuji.project.urls"))]
CARD = {"console/plain_card.html": "<blockquote>{{ card }}</blockquote>"}


@pytest.fixture
def with_places(settings):
    """The page of that queue, with its card's template."""
    engine = settings.TEMPLATES[0]
    loaders = [("django.template.loaders.locmem.Loader", CARD), "django.template.loaders.app_directories.Loader"]
    own = {**engine, "APP_DIRS": False, "OPTIONS": {**engine.get("OPTIONS", {}), "loaders": loaders}}
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=[own]):
        yield


def test_an_engineer_adds_a_queue_in_under_thirty_lines(cast, pages, with_places):
    lines = len(inspect.getsource(places).splitlines()) + len(CARD)
    assert lines < 30
    Checkpoint.objects.update(coord_status=CoordStatus.UNVERIFIED)
    seen = pages(cast.guo)
    assert quoted(seen.get("/places/")) == "入口1"
    after = seen.post("/places/", card=cast.entrance.pk, answer="foot")
    assert quoted(after) == "入口2"
    assert not after.page.all("button", name="undo")
    again = seen.post("/places/", card=cast.entrance.pk, answer="foot")
    assert "没有待确认的位置" in again.text


def test_a_queue_is_for_whoever_has_its_right(cast, client: Client, with_places):
    assert client.get("/places/").status_code == 302
