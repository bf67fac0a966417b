"""`zuji serve`: checks, then the server in this process and the task worker beside it."""

from pathlib import Path

import click

from zuji.project import boot, serving
from zuji.project.words import say


@click.command(help=say("cli.serve.help"))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("cli.serve.host"))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=say("cli.serve.port"))
@click.option("--worker/--no-worker", default=True, show_default=True, help=say("cli.serve.worker"))
@click.option("--certificate", type=click.Path(path_type=Path, exists=True), help=say("cli.serve.certificate"))
@click.option("--key", type=click.Path(path_type=Path, exists=True), help=say("cli.serve.key"))
def command(*, host: str, port: int, worker: bool, certificate: Path | None, key: Path | None) -> None:
    if (certificate is None) != (key is None):
        raise click.UsageError(say("cli.serve.both_or_neither"))
    with boot.django_home():
        serving.start_checks(host, port)
    if worker:
        serving.spawn_worker()
    click.echo(say("cli.serve.ready", url=f"{'https' if key else 'http'}://{host}:{port}"))
    tls = ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)] if key else []
    serving.become_server(host, port, *tls)
