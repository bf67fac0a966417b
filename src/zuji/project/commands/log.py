"""`zuji log verify` goes through the home's whole log; `zuji log restored` follows a restore from a backup."""

import sys

import click
import msgspec

from zuji.project.boot import django_home
from zuji.project.words import say

SHOWN = 20


@click.group(help=say("cli.log.help"))
def command() -> None:
    pass


@command.command(help=say("cli.log.verify"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
def verify(*, as_json: bool) -> None:
    with django_home():
        from zuji.checkin.actions import verify_log
        from zuji.core import clock

        report = verify_log(at=clock.now())
    facts = report._asdict() | {"faults": [found._asdict() for found in report.faults]}
    if as_json:
        click.echo(msgspec.json.encode(facts))
    elif report.faults:
        click.echo(say("cli.log.broken", count=len(report.faults)))
        for found in facts["faults"][:SHOWN]:
            click.echo(say(f"cli.log.fault.{found['fault']}", **found))
    else:
        click.echo(say("cli.log.sound", **facts))
    sys.exit(1 if report.faults else 0)


@command.command(help=say("cli.log.restored"))
def restored() -> None:
    with django_home():
        from zuji.checkin.actions import begin_epoch
        from zuji.core import clock

        epoch = begin_epoch(at=clock.now())
    click.echo(say("cli.log.epoch", epoch=epoch))
