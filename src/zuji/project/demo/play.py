"""The day as a whole: the eve with the stewards on the spot, the walk, the evening's corrections; the clock in hand."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import httpx

from zuji.core import clock
from zuji.core.geometry import Point
from zuji.core.ids import b64
from zuji.people.links import make_link
from zuji.project.demo import guestbook, office
from zuji.project.demo.input import Input
from zuji.project.demo.office import Side
from zuji.project.demo.phones import Locates, fix
from zuji.project.demo.script import Script, Walk, Walker, write_script
from zuji.project.demo.simulator import Handout, Simulator, Tally, client
from zuji.project.demo.stewards import API, StewardPhone
from zuji.project.demo.worlds import places

EVE_AFTERNOON, EVE_NIGHT, MORNING = timedelta(hours=-8), timedelta(hours=-4), timedelta(hours=7, minutes=30)
"""From midnight of the day: when the stewards confirm, when the lead opens the trail, when the screens are set up."""
NEIGHBOURS_FROM = 1_000_000

Tell = Callable[[int, int, Tally], None]
"""Told after each moment: how many are done, of how many, and what the phones were told."""


@dataclass(frozen=True)
class Played:
    """What came of it: the script, what the phones were told, and codes that a visitor may try."""

    script: Script
    tally: Tally
    handout: Handout


@dataclass(frozen=True)
class Company:
    """Everything that the play needs to know beforehand."""

    origin: str
    side: Side
    neighbours: Side
    given: Input
    midnight: datetime
    seed: int


def play(company: Company, tell: Tell) -> Played:
    """Play the day over HTTP. Time stands while requests run; in the end the clock runs on from the afternoon."""
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        phones, steward = client(company.origin), StewardPhone(client(company.origin))
        for each in (phones, steward.http):
            stack.callback(_close, runner, each)
        handout = _eve(company, steward, runner)
        script = write_script(*_walks(company, handout, phones, runner), seed=company.seed)
        clock.hold(company.midnight + MORNING)
        # The morning's screens and grants replace those of the day before.
        runner.run(_prepare(steward, list(steward.screens)))
        simulator = Simulator(phones, steward, handout, seed=company.seed)
        table = guestbook.set_out(company.side, handout, script)
        for number, moment in enumerate(script.moments, 1):
            clock.hold(moment.at)
            runner.run(simulator.play(moment))
            table.turn(moment.at)
            tell(number, len(script.moments), simulator.tally)
        office.mark_same(company.side, simulator.same, at=script.moments[-1].at)
    clock.release(script.ends_at)
    return Played(script, simulator.tally, handout)


def _close(runner: asyncio.Runner, http: httpx.AsyncClient) -> None:
    runner.run(http.aclose())


def _eve(company: Company, steward: StewardPhone, runner: asyncio.Runner) -> Handout:
    """The day before: places confirmed on the spot but for the last, the trail opened, posters hung."""
    side, at = company.side, company.midnight + EVE_AFTERNOON
    clock.hold(at)
    link = make_link(side.account("steward"), next=f"{API}/me")
    points = company.given.points()
    checkpoints = runner.run(_confirm(steward, link, points, Random(company.seed)))  # noqa: S311  (a play)
    handout = Handout(
        campaign=side.campaign.pk,
        eve=at,
        checkpoints=dict(enumerate(checkpoints)),
        where={number: point for number, point in enumerate(points) if point},
        tokens={number: b64(bytes(each.token or b"")) for number, each in enumerate(side.passes(at))},
        join_codes={each.pk: each.join_code for each in side.participants(at)},
        posters=office.print_posters(side, checkpoints, at=at),
        withdrawn=office.print_and_withdraw_posters(side, checkpoints[:1], at=at),
        old_screens={number: steward.screens[key] for number, key in enumerate(checkpoints)},
        old_grants={number: steward.grants[key] for number, key in enumerate(checkpoints)},
    )
    clock.hold(company.midnight + EVE_NIGHT)
    for each in (side, company.neighbours):
        office.open_for_walkers(each, at=company.midnight + EVE_NIGHT)
    return handout


async def _confirm(steward: StewardPhone, link: str, points: list[Point | None], chance: Random) -> list[int]:
    """Stand at each place and say so; the last one is left, so that somebody must accept it."""
    await steward.sign_in(link)
    checkpoints = sorted(duty["id"] for duty in await steward.duties())
    for checkpoint, point in zip(checkpoints, points, strict=True):
        # the last place shows what a lead does where nobody could confirm
        if point is not None and checkpoint != checkpoints[-1]:
            reading = fix(Locates.RIGHT, point, chance)
            await steward.confirm(checkpoint, {**(reading or {}), "accuracy": 9})
    await _prepare(steward, checkpoints)
    return checkpoints


async def _prepare(steward: StewardPhone, checkpoints: list[int]) -> None:
    for checkpoint in checkpoints:
        await steward.prepare(checkpoint)


def _walks(company: Company, handout: Handout, phones: httpx.AsyncClient, runner: asyncio.Runner) -> tuple[Walk, Walk]:
    """Both walks as the script needs them; the neighbours' places and passes go on the same handout."""
    side, neighbours, at = company.side, company.neighbours, company.midnight
    own = places(runner.run(_document(phones, side.campaign.pk)))
    theirs_shown = runner.run(_document(phones, neighbours.campaign.pk))
    theirs = places(theirs_shown, first=len(own))
    checkpoints = [checkpoint["id"] for stop in theirs_shown["stops"] for checkpoint in stop["checkpoints"]]
    # the neighbours have no steward of their own at work; their walkers scan a poster
    posters = office.print_posters(neighbours, checkpoints, at=at)
    for place in theirs:
        handout.checkpoints[place.number] = checkpoints[place.number - len(own)]
        handout.posters[place.number] = posters[place.number - len(own)]
    walkers = [Walker(number, each.organisation_id, each.group) for number, each in enumerate(side.passes(at))]
    strangers = neighbours.passes(at)
    for number, each in enumerate(strangers, NEIGHBOURS_FROM):
        handout.tokens[number] = b64(bytes(each.token or b""))
    listed = side.participants(at)
    return (
        Walk(own, tuple(walkers), guests=office.guests(listed), host=office.host(listed)),
        Walk(theirs, tuple(Walker(NEIGHBOURS_FROM + i, each.organisation_id) for i, each in enumerate(strangers))),
    )


async def _document(phones: httpx.AsyncClient, campaign: int) -> dict[str, Any]:
    answer = await phones.get(f"{API}/walks/{campaign}")
    return dict(answer.raise_for_status().json())
