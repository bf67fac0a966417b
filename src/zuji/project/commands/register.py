"""`zuji register`: lists linked on the spot, without a home; taken into a home's register; and a firm explained."""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from zuji.core.errors import Invalid
from zuji.project import figures, lists
from zuji.project.words import refusal, say
from zuji.register.linking import Linked, Record, link
from zuji.register.reading import Reading, read_list

READABLE = click.Path(path_type=Path, exists=True, dir_okay=False)
WRITABLE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.group(help=say("cli.register.help"))
def command() -> None:
    pass


@command.command("link", help=say("cli.register.link"))
@click.argument("files", nargs=-1, required=True, type=READABLE)
@click.option("--out", required=True, type=WRITABLE, help=say("cli.register.out"))
@click.option("--doubtful", type=WRITABLE, help=say("cli.register.doubtful"))
def link_lists(*, files: tuple[Path, ...], out: Path, doubtful: Path | None) -> None:
    stems = [file.stem for file in files]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise click.UsageError(say("cli.register.twice", name=twice))
    records, refused = _records(files)
    if not records:
        sys.exit(1)
    linked = link(records)
    _write(out, ("list", "row", "cluster_id"), _clusters(linked))
    if doubtful:
        _write(doubtful, ("list_a", "row_a", "list_b", "row_b", "score"), _doubts(linked))
    counts = {"rows": len(records), "firms": len(linked.clusters), "doubts": len(linked.doubts)}
    click.echo(say("cli.register.linked", **counts), err=True)
    sys.exit(1 if refused else 0)


def _records(files: Sequence[Path]) -> tuple[list[Record], int]:
    """The rows of all lists that could be read, and how many could not; each is told beside the result."""
    records, refused = list[Record](), 0
    for file in files:
        try:
            reading = read_list(file.read_bytes(), file=file.name)
        except Invalid as problem:
            click.echo(refusal(problem), err=True)
            refused += 1
            continue
        records += [Record(file.stem, row.number, row.fields) for row in reading.rows()]
        click.echo(_told(reading), err=True)
    return records, refused


def _told(reading: Reading) -> str:
    known = sum(each.field is not None for each in reading.columns)
    facts = {"file": reading.file, "sheet": reading.sheet, "rows": len(reading), "known": known}
    lines = [say("cli.register.read", **facts, questions=len(reading.questions))]
    unsure = (reading.columns[each.place] for each in reading.questions if each.place >= 0)
    lines += [say("cli.register.unsure", title=each.title, field=each.field or "—") for each in unsure]
    return "\n".join(lines)


def _clusters(linked: Linked) -> list[tuple[object, ...]]:
    return sorted((key.list, key.row, number) for number, cluster in enumerate(linked.clusters, 1) for key in cluster)


def _doubts(linked: Linked) -> Iterable[tuple[object, ...]]:
    return ((*doubt.one, *doubt.other, f"{doubt.score:.4f}") for doubt in linked.doubts)


def _write(file: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(heading)
        lines.writerows(rows)


@command.command("import", help=say("cli.register.import"))
@click.argument("files", nargs=-1, required=True, type=READABLE)
@click.option("--authority", required=True, metavar="NAME", help=say("cli.register.authority"))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help=say("cli.register.as_of"))
@figures.ASSOCIATION
def import_lists(*, files: tuple[Path, ...], authority: str, as_of: datetime | None, association: str | None) -> None:
    day: date | None = as_of.date() if as_of else None
    with figures.association_at_home(association) as whose:
        refused = lists.bring_in(whose, files, authority=authority, as_of=day)
    sys.exit(1 if refused else 0)


@command.command("explain", help=say("cli.register.explain"))
@click.argument("code")
@figures.ASSOCIATION
@figures.JSON
def explain(*, code: str, association: str | None, as_json: bool) -> None:
    with figures.association_at_home(association) as whose:
        found = lists.explain(whose, code, as_json=as_json)
    sys.exit(0 if found else 1)
