"""`zuji demo`: the walk of 26 July 2021, played into a home of its own, printed, and then served."""

from pathlib import Path

import click

from zuji.project import home
from zuji.project.words import say

INPUT = home.CHECKOUT / "demo" / "walk-2021"


@click.command(help=say("cli.demo.help"))
@click.option("--serve/--no-serve", default=True, show_default=True, help=say("cli.demo.serve"))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=say("cli.demo.port"))
@click.option("--input", "folder", default=INPUT, type=click.Path(path_type=Path), help=say("cli.demo.input"))
def command(*, serve: bool, port: int, folder: Path) -> None:
    from zuji.project.demo.running import run

    run(serve=serve, port=port, folder=folder)
