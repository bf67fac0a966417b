"""A served walk of two stops, and phones: browser contexts that see it as a walker's or a steward's phone would."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.live import LiveHome

SITES = (
    ("松露小学", "Songlu Primary School", "松露小学"),
    ("何小静、何虹烈士故居", "Former home of He Xiaojing and He Hong", "烈士故居"),
)
HALLS = (("第一展厅", "First hall"), ("第二展厅", "Second hall"))


@dataclass
class Walk:
    """The live home with an open trail of two stops; posters are issued as they are wanted."""

    home: LiveHome
    campaign: int
    stops: tuple[int, int]

    def poster(self, checkpoint: int | None = None, *, withdrawn: bool = False) -> str:
        """Path of a new poster's code."""
        from zuji.checkin import serials
        from zuji.core import clock

        with self.home.database():
            about = {"actor": self.home.cast.mei, "at": clock.now()}
            serial = serials.issue_poster(checkpoint_id=checkpoint or self.stops[0], **about)
            if withdrawn:
                serials.withdraw_serial(serial_id=serial.pk, **about)
            return f"/c/{serials.code_of(serial)}"

    def item(self, key: str) -> Any:
        """An item as the server stored it, None while it has none."""
        from zuji.checkin.models import Item

        with self.home.database():
            return Item.objects.filter(id=uuid.UUID(key)).first()

    def items_of(self, token: str) -> list[Any]:
        """All items of a pass."""
        from zuji.checkin.access import pass_by_token
        from zuji.checkin.models import Item
        from zuji.core.ids import unb64

        with self.home.database():
            return list(Item.objects.filter(pass_id=pass_by_token(unb64(token)).pk).order_by("checkpoint_id"))


def make_walk(home: LiveHome) -> Walk:
    """Two sites, the first with halls, joined by a coach leg."""
    from zuji.checkin.models import Campaign
    from zuji.trail.models import Leg, Stop, Trail

    cast = home.cast
    Campaign.objects.filter(pk=cast.campaign.pk).update(join_by_list=True)
    trail = Trail.objects.create(
        activity=cast.activity, name_zh="路线", name_en="Trail", opened_at=cast.day, sample=True
    )
    first = make_stop(trail, 1, cast.entrance, ("松露小学", "Songlu Primary School", "松露小学"))
    second = make_stop(
        trail, 2, cast.hall, ("何小静、何虹烈士故居", "Former home of He Xiaojing and He Hong", "烈士故居")
    )
    make_halls(first)
    Leg.objects.create(stop=second, mode="coach", distance_m=12_000, minutes=35)
    assert Stop.objects.filter(trail=trail).count() == 2
    return Walk(home, cast.campaign.pk, (cast.entrance.pk, cast.hall.pk))


def make_stop(trail: Any, order: int, checkpoint: Any, words: tuple[str, str, str]) -> Any:
    """A site with one checkpoint; `words` are its Chinese and English name and its seal."""
    from zuji.trail.models import Site, Stop, StopCheckpoint

    association = checkpoint.activity.campaign.association
    names = {"name_zh": words[0], "name_en": words[1], "short_zh": words[0], "seal": words[2]}
    site = Site.objects.create(association=association, code=f"W{order}", about_zh="中共番禺县工委旧址", **names)
    stop = Stop.objects.create(trail=trail, site=site, order=order)
    StopCheckpoint.objects.create(stop=stop, checkpoint=checkpoint)
    return stop


def make_halls(stop: Any) -> None:
    """Two halls, the first with two exhibits."""
    from zuji.trail.models import Exhibit, Hall

    halls = [
        Hall.objects.create(site=stop.site, order=order, name_zh=zh, name_en=en)
        for order, (zh, en) in enumerate(HALLS, 1)
    ]
    for order, (zh, en) in enumerate((("序厅", "Entrance"), ("旧址与校舍", "The old school")), 1):
        text = {"text_zh": f"{zh}的讲解。请往前走。", "text_en": f"About {en.lower()}. Please walk on."}
        Exhibit.objects.create(hall=halls[0], order=order, name_zh=zh, name_en=en, sample=True, **text)


@dataclass
class Phone:
    """A browser of one person; `page` is its first tab. `posted` are the ids handed in, in order."""

    origin: str
    context: BrowserContext
    page: Page
    posted: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the home."""
        self.page.goto(f"{self.origin}{path}")
        return self.page

    def open_in_place(self, path: str) -> None:
        """Go to a path as the page itself does, without asking the network for anything."""
        self.page.evaluate("path => { history.pushState(null, '', path); dispatchEvent(new Event('popstate')) }", path)

    def join(self) -> None:
        """Choose the first organisation of the list."""
        self.page.locator(".pick").first.click()
        self.page.locator(".go").wait_for()

    def check_in(self, path: str) -> None:
        """Scan, join when asked, and check in without location."""
        self.open(path)
        self.page.locator(".go, .pick").first.wait_for()
        if self.page.locator(".pick").count():
            self.join()
        self.page.locator(".act .alt").click()

    def state(self, name: str) -> None:
        """Wait until the page says how the check-in stands: kept, delivered or help."""
        self.page.locator(f"h1.state.{name}").wait_for()

    def bar(self) -> dict[str, int]:
        """Counts of the queue's bar."""
        cells = self.page.locator(".queue > span")
        numbers = [int(cells.nth(at).get_attribute("data-count") or -1) for at in range(3)]
        return dict(zip(("kept", "delivered", "help"), numbers, strict=True))

    def items(self, kind: str = "checkin", name: str = "zuji") -> list[dict[str, Any]]:
        """What stands in the phone's own database."""
        rows = self.page.evaluate(
            """name => new Promise(done => {
                const opening = indexedDB.open(name);
                opening.onsuccess = () => {
                    const asking = opening.result.transaction('items').objectStore('items').getAll();
                    asking.onsuccess = () => { opening.result.close(); done(asking.result); };
                };
            })""",
            name,
        )
        return [row for row in rows if row["kind"] == kind]

    def online(self, on: bool) -> None:
        """Take the network away, or give it back."""
        self.context.set_offline(not on)

    def worker(self) -> None:
        """Wait until the service worker has kept the page."""
        kept = "async shell => !!navigator.serviceWorker.controller && !!(await caches.match(shell))"
        shell = "/shell/steward" if "/steward/" in self.page.url else "/shell/phone"
        for _ in range(100):
            if self.page.evaluate(kept, shell):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("no service worker has kept the page")


Phones = Callable[..., Phone]


def handed_in(request: Any) -> list[str]:
    """Ids of the items that a request hands in."""
    if request.method != "POST" or not request.url.endswith("/api/v1/checkins"):
        return []
    return [item["id"] for item in request.post_data_json["items"]]
