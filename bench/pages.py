"""How soon each page of the console begins to answer on the demo home, beside the least that a view can do.

The pages are those that links lead to from the first page of each role. The least is a view that hands out a small
file: it passes the same middleware and asks nothing of the database.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from bench.lists import ask
from bench.scratch import free_port

TURNS, WARM = 40, 3
END_S = 60.0
LEAST = "/sw.js"
KEY = re.compile(r"/(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/)")
LINK = re.compile(r'href="(/[^"#?]*)')
SIGN_IN, LAST = re.compile(r"http://\S+/enter/\S+"), "/check/"
"""A sign-in link as the demo prints it, and what the last of its addresses ends with."""
OUTSIDE = ("/static/", "/media/", "/public/", "/c/", "/p/", "/j/", "/wall/", "/steward/", "/sign-out/", "/api/")


class Page(NamedTuple):
    """A page: its address with keys left open, one real address, and the session of somebody who sees it."""

    name: str
    path: str
    session: str


def measure(*, turns: int = TURNS, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """First bytes of each page in milliseconds, p50 and p99, and those of the least in the same turns."""
    with demo(told) as (port, links):
        pages = [page for link in links for page in seen_by(port, link)]
        once = {page.name: page for page in reversed(pages)}
        told(f"{len(once)} pages")
        once[LEAST] = Page(LEAST, LEAST, "")
        times: dict[str, list[float]] = {name: [] for name in once}
        for turn in range(WARM + turns):
            for page in once.values():
                took = ask(port, page.path, page.session).first_s
                if turn >= WARM:
                    times[page.name].append(took)
    found = {name: {"p50_ms": part(took, 50), "p99_ms": part(took, 99)} for name, took in times.items()}
    return {"turns": turns, "least": found.pop(LEAST), "pages": found}


def part(seconds: list[float], percent: int) -> float:
    """A share of the times, in milliseconds."""
    return round(sorted(seconds)[len(seconds) * percent // 100] * 1000, 1)


def seen_by(port: int, link: str) -> Iterator[Page]:
    """The pages that links lead to from somebody's first one, of each address one."""
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", trust_env=False, follow_redirects=True, timeout=30
    ) as client:
        client.get(link)
        known: set[str] = set()
        waiting = deque(["/"])
        while waiting:
            path = waiting.popleft()
            name = KEY.sub("/…", path)
            if name in known or path.startswith(OUTSIDE):
                continue
            known.add(name)
            answer = client.get(path)
            if answer.status_code == httpx.codes.OK and answer.headers["content-type"].startswith("text/html"):
                waiting.extend(LINK.findall(answer.text))
                if not answer.history:
                    yield Page(name, path, client.cookies["sessionid"])


@contextmanager
def demo(told: Callable[[str], None]) -> Iterator[tuple[int, list[str]]]:
    """The demo in a home of its own: its port, and a sign-in link of each role."""
    folder, port = Path(tempfile.mkdtemp(prefix="zuji-")), free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told("playing the demo")
    with subprocess.Popen(
        [sys.executable, "-m", "zuji.project.cli", "demo", "--port", str(port)],
        env=environment | {"ZUJI_HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as played:
        try:
            yield port, printed(iter(played.stdout or ()))
        finally:
            played.send_signal(signal.SIGTERM)
            played.wait(END_S)
            shutil.rmtree(folder, ignore_errors=True)


def printed(lines: Iterable[str]) -> list[str]:
    """The sign-in links among what the demo prints, once it has printed the last address."""
    links: list[str] = []
    for line in lines:
        links += SIGN_IN.findall(line)
        if line.rstrip().endswith(LAST):
            return links
    raise RuntimeError("the demo ended before it was served")
