"""`zuji doctor`: says in plain words what is missing."""

import sys

import click

from zuji.project import doctor
from zuji.project.words import say


@click.command(help=say("cli.doctor.help"))
def command() -> None:
    findings = doctor.examine()
    for finding in findings:
        click.echo(str(finding))
    missing = [finding for finding in findings if finding.state is doctor.State.MISSING]
    click.echo(say("doctor.bad" if missing else "doctor.good", count=len(missing)))
    sys.exit(1 if missing else 0)
