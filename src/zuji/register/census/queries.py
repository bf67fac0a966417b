"""Reads about the census: who is in scope, how far it is, and what a firm said the last time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from zuji.core.ids import b64
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.census.values import InScope
from zuji.register.enums import FormState, RuleKind
from zuji.register.models import Card, Link

TOKEN_BYTES = 16
BETWEEN_REMINDERS = timedelta(days=1)
DONE = (FormState.HANDED_IN, FormState.CHECKED)


@dataclass(frozen=True)
class Progress:
    """How far a town is: its code ("" where it is unknown), its forms in all and by state, and how many are strange."""

    town: str
    forms: int
    open: int
    begun: int
    handed_in: int
    checked: int
    sent_back: int
    strange: int


def cards_in_scope(association_id: int, scope: InScope) -> QuerySet[Card]:
    """The cards of the firms that a round with this scope gives a form."""
    return in_scope(Card.objects.filter(association=association_id, enterprise__merged_into=None), scope)


def in_scope(cards: QuerySet[Card], scope: InScope) -> QuerySet[Card]:
    """Those of some cards of which the same holds."""
    for kind, answers in scope.answers.items():
        cards = cards.filter(**{f"{RuleKind(kind)}__in": answers})
    return cards.filter(town__in=scope.towns) if scope.towns else cards


def token_of(round_id: int, enterprise_id: int) -> str:
    """What opens a firm's form without an account: made anew from the home's secret whenever a link is written."""
    seal = salted_hmac("zuji.register.census", f"{round_id}/{enterprise_id}", algorithm="sha256")
    return b64(seal.digest()[:TOKEN_BYTES])


def progress(census_round: CensusRound, *, forms: QuerySet[CensusForm] | None = None) -> list[Progress]:
    """How far each town is, by its code; `forms` narrows it to what somebody sees."""
    rows = CensusForm.objects.all() if forms is None else forms
    counts = {state: Count("pk", filter=Q(state=state)) for state in FormState.values}
    counts["strange"] = Count("pk", filter=~Q(anomalies=[]))
    of_towns = rows.filter(round=census_round).order_by("town").values("town").annotate(forms=Count("pk"), **counts)
    found: list[dict[str, Any]] = [dict(row) for row in of_towns]
    return [Progress(**{name: row[name] for name in Progress.__dataclass_fields__}) for row in found]


def waiting(census_round: CensusRound) -> QuerySet[CensusForm]:
    """Forms of a round that are still to be handed in."""
    return census_round.forms.exclude(state__in=DONE)


def to_remind(census_round: CensusRound, *, at: datetime) -> int:
    """How many forms of a round are still to be handed in and were not reminded of within a day."""
    return waiting(census_round).exclude(reminded_at__gt=at - BETWEEN_REMINDERS).count()


def counted(forms: QuerySet[CensusForm], round_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """For each of these rounds how many of the forms it has, how many of them wait to be checked, and are."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in DONE}
    rows = forms.filter(round__in=round_ids).order_by().values("round").annotate(forms=Count("pk"), **counts)
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    return {row["round"]: row for row in found}


def last_answers(form: CensusForm) -> dict[str, str]:
    """What a firm said in the last round before this one that checked its form; empty where there was none."""
    before = CensusForm.objects.filter(enterprise=form.enterprise_id, state=FormState.CHECKED)
    before = before.filter(round__association=form.round.association_id, round__opens_on__lt=form.round.opens_on)
    last = before.order_by("-round__opens_on", "-pk").first()
    return dict(last.answers) if last else {}


def rows_of_firms(enterprise_ids: Sequence[int]) -> dict[int, int]:
    """For each firm that has one, the first row of a list that is about it."""
    links = Link.objects.filter(enterprise__in=enterprise_ids, ended_at=None).order_by("-row_id")
    return dict(links.values_list("enterprise_id", "row_id"))
