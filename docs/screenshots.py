"""Pictures of a running demo, for the README. The demo's printed addresses come in on standard input:

    .venv/bin/python docs/screenshots.py FOLDER < what-zuji-demo-printed

Opens each page in Debian's Chromium as the person whom it is for, and writes one PNG a page.
"""

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1920, "height": 1080}
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+(/\S*)")


@dataclass(frozen=True)
class Shot:
    """One picture: its file, the printed address it begins at, where it then goes, and how large it is."""

    name: str
    start: str
    path: str = ""
    size: tuple[tuple[str, int], ...] = tuple(DESK.items())


SHOTS = (
    Shot("today", "sesame:0", "/"),
    Shot("matrix", "sesame:0", "/walk/1/matrix/"),
    Shot("matrix-phone", "sesame:0", "/walk/1/matrix/", tuple(PHONE.items())),
    Shot("matrix-wide", "sesame:0", "/walk/1/matrix/", tuple(WIDE.items())),
    Shot("organisations", "sesame:0", "/organisations/"),
    Shot("checkins", "sesame:0", "/walk/1/checkins/"),
    Shot("passes", "sesame:0", "/walk/1/passes/"),
    Shot("posters", "sesame:0", "/walk/1/posters/"),
    Shot("trail", "sesame:0", "/walk/1/trail/"),
    Shot("figures", "sesame:0", "/figures/"),
    Shot("figure", "sesame:0", "/figures/T3/"),
    Shot("import", "sesame:0", "/organisations/import/"),
    Shot("steward", "sesame:3", "/steward/", tuple(PHONE.items())),
    Shot("projector", "sesame:3", "/steward/", tuple(WIDE.items())),
    Shot("phone-confirm", "/c/", "", tuple(PHONE.items())),
    Shot("phone-mine", "/p/", "", tuple(PHONE.items())),
    Shot("public", "/public/"),
    Shot("public-phone", "/public/", "", tuple(PHONE.items())),
    Shot("check", "/check/"),
    Shot("sign-in", "/check/", "/sign-in/"),
)


def main(folder: Path, printed: str) -> None:
    """Take every picture; one sign-in a role, since a link works once."""
    folder.mkdir(parents=True, exist_ok=True)
    addresses = [found.group() for found in ADDRESS.finditer(printed)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        contexts: dict[str, dict[str, object]] = {}
        for shot in SHOTS:
            take(browser, shot, begin(addresses, shot.start), contexts, folder)


def begin(addresses: list[str], start: str) -> str:
    """The printed address that a picture begins at: the n-th sign-in link, or the first with such a path."""
    if start.startswith("sesame:"):
        return [address for address in addresses if "sesame=" in address][int(start.removeprefix("sesame:"))]
    return next(address for address in addresses if ADDRESS.fullmatch(address)[1].startswith(start))


def take(browser: Browser, shot: Shot, start: str, contexts: dict[str, dict[str, object]], folder: Path) -> None:
    state = contexts.get(shot.start)
    context = browser.new_context(viewport=dict(shot.size), locale="zh-CN", storage_state=state)
    page = context.new_page()
    if state is None:
        page.goto(start)
        page.wait_for_timeout(1500)
        contexts[shot.start] = context.storage_state()
    if state is not None or shot.path:
        page.goto(start.split("/", 3)[0] + "//" + start.split("/")[2] + shot.path if shot.path else start)
        page.wait_for_timeout(1500)
    page.screenshot(path=folder / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.read())
