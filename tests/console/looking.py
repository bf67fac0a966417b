"""A browser in which one person after the other looks at pages: one context, one tab, used again and again."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.console.house import House
from tests.console.sights import Sight, account_of
from tests.live import LiveHome
from zuji.people.enums import Role

DESK, PHONE, WIDE = ({"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 1920, "height": 1080})
PLAIN: dict[str, Any] = {"viewport": DESK, "locale": "zh-CN", "reduced_motion": "reduce"}
"""Without motion, so that nothing is measured while it fades in."""
SHELLS = {"code", "pass", "join", "walk", "steward", "wall"}
"""Pages that `web/` builds: what they show comes by script, and their look from the browser's own store."""
SHOWN = "h1, .face svg.qr, .route, [role=alert]"
WHOLE = {"join": "button.go:enabled"}
"""What comes last on such a page, where that is not its heading."""
TO_COME = "main [hx-trigger=load]"
"""Where a page of the console still fetches a part of itself."""


@dataclass
class Looker:
    """Opens sights. `options` go to the browser's context, but for two: `look` holds dark and large, as somebody chose
    them, and `language` is zh-hans or en.
    """

    browser: Browser
    home: LiveHome
    house: House
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        look: tuple[str, ...] = self.options.pop("look", ())
        language: str = self.options.pop("language", "zh-hans")
        self.context: BrowserContext = self.browser.new_context(**{**PLAIN, **self.options})
        self.context.set_default_timeout(10_000)
        chosen = {f"zuji_{name}": "1" for name in look} | {"django_language": language}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.home.origin} for name, value in chosen.items()]
        )
        stored = {"light": "dark" if "dark" in look else "light", "large": "large" in look, "language": language[:2]}
        self.context.add_init_script(f"try {{ localStorage['zuji.settings'] ??= '{json.dumps(stored)}' }} catch {{}}")
        self.page: Page = self.context.new_page()
        self._cookies: dict[Role | None, Any] = {}
        self._who: Role | None = None

    def open(self, sight: Sight) -> Page:
        """Go there as whoever may, and wait until it is drawn."""
        self.become(sight.who)
        self.page.goto(self.home.origin + sight.path)
        if sight.name in SHELLS:
            self.page.locator(WHOLE.get(sight.name, SHOWN)).first.wait_for()
        if self.options.get("java_script_enabled", True):
            expect(self.page.locator(TO_COME)).to_have_count(0)
        return self.page

    def become(self, who: Role | None) -> None:
        """Be somebody else from now on."""
        if who is self._who:
            return
        self.context.clear_cookies(name="sessionid")
        account = account_of(self.house, who)
        if account and who not in self._cookies:
            self._cookies[who] = self.home.browser_cookies(account)
        if account:
            self.context.add_cookies(self._cookies[who])
        self._who = who

    def close(self) -> None:
        self.context.close()
