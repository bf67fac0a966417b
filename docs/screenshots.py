"""Pictures of a running demo, for the README and for looking at. The demo's printed addresses come in on its input:

    .venv/bin/python docs/screenshots.py FOLDER [--size desk phone] [--language zh en] [--look dark] [--only NAME …]
        < what-zuji-demo-printed

Opens each page in Debian's Chromium as the person whom it is for, and writes one PNG a page, size and language:
`FOLDER/<name>-<size>-<language>.png`. A sign-in link works once, so what it gave is kept beside the pictures, in
`FOLDER/sessions.json`, for the next time. Those in `docs/pictures` are of the desk or the phone,
in Chinese, without size and language in their names.
"""

import argparse
import json
import re
import shutil
import sys
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SIZES = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 360, "height": 740},
    "wide": {"width": 1920, "height": 1080},
    "tall": {"width": 1080, "height": 1920},
}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
ROLES = ("lead", "office", "contact", "steward", "viewer", "auditor", "admin", "security", "member", "neighbour")
"""Whose sign-in links the demo prints, in that order."""
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)(/\S*)")
SETTLED_MS, FETCHED_MS = 500, 2000
"""How long a page is given to be drawn, and one that fetches what it shows."""


@dataclass(frozen=True)
class Shot:
    """One picture: its file, who looks (a role, or "" for nobody), where, and in which sizes if not in those asked for.

    A path that begins with "printed:" is the printed address that begins with the rest. `opens` is the selector of a
    link or button of that page which is used before the picture is taken; `whole` takes the page down to its foot.
    """

    name: str
    who: str
    path: str
    sizes: tuple[str, ...] = ()
    opens: str = ""
    whole: bool = False


ROW = "main tbody tr a"
SHOTS = (
    Shot("today", "lead", "/"),
    *(Shot(f"today-{role}", role, "/") for role in ROLES if role != "lead"),
    Shot("organisations", "lead", "/organisations/"),
    Shot("organisation", "lead", "/organisations/", opens=ROW, whole=True),
    Shot("organisation-form", "lead", "/organisations/1/edit/", whole=True),
    Shot("organisations-neighbour", "neighbour", "/organisations/"),
    Shot("party", "lead", "/organisations/party/"),
    Shot("party-record", "lead", "/organisations/party/4/", whole=True),
    Shot("import", "office", "/organisations/import/"),
    Shot("walks", "lead", "/walk/"),
    Shot("overview", "lead", "/walk/1/overview/", whole=True),
    Shot("matrix", "lead", "/walk/1/matrix/"),
    Shot("matrix-hall", "lead", "/walk/1/matrix/", ("wide",)),
    Shot("checkins", "lead", "/walk/1/checkins/"),
    Shot("checkin", "lead", "/walk/1/checkins/", opens=ROW, whole=True),
    Shot("passes", "contact", "/walk/1/passes/"),
    Shot("passes-add", "contact", "/walk/1/passes/add/"),
    Shot("pass", "contact", "/walk/1/passes/", opens=ROW, whole=True),
    Shot("queue", "lead", "/walk/1/impressions/"),
    Shot("impressions", "lead", "/walk/1/impressions/all/"),
    Shot("trail", "lead", "/walk/1/trail/", whole=True),
    Shot("trail-import", "lead", "/walk/import/"),
    Shot("posters", "lead", "/walk/1/posters/"),
    Shot("rolls", "steward", "/walk/1/rolls/"),
    Shot("log", "lead", "/walk/1/log/"),
    Shot("calendar", "lead", "/programme/calendar/?on=2021-07-26"),
    Shot("calendar-list", "lead", "/programme/calendar/?on=2021-07-26&as=list"),
    Shot("firms", "lead", "/register/"),
    Shot("firms-three", "lead", "/register/?q=广州&three_haves=yes"),
    Shot("firm", "lead", "/register/?q=木棉", opens=ROW, whole=True),
    Shot("doubts", "lead", "/register/doubts/", whole=True),
    Shot("lists", "lead", "/register/lists/"),
    Shot("list", "lead", "/register/lists/", opens=ROW, whole=True),
    Shot("list-import", "lead", "/register/lists/import/"),
    Shot("towns", "lead", "/register/towns/", whole=True),
    Shot("rules", "lead", "/register/rules/", whole=True),
    Shot("figures", "viewer", "/figures/"),
    Shot("figure-register", "lead", "/figures/R2/", whole=True),
    Shot("figure", "lead", "/figures/T3/", whole=True),
    Shot("ledger", "lead", "/figures/ledger/"),
    Shot("notices", "lead", "/notices/"),
    Shot("messages", "lead", "/settings/messages/", whole=True),
    Shot("destination", "lead", "/settings/messages/", opens=ROW, whole=True),
    Shot("deliveries", "lead", "/settings/deliveries/"),
    Shot("delivery", "lead", "/settings/deliveries/", opens=ROW, whole=True),
    Shot("message-texts", "lead", "/settings/messages/texts/"),
    Shot("lent", "lead", "/settings/lent/"),
    Shot("accounts", "admin", "/settings/accounts/"),
    Shot("account", "security", "/settings/accounts/", opens=ROW, whole=True),
    Shot("audit", "auditor", "/settings/audit/"),
    Shot("works", "lead", "/works/"),
    Shot("find", "lead", "/find/?q=zu"),
    Shot("palette", "lead", "/", opens="[data-palette]"),
    Shot("keys", "lead", "/settings/keys/"),
    Shot("me", "lead", "/settings/me/", whole=True),
    Shot("gallery", "lead", "/settings/blocks/", whole=True),
    Shot("not-found", "lead", "/nothing-here/"),
    Shot("not-allowed", "viewer", "/settings/accounts/"),
    Shot("steward", "steward", "/steward/"),
    Shot("projector", "steward", "/steward/", ("wide",)),
    Shot("phone-confirm", "", "printed:/c/", ("phone",)),
    Shot("phone-mine", "", "printed:/p/", ("phone",)),
    Shot("join", "", "printed:/j/"),
    Shot("public", "", "printed:/public/", whole=True),
    Shot("wall", "", "printed:/wall/", ("wide",)),
    Shot("wall-portrait", "", "printed:/wall/", ("tall",)),
    Shot("check", "", "/check/"),
    Shot("help", "", "/help/", whole=True),
    Shot("sign-in", "", "/sign-in/"),
)


@dataclass
class Asked:
    """What is asked for, where the demo is, which paths it printed, and the session cookie of each role."""

    folder: Path
    look: list[str]
    origin: str
    paths: list[str]
    cookies: dict[str, Any] = field(default_factory=dict)


def main(arguments: list[str], printed: str) -> None:
    """Take the pictures that are asked for, all of them when none is named."""
    given = read(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    found = [each.groups() for each in ADDRESS.finditer(printed)]
    asked = Asked(given.folder, given.look, origin=found[0][0], paths=[path for _, path in found])
    wanted = [shot for shot in SHOTS if not given.only or shot.name in given.only]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        asked.cookies = signed_in(browser, asked)
        for language, size in product(given.language, SIZES):
            here = [shot for shot in wanted if size in (shot.sizes or given.size)]
            take(browser, here, asked, size=size, language=language)
        browser.close()


def read(arguments: list[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", nargs="+", choices=SIZES, default=["desk", "phone"])
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--look", nargs="+", choices=("dark", "large"), default=[])
    parser.add_argument("--only", nargs="+", choices=[shot.name for shot in SHOTS])
    return parser.parse_args(arguments)


def signed_in(browser: Browser, asked: Asked) -> dict[str, Any]:
    """The session cookie of each role, from the file or by the printed links."""
    kept = asked.folder / "sessions.json"
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    cookies: dict[str, Any] = {}
    for role, link in zip(ROLES, (path for path in asked.paths if "sesame=" in path), strict=True):
        context = browser.new_context()
        context.new_page().goto(asked.origin + link)
        cookies[role] = [each for each in context.cookies() if each["name"] == "sessionid"]
        context.close()
    kept.write_text(json.dumps(cookies))
    return cookies


def take(browser: Browser, shots: list[Shot], asked: Asked, *, size: str, language: str) -> None:
    """The pictures of one size and language; who looks has a window of their own."""
    windows: dict[str, BrowserContext] = {}
    for shot in shots:
        if shot.who not in windows:
            windows[shot.who] = window(browser, asked, shot.who, size, language)
        page = windows[shot.who].new_page()
        open_page(page, asked, shot)
        page.screenshot(path=asked.folder / f"{shot.name}-{size}-{language}.png", full_page=shot.whole)
        page.close()
    for context in windows.values():
        context.close()


def window(browser: Browser, asked: Asked, who: str, size: str, language: str) -> BrowserContext:
    """A window of one person, in a size, a language and a look."""
    locale = {"zh": "zh-CN", "en": "en-GB"}[language]
    context = browser.new_context(viewport=SIZES[size], locale=locale)  # type: ignore[arg-type]  # width and height
    chosen = {f"zuji_{name}": "1" for name in asked.look} | {"django_language": LANGUAGES[language]}
    context.add_cookies([{"name": name, "value": value, "url": asked.origin} for name, value in chosen.items()])
    context.add_cookies(asked.cookies.get(who, []))
    stored = {"light": "dark" if "dark" in asked.look else "light", "large": "large" in asked.look}
    stored["language"] = language
    context.add_init_script(f"try {{ localStorage['zuji.settings'] ??= '{json.dumps(stored)}' }} catch {{}}")
    return context


def open_page(page: Page, asked: Asked, shot: Shot) -> None:
    """Go to where a picture is taken, and wait until it is drawn."""
    start = shot.path.removeprefix("printed:")
    paths = [path for path in asked.paths if path.startswith(start)] if start != shot.path else [start]
    page.goto(asked.origin + paths[0])
    page.wait_for_timeout(FETCHED_MS if start != shot.path or start == "/steward/" else SETTLED_MS)
    if shot.opens and page.locator(shot.opens).count():
        page.locator(shot.opens).first.click()
        page.wait_for_timeout(SETTLED_MS)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.read())
