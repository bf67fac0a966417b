"""What `zuji demo` says in the terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from zuji.briefing.queries import compute
from zuji.checkin.matrix import Matrix
from zuji.checkin.queries import matrix
from zuji.core.texts import say as refusal
from zuji.people.links import make_link
from zuji.project.demo.cast import read_cast
from zuji.project.demo.play import Company, Played, Tell
from zuji.project.demo.simulator import Tally
from zuji.project.figures import PIPE_WIDTH, short
from zuji.project.words import say

OF_REGISTER, FIGURES = ("R1", "R2", "R3", "R4"), ("T1", "T2", "T3")
NOBODY = "·"
ROWS_RETURNED_SHOWN = 5


def show_lists(company: Company) -> None:
    """How many organisations and walkers came in, and which rows came back."""
    organisations, walkers = company.side.lists
    added = {"organisations": len(organisations.added), "walkers": len(walkers.added)}
    _console().print(say("cli.demo.lists", **added), highlight=False)
    problems = [problem for each in company.side.lists for row in each.rejects for problem in row.problems]
    for problem in problems[:ROWS_RETURNED_SHOWN]:
        _console().print(f"  {refusal(problem.code, problem.facts)[short()]}", highlight=False, markup=False)
    if problems:
        _console().print(say("cli.demo.returned", rows=sum(len(each.rejects) for each in company.side.lists)))


@contextmanager
def progress() -> Iterator[Tell]:
    """A bar while the walk is played, with the number of check-ins so far."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=_console()) as bar:
        task = bar.add_task(say("cli.demo.playing"), total=None, told="")

        def tell(done: int, total: int, tally: Tally) -> None:
            told = say("cli.demo.accepted", accepted=tally.outcomes["accepted"])
            bar.update(task, completed=done, total=total, told=told)

        yield tell


def show_outcome(company: Company, played: Played) -> None:
    """What the phones were told, the matrix, and the figures at the end of the day."""
    outcomes = played.tally.outcomes
    refused = sum(outcomes.values()) - outcomes["accepted"] - outcomes["already"]
    counts = {"requests": played.tally.requests, "accepted": outcomes["accepted"], "already": outcomes["already"]}
    _console().print(say("cli.demo.told", **counts, refused=refused), highlight=False)
    _show_matrix(matrix(company.side.campaign, as_of=played.script.ends_at))
    _show_figures(company)


def show_pages(company: Company, played: Played) -> None:
    """Which page is for whom, with a link that signs in once; each link on a line of its own, so that none is cut."""
    console = _console()
    console.print(say("cli.demo.pages"), style="bold")
    for plan in read_cast().accounts:
        side = company.side if plan.association == company.side.association.slug else company.neighbours
        account = side.account(plan.role)
        # The steward's phone has signed in meanwhile, and links from before that are used up.
        account.refresh_from_db()
        _show_link(console, say(f"cli.demo.role.{plan.username}"), make_link(account, next=plan.page))
    for who, path in _open_pages(company, played):
        _show_link(console, say(f"cli.demo.open.{who}"), f"{company.origin}{path}")
    console.print(say("cli.demo.serving", origin=company.origin), highlight=False)


def _show_link(console: Console, who: str, link: str) -> None:
    console.print(f"  {who}\n    {link}", highlight=False, soft_wrap=True, markup=False)


def _open_pages(company: Company, played: Played) -> Sequence[tuple[str, str]]:
    """Pages that need no account; the poster's place is still open when the clock runs on."""
    handout, walk = played.handout, company.side.campaign
    last = max(handout.old_screens)
    join = next(iter(handout.join_codes.values()))
    return (
        ("phone", f"/c/{handout.posters[last]}"),
        ("join", f"/j/{join}"),
        ("pass", f"/p/{handout.tokens[0]}"),
        ("public", f"/public/{walk.slug}/"),
        ("wall", f"/wall/{walk.slug}/"),
        ("check", "/check/"),
    )


def _show_matrix(found: Matrix) -> None:
    """Checkpoints are numbered and named above, so that organisations' names fit a narrow terminal whole."""
    counts = {(cell.organisation, cell.checkpoint): cell for cell in found.cells}
    named = (f"{number} {column.name[short()]}" for number, column in enumerate(found.columns, 1))
    console = _console()
    console.print(say("cli.demo.matrix"), style="bold")
    console.print(" · ".join(named), highlight=False)
    table = Table(say("cli.demo.organisation"), show_footer=True)
    table.columns[0].footer = say("cli.demo.times")
    for number, column in enumerate(found.columns, 1):
        table.add_column(str(number), footer=str(column.times), justify="right")
    for line in found.lines:
        cells = (counts.get((line.organisation, column.checkpoint)) for column in found.columns)
        table.add_row(escape(line.name), *(str(cell.delivered) if cell else NOBODY for cell in cells))
    console.print(table)


def _show_figures(company: Company) -> None:
    day, association = company.side.trail.activity.held_on, company.side.association
    title = say("cli.figures.title", as_of=day.isoformat(), association=association.slug)
    table = Table(
        *(say(f"cli.column.{name}") for name in ("id", "name", "printed", "value")), title=title, title_justify="left"
    )
    for indicator in (*(OF_REGISTER if company.given.register else ()), *FIGURES):
        figure = compute(indicator, association=association, as_of=day)
        table.add_row(figure.id, figure.name[short()], figure.printed[short()], f"{figure.value:,}")
    _console().print(table)
    _console().print(say("cli.demo.trace", day=day.isoformat()), highlight=False)


def _console() -> Console:
    console = Console()
    console.width = console.width if console.is_terminal else PIPE_WIDTH
    return console
