"""Rounds of the census: all of them, and one with how far each town is."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from zuji.console.blocks.columns import Count, Day, Link, Word
from zuji.console.blocks.filters import ListFilters, Search, Words
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.record import asked, history
from zuji.console.pages import desk, entry_page, show
from zuji.console.views.register.census_questions import in_language
from zuji.console.views.register.census_words import STATES, UNKNOWN, below_rounds, listed, state_of, with_state
from zuji.console.views.register.words import town_named
from zuji.core.enums import WorkState
from zuji.core.templatetags.words import full_day, say
from zuji.core.works import own_works
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.register.census.access import access_round, visible_forms, visible_rounds
from zuji.register.census.closing import CLOSE
from zuji.register.census.models import CensusRound
from zuji.register.census.queries import Progress, counted, progress, to_remind
from zuji.register.census.questionnaire import Questionnaire, default, parse

COUNTED: Final = ("forms", "open", "begun", "sent_back", "handed_in", "checked", "strange")
"""What is counted of a town's forms."""
NARROWED: Final[dict[str, dict[str, str]]] = {"forms": {}, "strange": {"strange": "yes"}}
"""By which filters of the list, where it is not the state of that name."""


NONE: Final = {"forms": 0, "handed_in": 0, "checked": 0}


class RoundTable(ListTable):
    name = Link("census.name", route="console:census_round")
    state = Word("census.state", prefix="census_state", states=STATES, css="nb")
    opens_on = Day("census.opens_on")
    closes_on = Day("census.closes_on")
    forms = Count("census.forms", accessor="counts__forms", orderable=False)
    handed_in = Count("census.handed_in", accessor="counts__handed_in", orderable=False)
    checked = Count("census.checked", accessor="counts__checked", orderable=False)

    def prepare(self, rows: Sequence[Any]) -> None:
        account, at = desk(self.request)
        counts = counted(visible_forms(account, at=at), [row.pk for row in rows])
        for row in rows:
            row.counts = counts.get(row.pk, NONE)


class RoundFilters(ListFilters):
    q = Search("name")
    state = Words("census.state", prefix="census_state", keys=list(STATES))


LISTING = Listing(
    table=RoundTable,
    filters=RoundFilters,
    file="census",
    empty="census.none",
    template="console/register/census/rounds.html",
)


@needs(Right.SEE_CENSUS)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the latest first."""
    account, at = desk(request)
    rows = with_state(visible_rounds(account, at=at), asked(request).today).order_by("-opens_on", "-pk")
    return list_page(request, entry_page("register", "census"), LISTING, rows, rights=rights_of(account, at=at))


class Number(NamedTuple):
    """A count, and where the forms that it counts are listed."""

    key: str
    value: int
    url: str


class Row(NamedTuple):
    """A town and its numbers."""

    name: str
    numbers: Sequence[Number]


@needs(Right.SEE_CENSUS)
def census_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: what it asks, how far each town is, what is to be done next, and what happened to it."""
    account, at = desk(request)
    held = access_round(account, round_id, Right.SEE_CENSUS, at=at)
    state = state_of(held, asked(request).today)
    towns = progress(held, forms=visible_forms(account, at=at))
    rights, total = rights_of(account, at=at), _total(held, towns)
    numbers = {each.key: each for each in total.numbers}
    return show(
        request,
        "console/register/census/round.html",
        below_rounds(held.name, _lead(held, state)),
        held=held,
        state=state,
        shape=STATES[state],
        rows=[_row(held, each) for each in towns],
        total=total,
        numbers=numbers,
        counted=COUNTED,
        missing=Number("missing", _missing(numbers), listed(held.pk, done="no")),
        due=to_remind(held, at=at) if Right.RUN_CENSUS in rights and state in ("open", "over") else 0,
        asks=_asks(parse(held.questionnaire)),
        **_closing(request, held),
        timeline=history(request, held),
        rights=rights,
    )


def _lead(held: CensusRound, state: str) -> str:
    days = {"opens": full_day(held.opens_on), "closes": full_day(held.closes_on)}
    return say("census.lead.empty" if held.closed_at and held.source_id is None else f"census.lead.{state}", **days)


def _missing(numbers: dict[str, Number]) -> int:
    return sum(numbers[state].value for state in ("open", "begun", "sent_back"))


def _row(held: CensusRound, town: Progress) -> Row:
    numbers = [_number(held, key, getattr(town, key), town=town.town or UNKNOWN) for key in COUNTED]
    return Row(town_named(town.town), numbers)


def _total(held: CensusRound, towns: Sequence[Progress]) -> Row:
    numbers = [_number(held, key, sum(getattr(town, key) for town in towns)) for key in COUNTED]
    return Row(gettext("census.total"), numbers)


def _number(held: CensusRound, key: str, value: int, **town: str) -> Number:
    return Number(key, value, listed(held.pk, **town, **NARROWED.get(key, {"state": key})))


def _asks(read: Questionnaire) -> list[tuple[str, list[str]]]:
    """What is asked, section by section."""
    return [(in_language(part.words), [in_language(each.words) for each in part.questions]) for part in read.sections]


def _closing(request: HttpRequest, held: CensusRound) -> dict[str, Any]:
    """One's own work that is to close this round: while it is under way, or once it has come to nothing."""
    last = own_works(desk(request).account).filter(kind=CLOSE, facts__round=held.pk).first()
    if last is None or held.closed_at is not None:
        return {"closing": None, "failed": None}
    is_under_way = last.shown in (WorkState.WAITING, WorkState.RUNNING)
    return {"closing": last if is_under_way else None, "failed": None if is_under_way else last}


@needs(Right.SEE_CENSUS)
def questionnaire(request: HttpRequest, round_id: int) -> HttpResponse:
    """A round's questionnaire as data, to begin another with."""
    account, at = desk(request)
    held = access_round(account, round_id, Right.SEE_CENSUS, at=at)
    return _file(held.questionnaire, held.opens_on)


@needs(Right.RUN_CENSUS)
def questionnaire_default(request: HttpRequest) -> HttpResponse:
    """The packaged questionnaire as data."""
    return _file(default(), asked(request).today)


def _file(data: dict[str, object], day: date) -> HttpResponse:
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="questionnaire-{day.isoformat()}.json"'
    return answer
