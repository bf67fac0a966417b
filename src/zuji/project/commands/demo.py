"""`zuji demo`: the walk of 26 July 2021, played into a home of its own, printed, and then served; and its register."""

from pathlib import Path

import click

from zuji.project import home
from zuji.project.words import say

INPUT = home.CHECKOUT / "demo" / "walk-2021"
REGISTER = home.CHECKOUT / "demo" / "register-2021" / "register.xz"
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(help=say("cli.demo.help"), invoke_without_command=True)
@click.pass_context
@click.option("--serve/--no-serve", default=True, show_default=True, help=say("cli.demo.serve"))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=say("cli.demo.port"))
@click.option("--input", "folder", default=INPUT, type=click.Path(path_type=Path), help=say("cli.demo.input"))
@click.option("--register", default=REGISTER, type=FILE, help=say("cli.demo.register"))
@click.option("--no-register", is_flag=True, help=say("cli.demo.no_register"))
def command(context: click.Context, *, serve: bool, port: int, folder: Path, register: Path, no_register: bool) -> None:
    if context.invoked_subcommand is None:
        from zuji.project.demo.running import run

        run(serve=serve, port=port, folder=folder, register=None if no_register else register)


@command.command("snapshot", help=say("cli.demo.snapshot"))
@click.option("--out", default=REGISTER, type=FILE, help=say("cli.demo.out"))
@click.option("--firms", default=24_386, show_default=True, type=click.IntRange(100), help=say("cli.demo.firms"))
@click.option("--haves", default=526, show_default=True, type=click.IntRange(20), help=say("cli.demo.haves"))
def make_snapshot(*, out: Path, firms: int, haves: int) -> None:
    from zuji.project.demo.register.making import make

    make(out, firms=firms, three_haves=haves)
