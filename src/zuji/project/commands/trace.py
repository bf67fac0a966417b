"""`zuji trace`: the rows behind a figure, by their keys."""

from dataclasses import asdict
from datetime import date, datetime

import click
import msgspec

from zuji.project import figures
from zuji.project.words import say


@click.command(help=say("cli.trace.help"))
@click.argument("indicator")
@figures.ASSOCIATION
@figures.AS_OF
@figures.JSON
@click.option("--rows", is_flag=True, help=say("cli.trace.rows"))
def command(
    *, indicator: str, association: str | None, as_of: date | datetime | None, as_json: bool, rows: bool
) -> None:
    with figures.association_at_home(association) as whose:
        from zuji.briefing import queries
        from zuji.core import clock

        entries = queries.trace(indicator, association=whose, as_of=as_of or clock.now())
        if as_json:
            click.echo(msgspec.json.encode([asdict(entry) if rows else entry.key for entry in entries]))
            return
        name = figures.short()
        lines = [
            [entry.key, str(entry.weight), " · ".join(words[name] for words in shown.values())]
            for entry, shown in zip(entries, queries.named(entries), strict=True)
        ]
        figures.show(say("cli.trace.title", id=indicator, count=len(entries)), ["key", "weight", "of"], lines)
