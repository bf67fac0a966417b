"""`zuji worker`: runs the queued and scheduled tasks, which wait in PostgreSQL."""

import os
from pathlib import Path

import click

from zuji.project import boot
from zuji.project.words import say


@click.command(help=say("cli.worker.help"))
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 32), help=say("cli.worker.number"))
@click.option("--pid-file", type=click.Path(path_type=Path), help=say("cli.worker.pid_file"))
def command(*, concurrency: int, pid_file: Path | None) -> None:
    with boot.django_home("worker"):
        from django.core.management import call_command

        if pid_file is not None:
            pid_file.write_text(str(os.getpid()))
        try:
            call_command("procrastinate", "worker", f"--concurrency={concurrency}")
        finally:
            if pid_file is not None:
                pid_file.unlink(missing_ok=True)
