"""`zuji bench`: check-ins a second beside the database's own limit, the crash test, and items for other generators."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import msgspec
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from zuji.project import boot, home
from zuji.project.errors import Fault, Misconfigured
from zuji.project.words import say

AS_JSON = click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
WIDTH = 100
COLUMNS = ("rate", "limit", "ratio", "p50_ms", "p99_ms")


def module(name: str) -> ModuleType:
    """A module of the checkout's `bench/`, which an installed package does not bring."""
    if not (home.CHECKOUT / "bench").is_dir():
        raise Misconfigured(Fault.NO_CHECKOUT, path=home.CHECKOUT)
    if str(home.CHECKOUT) not in sys.path:
        sys.path.insert(0, str(home.CHECKOUT))
    return import_module(f"bench.{name}")


def told(line: str) -> None:
    """Progress, beside the result."""
    click.echo(line, err=True)


@click.group(help=say("cli.bench.help"))
def command() -> None:
    pass


@command.command(help=say("cli.bench.checkin"))
@AS_JSON
@click.option("--quick", is_flag=True, help=say("cli.bench.quick"))
@click.option("--workers", default=1, show_default=True, help=say("cli.bench.workers"))
@click.option("--growth", is_flag=True, help=say("cli.bench.growth"))
@click.option("--watchers", is_flag=True, help=say("cli.bench.watchers"))
def checkin(*, as_json: bool, quick: bool, workers: int, growth: bool, watchers: bool) -> None:
    found: dict[str, object] = {}
    if growth:
        found["growth"] = module("growth").measure(told=told)
    if watchers:
        found["watchers"] = module("watchers").measure()
    if not found:
        found = module("checkin").measure(quick=quick, workers=workers, told=told)
    if as_json or growth or watchers:
        click.echo(msgspec.json.encode(found))
    else:
        _print(found)


def _print(found: dict[str, object]) -> None:
    table = Table(*(say(f"cli.bench.column.{name}") for name in ("load", "connections", *COLUMNS)))
    for name in ("single", "batch50"):
        turns = found[name]
        assert isinstance(turns, dict)  # noqa: S101 (what bench.checkin promises)
        for connections, values in turns.items():
            table.add_row(say(f"cli.bench.{name}"), connections, *(f"{values[column]:g}" for column in COLUMNS))
    Console().print(table)


@command.command(help=say("cli.bench.crash"))
@AS_JSON
@click.option("--kills", default=20, show_default=True, help=say("cli.bench.kills"))
@click.option("--stops", default=5, show_default=True, help=say("cli.bench.stops"))
def crash(*, as_json: bool, kills: int, stops: int) -> None:
    found = module("crash").measure(kills=kills, stops=stops, told=told)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        for name, value in found.items():
            click.echo(f"{name:>14}  {value}")
    sys.exit(0 if found["sound"] else 1)


@command.command(help=say("cli.bench.lists"))
@AS_JSON
@click.option("--rows", default=24_000, show_default=True, type=click.IntRange(1), help=say("cli.bench.rows"))
@click.option("--turns", default=200, show_default=True, type=click.IntRange(1), help=say("cli.bench.turns"))
def lists(*, as_json: bool, rows: int, turns: int) -> None:
    found = module("lists").measure(rows=rows, turns=turns, told=told)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _print_lists(found)


def _print_lists(found: dict[str, dict[str, dict[str, object]]]) -> None:
    columns = ("p50_ms", "p99_ms", "plain_p50_ms", "ratio")
    table = Table(*(say(f"cli.bench.column.{name}") for name in ("page", *columns, "queries")))
    for name, values in found["pages"].items():
        counted = " / ".join(map(str, found["queries"][name]))
        table.add_row(name, *(f"{values[column]:g}" for column in columns), counted)
    Console().print(table)
    for kind, export in found["exports"].items():
        click.echo(say("cli.bench.export", kind=kind, **export))


@command.command(help=say("cli.bench.search"))
@AS_JSON
@click.option("--rows", default=24_000, show_default=True, type=click.IntRange(1), help=say("cli.bench.rows"))
@click.option("--turns", default=200, show_default=True, type=click.IntRange(1), help=say("cli.bench.turns"))
def search(*, as_json: bool, rows: int, turns: int) -> None:
    found = module("search").measure(rows=rows, turns=turns, told=told)
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    columns = ("p50_ms", "p99_ms", "ratio")
    table = Table(*(say(f"cli.bench.column.{name}") for name in ("page", *columns)))
    for kind, values in found["asked"].items():
        table.add_row(kind, *(f"{values[column]:g}" for column in columns))
    Console().print(table)


@command.command(help=say("cli.bench.pages"))
@AS_JSON
@click.option("--turns", default=40, show_default=True, type=click.IntRange(1), help=say("cli.bench.turns"))
def pages(*, as_json: bool, turns: int) -> None:
    found = module("pages").measure(turns=turns, told=told)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _print_pages(found)


def _print_pages(found: dict[str, Any]) -> None:
    columns = ("p50_ms", "p99_ms")
    table = Table(*(say(f"cli.bench.column.{name}") for name in ("page", *columns, "ratio")))
    least = found["least"]["p50_ms"]
    slowest_first = sorted(found["pages"].items(), key=lambda each: -each[1]["p50_ms"])
    for name, values in [*slowest_first, (say("cli.bench.least"), found["least"])]:
        table.add_row(name, *(f"{values[column]:g}" for column in columns), f"{values['p50_ms'] / least:.1f}")
    Console().print(table)


@command.command(help=say("cli.bench.wall"))
def wall() -> None:
    found = module("wall").measure(told=told)
    click.echo(msgspec.json.encode(found))
    sys.exit(0 if found["within_limit"] else 1)


@command.command(help=say("cli.bench.items"))
@click.option("--count", default=10_000, show_default=True, type=click.IntRange(1), help=say("cli.bench.count"))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False, writable=True), required=True)
def items(*, count: int, out: Path) -> None:
    seeding = module("seed")
    with boot.django_home():
        from zuji.core import clock
        from zuji.core.enums import HomeKind

        # a home that is not there yet becomes a demo's; one that is stays what it is
        if boot.kind() in (None, HomeKind.DEMO):
            boot.prepare(HomeKind.DEMO)
        walk = seeding.seed(-(-count // seeding.CHECKPOINTS), now=clock.now())
    with out.open("w") as file:
        for line in seeding.lines(walk, count):
            file.write(f"{line}\n")
    click.echo(say("cli.bench.written", count=count, out=out))


@command.command(help=say("cli.bench.register"))
@AS_JSON
@click.option("--quick", is_flag=True, help=say("cli.bench.quick"))
def register(*, as_json: bool, quick: bool) -> None:
    found = module("register").measure(quick=quick, told=told)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _print_ways(found)


def _print_ways(found: dict[str, Any]) -> None:
    columns = {
        "seconds": ".1f",
        "peak_mib": ".0f",
        "f1": ".4f",
        "precision": ".4f",
        "recall": ".4f",
        "false_merges": "",
    }
    table = Table(*(say(f"cli.bench.column.{name}") for name in ("way", *columns, "ratio")), box=SIMPLE)
    for way, values in found["ways"].items():
        ratio = found["ratios"].get(way)
        told = (f"{values[column]:{shape}}" for column, shape in columns.items())
        table.add_row(say(f"cli.bench.way.{way}"), *told, f"{ratio:.1f}" if ratio else "")
    Console(width=WIDTH).print(table)
    click.echo(say("cli.bench.asked", **found["ways"]["zuji"]))
    click.echo(say("cli.bench.stored", **found["ways"]["register"]))
    click.echo(say("cli.bench.busy", load=found["load"]))
