"""`zuji figures`: the figures of a cut-off; publishing one; and whether what was published holds."""

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import msgspec

from zuji.project import figures
from zuji.project.words import say

if TYPE_CHECKING:
    from zuji.briefing.models import LedgerEntry
    from zuji.briefing.verifying import Check
    from zuji.core.models import Association


@click.group(invoke_without_command=True, help=say("cli.figures.help"))
@figures.ASSOCIATION
@figures.AS_OF
@figures.JSON
@click.pass_context
def command(ctx: click.Context, *, association: str | None, as_of: date | datetime | None, as_json: bool) -> None:
    if ctx.invoked_subcommand is None:
        _list(association, as_of, as_json=as_json)
    elif association or as_of or as_json:
        raise click.UsageError(say("cli.figures.options_after", command=ctx.invoked_subcommand))


@command.command(help=say("cli.figures.publish"))
@click.argument("indicator")
@figures.ASSOCIATION
@figures.AS_OF
@figures.JSON
def publish(*, indicator: str, association: str | None, as_of: date | datetime | None, as_json: bool) -> None:
    with figures.association_at_home(association) as whose:
        from zuji.briefing import actions
        from zuji.core import clock

        at = clock.now()
        entry = actions.publish(actor=None, association_id=whose.pk, indicator=indicator, as_of=as_of or at, at=at)
        document = _document(entry, whose)
        click.echo(msgspec.json.encode(document) if as_json else say("cli.figures.published", **document))


@command.command(help=say("cli.figures.verify"))
@figures.ASSOCIATION
@figures.JSON
def verify(*, association: str | None, as_json: bool) -> None:
    with figures.association_at_home(association) as whose:
        from zuji.briefing import verifying

        checks = verifying.verify(association=whose)
        if as_json:
            click.echo(msgspec.json.encode([_found(check, whose) for check in checks]))
        else:
            _show(checks, whose)
    sys.exit(1 if any(check.flaws for check in checks) else 0)


def _list(association: str | None, as_of: date | datetime | None, *, as_json: bool) -> None:
    with figures.association_at_home(association) as whose:
        from zuji.briefing.queries import all_figures
        from zuji.core import clock

        found = all_figures(association=whose, as_of=as_of or clock.now())
        if as_json:
            click.echo(msgspec.json.encode([figure.as_json() for figure in found]))
            return
        name = figures.short()
        title = say("cli.figures.title", as_of=found[0].as_json()["as_of"], association=whose.slug)
        rows = [[each.id, each.name[name], each.printed[name], f"{each.value:,}", each.digest[:8]] for each in found]
        figures.show(title, ["id", "name", "printed", "value", "digest"], rows)


def _document(entry: "LedgerEntry", association: "Association") -> dict[str, object]:
    from zuji.briefing.figures import cut_off, printed_cut_off

    return {
        "number": entry.number,
        "id": entry.indicator,
        "value": entry.value,
        "qualifier": entry.qualifier,
        "as_of": printed_cut_off(cut_off(entry.as_of, ZoneInfo(association.time_zone))),
        "digest": entry.digest,
    }


def _found(check: "Check", association: "Association") -> dict[str, object]:
    now = {"live": check.live, "same_rows": check.same_rows}
    return _document(check.entry, association) | now | {"flaws": check.flaws}


def _show(checks: "list[Check]", association: "Association") -> None:
    from zuji.core.texts import both

    rows = []
    for check in checks:
        found = _found(check, association)
        flaws = [both(f"flaw.{flaw}")[figures.short()] for flaw in check.flaws]
        state = "; ".join(flaws) or say("cli.figures.holds" if check.same_rows else "cli.figures.holds_but_differs")
        live = "" if check.live is None else f"{check.live:,}"
        rows.append(
            [str(check.entry.number), check.entry.indicator, str(found["as_of"]), f"{check.entry.value:,}", live, state]
        )
    title = say("cli.figures.ledger", association=association.slug)
    figures.show(title, ["number", "id", "as_of", "value", "live", "state"], rows)
