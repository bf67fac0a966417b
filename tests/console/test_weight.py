"""What a page weighs for whoever opens it for the first time: bytes as they went over the line, compressed."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGE_MAX = 100_000
REQUESTS_MAX = 24
PHONE_SCRIPTS_MAX = 25_000
PHONES = {"code", "pass", "join", "walk"}
WITHOUT = ("/charts-", "/wall-", "/media/", "/api/")
"""What a page shows is weighed apart from the page: charts, pictures and voices, data."""


class Scales:
    """Bytes and kinds of all that a page fetches."""

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = defaultdict(int)

    def weight(self, kind: str = "") -> int:
        """Bytes on the line, of all or of one kind."""
        counted = (key for key in self.bytes if not any(part in self.urls.get(key, "") for part in WITHOUT))
        return sum(self.bytes[key] for key in counted if kind in ("", self.kinds.get(key)))

    def heaviest(self) -> str:
        """The five largest, for whoever must find out why."""
        most = sorted(self.bytes.items(), key=lambda each: -each[1])[:5]
        return ", ".join(f"{self.urls.get(key, key).rsplit('/', 1)[-1] or '/'} {size}" for key, size in most)


@contextmanager
def weighed(page: Page) -> Iterator[Scales]:
    """What is fetched within this block, past every cache."""
    scales, line = Scales(), page.context.new_cdp_session(page)

    def began(event):
        scales.urls[event["requestId"]] = event["request"]["url"]
        scales.kinds[event["requestId"]] = event.get("type", "")

    line.on("Network.requestWillBeSent", began)
    line.on(
        "Network.loadingFinished", lambda event: scales.bytes.update({event["requestId"]: event["encodedDataLength"]})
    )
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield scales
    line.detach()


def test_no_page_is_heavier_than_its_line_bears(looking, sights):
    looker, faults = looking(service_workers="block"), []
    for sight in sights:
        with weighed(looker.page) as scales:
            looker.open(sight)
            looker.page.wait_for_load_state("networkidle" if sight.name != "wall" else "load")
        if scales.weight() > PAGE_MAX or len(scales.bytes) > REQUESTS_MAX:
            faults.append(f"{sight}: {scales.weight()} bytes in {len(scales.bytes)} requests: {scales.heaviest()}")
        if sight.name in PHONES and scales.weight("Script") > PHONE_SCRIPTS_MAX * 2:
            faults.append(f"{sight}: {scales.weight('Script')} bytes of scripts: {scales.heaviest()}")
    assert not faults, "\n".join(faults)
