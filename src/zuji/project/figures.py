"""What the commands of figures share: whose figures, until when, and refusals in the terminal's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from zuji.core.errors import Problem
from zuji.project import boot, home
from zuji.project.errors import Fault, Misconfigured
from zuji.project.words import language, say

if TYPE_CHECKING:
    from zuji.core.models import Association

SHORT = {"zh_Hans": "zh", "en": "en"}
PIPE_WIDTH = 160


class AsOf(click.ParamType[date | datetime]):
    """A day, or an instant with its offset from UTC, in ISO form."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return self._instant(str(value), param, ctx)

    def _instant(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(say("cli.figures.not_a_date", value=value), param, ctx)
        if instant.tzinfo is None:
            self.fail(say("cli.figures.no_offset", value=value), param, ctx)
        return instant


AS_OF = click.option("--as-of", type=AsOf(), help=say("cli.figures.as_of"))
ASSOCIATION = click.option("--association", metavar="SLUG", help=say("cli.figures.association"))
JSON = click.option("--json", "as_json", is_flag=True, help=say("cli.json"))


@contextmanager
def association_at_home(slug: str | None) -> Iterator["Association"]:
    """The named association, else the first, with Django set up; a refusal inside ends the command with its words."""
    with boot.django_home():
        _established()
        from zuji.core.models import Association
        from zuji.core.texts import say as both

        found = Association.objects.filter(**({"slug": slug} if slug else {})).order_by("pk").first()
        if found is None:
            raise click.ClickException(say("cli.figures.no_association", slug=slug or ""))
        try:
            yield found
        except Problem as problem:
            raise click.ClickException(both(problem.code, problem.facts)[short()]) from problem


def _established() -> None:
    if boot.kind() is None:
        raise Misconfigured(Fault.HOME_MISSING, home=home.root())
    if unapplied := boot.unapplied():
        raise Misconfigured(Fault.MIGRATIONS_MISSING, migrations=", ".join(unapplied))


def short() -> str:
    """The terminal's language as words in both languages name it: `zh` or `en`."""
    return SHORT[language()]


def show(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """A table on standard output; columns are keys of words."""
    table = Table(*(say(f"cli.column.{column}") for column in columns), title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    console = Console()
    console.width = console.width if console.is_terminal else PIPE_WIDTH
    console.print(table)
