"""`zuji setup`: everything that a checkout needs besides its packages."""

import click

from zuji.project import boot, home, translations, web
from zuji.project.words import say


@click.command(help=say("cli.setup.help"))
@click.option("--home", "make_home", is_flag=True, help=say("cli.setup.home"))
def command(*, make_home: bool) -> None:
    compiled = translations.compile_stale()
    click.echo(say("cli.setup.translations", count=compiled))
    click.echo(say("cli.setup.web_built" if web.build() else "cli.setup.web_current"))
    if make_home:
        _make_real_home()


def _make_real_home() -> None:
    with boot.django_home():
        from zuji.core.enums import HomeKind

        boot.prepare(HomeKind.REAL)
    click.echo(say("cli.setup.home_ready", home=home.root()))
