"""`zuji demo snapshot`: the register built from its lists in a demo home made anew, and written as one file."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zuji.project import boot
from zuji.project.demo.running import SEED, make_anew, postgres_as_it_was, refusals_in_words
from zuji.project.errors import Fault, Misconfigured
from zuji.project.words import say

if TYPE_CHECKING:
    from zuji.core.models import Association

BUILT_AT = datetime(2021, 7, 5, 1, 0, tzinfo=UTC)


def make(file: Path, *, firms: int, three_haves: int) -> None:
    """Build a register of a size and write its snapshot; says what came of it, held against the truth."""
    with postgres_as_it_was(), boot.django_home(), refusals_in_words():
        make_anew()
        _build_and_save(file, firms, three_haves)


def _build_and_save(file: Path, firms: int, three_haves: int) -> None:
    from zuji.core import clock
    from zuji.project.demo import office
    from zuji.project.demo.cast import read_cast
    from zuji.project.demo.register import snapshot
    from zuji.project.demo.register.building import build
    from zuji.project.demo.register.firms import Size, World
    from zuji.project.demo.register.lists import write_lists

    clock.hold(BUILT_AT)
    association, accounts = next(iter(office.settle(read_cast(), at=BUILT_AT).values()))
    lists = write_lists(World(SEED, Size(firms, three_haves)), seed=SEED)
    done = build(lists, association=association, actor=accounts["office"], at=BUILT_AT)
    click.echo(say("cli.demo.built", **asdict(done)))
    _hold_to(association, firms, three_haves)
    click.echo(say("cli.demo.written", file=file, size=f"{snapshot.save(association, file) / 1e6:.1f}"))


def _hold_to(association: "Association", firms: int, three_haves: int) -> None:
    """Nothing is written that does not count what was asked for: the figures must follow from the lists."""
    from zuji.briefing.queries import compute

    counted, have = (compute(name, association=association, as_of=BUILT_AT).value for name in ("R1", "R2"))
    if (counted, have) != (firms, three_haves):
        asked = {"firms": firms, "three_haves": three_haves}
        raise Misconfigured(Fault.REGISTER_NOT_AS_ASKED, counted=counted, have=have, **asked)
