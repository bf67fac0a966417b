"""What the census's pages share: where they stand, a round's state on a day, and the shapes of states."""

from datetime import date
from typing import Final

from django.db.models import Case, CharField, QuerySet, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from zuji.console.pages import Crumb, Page
from zuji.register.census.models import CensusForm, CensusRound

STATES: Final = {"coming": "gone", "open": "wait", "over": "differs", "closed": "yes"}
"""A round's states with their shapes: not begun, under way, past its last day and still to be closed, closed."""
FORMS: Final = {"open": "gone", "begun": "wait", "handed_in": "wait", "sent_back": "differs", "checked": "yes"}
UNKNOWN: Final = "unknown"
"""What an address calls a town that nobody knows."""


def with_state(rows: QuerySet[CensusRound], today: date) -> QuerySet[CensusRound]:
    """Rounds with their `state` on a day."""
    state = Case(
        When(closed_at__isnull=False, then=Value("closed")),
        When(opens_on__gt=today, then=Value("coming")),
        When(closes_on__lt=today, then=Value("over")),
        default=Value("open"),
        output_field=CharField(),
    )
    return rows.annotate(state=state)


def state_of(held: CensusRound, today: date) -> str:
    """The same for one."""
    if held.closed_at:
        return "closed"
    if held.opens_on > today:
        return "coming"
    return "over" if held.closes_on < today else "open"


def listed(held_id: int, **narrowed: str) -> str:
    """Where a round's forms are listed, narrowed to some."""
    url = reverse("console:census_forms", args=[held_id])
    return f"{url}?{urlencode(narrowed)}" if narrowed else url


def round_page(held: CensusRound) -> str:
    """The address of a round."""
    return reverse("console:census_round", args=[held.pk])


def below_rounds(title: str, lead: str, *above: Crumb) -> Page:
    """A page below the list of rounds."""
    crumb = Crumb(gettext("entry.census"), reverse("console:census"))
    return Page(task="register", entry="census", title=title, lead=lead, crumbs=(crumb, *above))


def below_round(held: CensusRound, title: str, lead: str, *above: Crumb) -> Page:
    """A page below a round."""
    return below_rounds(title, lead, Crumb(held.name, round_page(held)), *above)


def firm_of(form: CensusForm) -> str:
    """What the firm of a form is called."""
    card = getattr(form.enterprise, "card", None)
    return card.name if card else str(form.enterprise_id)
