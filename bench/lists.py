"""How soon a list of 24,000 rows begins to answer, beside the plain SELECT and count that it cannot do without, and
what an export of all of them takes.
"""

import json
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote

import psutil
import psycopg

from bench.scratch import Home, scratch_home

ROWS, FEW = 24_000, 40
TURNS, WARM = 200, 10
PATH = "/organisations/"
TOWNS = "南村大龙石碁市桥沙湾石楼钟村化龙小谷围洛浦"
WORDS = "云帆木棉拾光星桥荔湾水色蕉门风帆莲花百工云仓麦浪灯塔白鹭春汛飞檐蓝汐龙眼满洲窗"
TRADES = ("软件", "网络科技", "信息技术", "数字传媒", "电子商务", "互动娱乐", "供应链科技", "文化传播")
VIEWS = {
    "first page": "",
    "filtered": "?kind=institution",
    "searched, two characters": f"?q={quote('石碁')}",
    "searched, pinyin": "?q=nancun",
    "searched, initials": "?q=gzsq",
    "sorted": "?sort=-expected",
    "last page": "?page=600",
    "200 a page": "?per=200",
}
PLAIN = (
    "select * from committee_participantorganisation where association_id = %s order by sort_key, id limit 40",
    "select count(*) from committee_participantorganisation where association_id = %s",
)


class Ground(NamedTuple):
    """Two associations with an office lead each, signed in: one with all the rows, one with a few."""

    association: int
    session: str
    few: str


def measure(*, rows: int = ROWS, turns: int = TURNS, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """First bytes in milliseconds, the plain statements beside them, queries at both sizes, exports."""
    with scratch_home(passes=1) as home:
        told(f"making {rows} rows")
        ground = Ground(**json.loads(home.run("-m", "bench.lists", "seed", str(rows))))
        with psycopg.connect(home.url, autocommit=True) as connection:
            connection.execute("vacuum analyze")
        queries = json.loads(home.run("-m", "bench.lists", "queries", ground.session, ground.few))
        home.serve()
        found: dict[str, object] = {"rows": rows, "queries": queries}
        pages = {}
        for name, query in VIEWS.items():
            told(name)
            pages[name] = _turns(home, ground, PATH + query, turns)
        found["pages"] = pages
        found["exports"] = {kind: _export(home, ground, kind) for kind in ("csv", "xlsx")}
    return found


def _turns(home: Home, ground: Ground, path: str, turns: int) -> dict[str, float]:
    """A page and the plain statements in turn, so that what others do on the machine weighs on both."""
    pages, plain = [], []
    with psycopg.connect(home.url, autocommit=True) as connection:
        for turn in range(WARM + turns):
            began = time.perf_counter()
            for statement in PLAIN:
                connection.execute(statement, [ground.association]).fetchall()
            between = time.perf_counter()
            first = ask(home.port, path, ground.session).first_s
            if turn >= WARM:
                plain.append(between - began)
                pages.append(first)
    values = {"p50_ms": _part(pages, 50), "p99_ms": _part(pages, 99), "plain_p50_ms": _part(plain, 50)}
    return values | {"plain_p99_ms": _part(plain, 99), "ratio": round(values["p50_ms"] / values["plain_p50_ms"], 1)}


def _part(seconds: list[float], percent: int) -> float:
    return round(sorted(seconds)[len(seconds) * percent // 100] * 1000, 2)


class Answer(NamedTuple):
    """When the first byte came and when the last, in seconds from the asking; how many bytes."""

    first_s: float
    whole_s: float
    size: int


def ask(port: int, path: str, session: str) -> Answer:
    """GET a page as a browser does, on a connection of its own, which the server then closes."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        head = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: sessionid={session}\r\n\r\n"
        )
        began = time.perf_counter()
        connection.sendall(head.encode())
        received = connection.recv(1 << 16)
        first = time.perf_counter() - began
        if not received.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(received[:200])
        size = len(received)
        while received := connection.recv(1 << 16):
            size += len(received)
        return Answer(first, time.perf_counter() - began, size)


def _export(home: Home, ground: Ground, kind: str) -> dict[str, float]:
    with _watched(home) as peak:
        answer = ask(home.port, f"{PATH}?format={kind}", ground.session)
    return {
        "first_byte_s": round(answer.first_s, 3),
        "whole_s": round(answer.whole_s, 2),
        "size_kb": answer.size // 1000,
        "memory_grew_mb": round((peak[1] - peak[0]) / 1e6, 1),
    }


@contextmanager
def _watched(home: Home) -> Iterator[list[int]]:
    """The server's memory before, and the most that it had meanwhile."""
    assert home.server is not None
    process = psutil.Process(home.server.pid)
    family = [process, *process.children(recursive=True)]
    seen = [_memory(family)] * 2
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.01):
            seen[1] = max(seen[1], _memory(family))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _memory(family: list[psutil.Process]) -> int:
    return sum(each.memory_info().rss for each in family)


def seed(rows: int) -> Ground:
    """Make the ground; Django is set up."""
    large, few = _association(rows), _association(FEW)
    return Ground(large[0], large[1], few[1])


def _association(rows: int) -> tuple[int, str]:
    """An association with so many participant organisations, and the session of its office lead."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from psycopg.types.range import Range

    from zuji.core import clock
    from zuji.core.models import Association
    from zuji.people.enums import Role, ScopeKind
    from zuji.people.models import Account, RoleGrant

    mark = secrets.token_hex(4)
    made = Association.objects.create(slug=f"list-{mark}", name_zh="测量", name_en="Measuring")
    lead = Account.objects.create_user(f"list-{mark}", association=made, name="Bench")
    during = Range(clock.now(), None)
    scope = {"scope_kind": ScopeKind.ASSOCIATION, "scope_id": made.pk}
    RoleGrant.objects.create(account=lead, role=Role.OFFICE_LEAD, during=during, **scope)
    _participants(made.pk, rows)
    session = SessionStore()
    session[SESSION_KEY] = str(lead.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = lead.get_session_auth_hash()
    session.create()
    return made.pk, str(session.session_key)


def _participants(association_id: int, rows: int) -> None:
    from zuji.committee.enums import JoinsAs, ParticipantKind
    from zuji.committee.models import ContactDetail, ParticipantOrganisation
    from zuji.committee.names import sort_key
    from zuji.core import clock
    from zuji.core.ids import spoken

    names = [_name(number) for number in range(rows)]
    kinds, ways = ParticipantKind.values, JoinsAs.values
    codes: set[str] = set()
    while len(codes) < rows:
        codes.add(spoken())
    made = ParticipantOrganisation.objects.bulk_create(
        (
            ParticipantOrganisation(
                association_id=association_id,
                name=name,
                sort_key=sort_key(name),
                kind=kinds[number % 5 == 0],
                joins_as=ways[number % len(ways)],
                join_code=code,
                expected=number % 90 if number % 7 else None,
                sample=True,
            )
            for number, (name, code) in enumerate(zip(names, codes, strict=True))
        ),
        batch_size=2000,
    )
    at = clock.now()
    ContactDetail.objects.bulk_create(
        (ContactDetail(participant=each, name="黎（示例）", phone=f"020-{each.pk:08}", kept_since=at) for each in made),
        batch_size=2000,
    )


def _name(number: int) -> str:
    """A name such as firms have, each once."""
    town, word = TOWNS[number * 2 % len(TOWNS) :][:2], WORDS[number * 2 % len(WORDS) :][:2]
    return f"广州{town}{word}{TRADES[number % len(TRADES)]}有限公司{number}（示例）"


def queries(sessions: list[str]) -> dict[str, list[int]]:
    """How many queries each page makes, for each of the sessions in turn; Django is set up."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    counted: dict[str, list[int]] = {}
    for name, query in VIEWS.items():
        for session in sessions:
            client = Client()
            client.cookies["sessionid"] = session
            client.get(PATH)
            with CaptureQueriesContext(connection) as captured:
                client.get(PATH + query)
            counted.setdefault(name, []).append(len(captured))
    return counted


def main() -> None:
    """`python -m bench.lists seed ROWS` or `queries SESSION …`: what it made or found, as JSON."""
    import django

    django.setup()
    what, *words = sys.argv[1:]
    print(json.dumps(seed(int(words[0]))._asdict() if what == "seed" else queries(words)))


if __name__ == "__main__":
    main()
