"""What `zuji register import` and `explain` do in a home; Django is set up by whoever calls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from zuji.core.errors import Invalid
from zuji.project.figures import short
from zuji.project.words import say

if TYPE_CHECKING:
    from zuji.core.models import Association
    from zuji.register.explaining import FirmTold
    from zuji.register.models import Authority, SourceList


def bring_in(association: "Association", files: Sequence[Path], *, authority: str, as_of: date | None) -> int:
    """Stage files and take them in, all at once; how many could not be read, each told beside the result."""
    from zuji.core import clock
    from zuji.register.authorities import authority_named
    from zuji.register.judging import day_of
    from zuji.register.taking import take_in_at_once

    at = clock.now()
    sender = authority_named(association.pk, authority, at=at)
    staged = [_staged(sender, file, as_of or day_of(association, at), at) for file in files]
    lists = [each.pk for each in staged if each is not None]
    if lists:
        done = take_in_at_once(association.pk, lists, at=at, progress=_tell)
        click.echo(say("cli.register.taken_in", **asdict(done)))
    return staged.count(None)


def _staged(sender: "Authority", file: Path, as_of: date, at: datetime) -> "SourceList | None":
    from zuji.core.texts import say as both
    from zuji.register.staging import Sent, stage

    try:
        found = stage(sender, Sent(file=file.name, data=file.read_bytes(), as_of=as_of), actor=None, at=at)
    except Invalid as problem:
        click.echo(both(problem.code, problem.facts)[short()], err=True)
        return None
    rows, key = found.rows.all(), "cli.register.known" if found.taken_in_at else "cli.register.staged"
    click.echo(say(key, file=file.name, rows=rows.count(), refused=rows.filter(refused=True).count()), err=True)
    return found


def _tell(done: int, total: int) -> None:
    click.echo(f"\r{done} / {total}", err=True, nl=done == total)


def explain(association: "Association", code: str, *, as_json: bool) -> int:
    """Print the firms that have a code; how many there are."""
    from zuji.register.explaining import explained

    found = explained(association.pk, code)
    if as_json:
        click.echo(msgspec.json.encode([asdict(firm) for firm in found]))
    elif not found:
        click.echo(say("cli.register.no_such_code", code=code), err=True)
    else:
        click.echo("\n".join(line for firm in found for line in _lines(firm)))
    return len(found)


def _lines(firm: "FirmTold") -> Iterator[str]:
    yield say("cli.register.firm", enterprise=firm.enterprise)
    for row in firm.rows:
        facts = {**asdict(row), "name": row.values.get("name", ""), "band": _word(f"band.{row.band}")}
        yield say("cli.register.row", **facts)
        yield from _reasons("linking", row.why)
    for answer in firm.answers:
        facts = {"kind": _word(f"rule_kind.{answer.kind}"), "answer": _word(f"answer.{answer.answer}")}
        yield say("cli.register.answer", since=answer.since, **facts)
        yield from _reasons("rule_reason", [*answer.reasons, *answer.misses])


def _reasons(family: str, reasons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in reasons:
        told = _word(f"{family}.{each['code']}", each.get("facts", {}))
        yield f"    {told}"


def _word(key: str, facts: Mapping[str, object] | None = None) -> str:
    from zuji.core.texts import both

    return both(key, facts)[short()]
