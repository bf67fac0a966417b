"""Plays a script over HTTP, as phones and a steward's phone would. It knows codes and tokens as people get them: from a
screen, a poster, a paper pass; and it learns nothing of the home but what the endpoints answer.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from random import Random
from typing import Any
from uuid import UUID

import httpx

from zuji.core.geometry import Point
from zuji.core.ids import b64, new_token, uuid7
from zuji.project.demo.phones import Names, Phone, Scan, Way, fix, item
from zuji.project.demo.script import Join, Look, Moment, Roll, SamePerson, Send, Step, TakeBack
from zuji.project.demo.stewards import API, Screen, StewardPhone
from zuji.project.words import catalogue

STEWARD = -1
TRIES = 5
CONNECTIONS = 24
TIMEOUT_S = 30.0
WORN_MAC = "A" * 11
ALPHABET_OFF_BY_ONE = str.maketrans("23456789ABCDEFGHJKMNPQRSTUVWXYZ", "3456789ABCDEFGHJKMNPQRSTUVWXYZ2")
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass
class Handout:
    """What people hold in their hands before a walk: passes, join codes, posters, and leftovers of the day before.

    All by numbers of the script, passes by phone, the rest by place; `where` is where a place truly is, `checkpoints`
    its key. Join codes are by organisation.
    """

    campaign: int
    eve: datetime
    checkpoints: dict[int, int]
    where: dict[int, Point]
    tokens: dict[int, str]
    join_codes: dict[int, str]
    posters: dict[int, str]
    withdrawn: dict[int, str]
    old_screens: dict[int, Screen]
    old_grants: dict[int, str]


@dataclass
class Tally:
    """What the phones were told: outcomes, reasons of refusals, and how many requests that took."""

    requests: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    final: dict[str, tuple[str, str]] = field(default_factory=dict)
    changed: int = 0

    def take(self, answer: dict[str, Any]) -> None:
        """Count one item's answer; a final one must stay what it was, except that an unknown pass may become known."""
        told = (str(answer["outcome"]), str(answer.get("code") or ""))
        self.outcomes[told[1] or told[0]] += 1
        before = self.final.setdefault(answer["id"], told)
        # not final: a join may still be on its way
        if before[1] == "unknown_pass":
            self.final[answer["id"]] = told
        elif before != told:
            self.changed += 1


class Simulator:
    """All phones of a walk and the steward's, against one home."""

    def __init__(self, http: httpx.AsyncClient, steward: StewardPhone, handout: Handout, *, seed: int) -> None:
        self.http = http
        self.steward = steward
        self.handout = handout
        self.tally = Tally()
        self.same: list[tuple[str, str]] = []
        self.reasons = {name: catalogue("zh_Hans")[f"demo.reason.{name}"] for name in ("take_back", "roll")}
        self._chance = Random(seed)  # noqa: S311  (a play, no secret)
        self._ids: dict[int, UUID] = {}

    async def play(self, moment: Moment) -> None:
        """Everything of one moment: one phone's steps one after the other, different phones at the same time."""
        ordered = sorted(moment.steps, key=_whose)
        await asyncio.gather(*(self._in_turn(list(steps), moment.at) for _, steps in groupby(ordered, key=_whose)))

    async def _in_turn(self, steps: Iterable[Step], now: datetime) -> None:
        for step in steps:
            await self._step(step, now)

    def _step(self, step: Step, now: datetime) -> Awaitable[object]:
        match step:
            case Send():
                return self._send(step, now)
            case Look():
                return self._look(step)
            case Join():
                return self._join(step)
            case Roll():
                return self._roll(step, now)
            case TakeBack():
                return self.steward.take_back(self.handout.campaign, self._id(step.scan), self.reasons["take_back"])
            case SamePerson():
                return self._tell_office(step)

    async def _send(self, step: Send, now: datetime) -> None:
        body = {"items": [self._item(scan, now) for scan in step.scans]}
        answers = await asyncio.gather(*(self._post("/checkins", body) for _ in range(step.copies)))
        for answer in answers:
            for told in answer["items"]:
                self.tally.take(told)

    def _item(self, scan: Scan, now: datetime) -> dict[str, object]:
        names = Names(str(self._id(scan)), self._token(scan.phone), self._code(scan))
        where = self.handout.where.get(scan.place)
        reading = None if where is None else fix(scan.phone.locates, where, self._chance)
        return item(scan, names, sent=now, fix=reading)

    def _id(self, scan: Scan) -> UUID:
        """An item's id is drawn once, so that handing it in again is handing in the same."""
        if scan.number not in self._ids:
            self._ids[scan.number] = uuid7(scan.at)
        return self._ids[scan.number]

    def _code(self, scan: Scan) -> str:
        held, place = self.handout, scan.place
        checkpoint = held.checkpoints[place]
        match scan.way:
            case Way.POSTER:
                return held.posters[place]
            case Way.WITHDRAWN:
                return held.withdrawn[place]
            case Way.GRANT:
                return self.steward.grants[checkpoint]
            case Way.OLD_GRANT:
                return held.old_grants[place]
            case Way.YESTERDAY:
                return held.old_screens[place].code(held.eve)
            case _:
                return _shown(self.steward.screens[checkpoint], scan)

    async def _look(self, step: Look) -> None:
        checkpoint = self.handout.checkpoints[step.place]
        await self._get(f"/walks/by-checkpoint/{checkpoint}")
        await self._get("/passes/me", token=self.handout.tokens[step.phone.number])

    async def _join(self, step: Join) -> None:
        token = self._token(step.phone)
        code = self.handout.join_codes[step.organisation]
        await self._post("/passes", {"token": token, "campaign": self.handout.campaign, "join_code": code})

    def _token(self, phone: Phone) -> str:
        """A phone that joins draws its pass's token itself, and so has one before it has joined."""
        return self.handout.tokens.setdefault(phone.number, b64(new_token()))

    async def _roll(self, step: Roll, now: datetime) -> None:
        passes = [self.handout.tokens[phone.number] for phone in step.phones]
        seats = [{"organisation": step.organisation, "count": step.seats}]
        told = {"id": str(uuid7(now)), "reason": self.reasons["roll"], "passes": passes, "seats": seats}
        for answer in await self.steward.enter_roll(self.handout.checkpoints[step.place], told):
            self.tally.take(answer)

    async def _tell_office(self, step: SamePerson) -> None:
        self.same.append((self.handout.tokens[step.first.number], self.handout.tokens[step.second.number]))

    async def _post(self, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Hand in as a phone does: told to wait, it waits and sends the same again."""
        for _ in range(TRIES):
            self.tally.requests += 1
            answer = await self.http.post(f"{API}{path}", json=body)
            if answer.status_code not in BUSY:
                break
            # the clock stands, so waiting out a long pause would show nothing
            await asyncio.sleep(min(1.0, float(answer.headers.get("Retry-After", 1))))
        return dict(answer.raise_for_status().json())

    async def _get(self, path: str, *, token: str = "") -> None:
        self.tally.requests += 1
        headers = {"Authorization": f"Pass {token}"} if token else {}
        (await self.http.get(f"{API}{path}", headers=headers)).raise_for_status()


def _shown(screen: Screen, scan: Scan) -> str:
    """What somebody reads off a steward's screen, rightly or wrongly."""
    match scan.way:
        case Way.SHORT:
            return screen.short(scan.at)
        case Way.WRONG_SHORT:
            stem, _, digits = screen.short(scan.at).rpartition(".")
            return f"{stem}.{digits.translate(ALPHABET_OFF_BY_ONE)}"
        case Way.FORGED:
            return f"{screen.code(scan.at).rpartition('.')[0]}.{WORN_MAC}"
        case _:
            return screen.code(scan.at)


def _whose(step: Step) -> int:
    """The phone that acts; the steward's is -1."""
    match step:
        case Send():
            return step.scans[0].phone.number
        case Look() | Join():
            return step.phone.number
        case _:
            return STEWARD


def client(origin: str) -> httpx.AsyncClient:
    """A client that keeps its connections and its cookies."""
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    return httpx.AsyncClient(base_url=origin, limits=limits, timeout=TIMEOUT_S, trust_env=False)
