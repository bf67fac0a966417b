"""`zuji stop`: end what this home runs."""

import click

from zuji.project import serving
from zuji.project.words import say


@click.command(help=say("cli.stop.help"))
def command() -> None:
    ended = serving.stop()
    for role in ended:
        click.echo(say(f"cli.stop.{role}"))
    if not ended:
        click.echo(say("cli.stop.nothing"))
