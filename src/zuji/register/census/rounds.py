"""Writes to a round: opening it for the firms in scope, reminding them, and closing it into a list like any other."""

from datetime import datetime

from django.db import transaction

from zuji.core.audit import audit
from zuji.core.errors import Invalid, Refused
from zuji.core.sheets.folding import clean
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.access import access_register
from zuji.register.census import access
from zuji.register.census.errors import Refusal
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.census.queries import BETWEEN_REMINDERS, cards_in_scope, token_of, waiting
from zuji.register.census.questionnaire import parse
from zuji.register.census.results import bring_in
from zuji.register.census.values import InScope, RoundValues
from zuji.register.enums import Verb

LONGEST_NAME = 80


@transaction.atomic
def open_round(
    *, actor: Account, association_id: int, values: RoundValues, scope: InScope | None = None, at: datetime
) -> CensusRound:
    """Open a round with a form for every firm in scope; its questionnaire stays as it is now."""
    association = access_register(actor, association_id, Right.RUN_CENSUS, at=at)
    parse(values.questionnaire)
    name = _name(association_id, values)
    cards = list(cards_in_scope(association_id, scope or InScope()).values_list("enterprise_id", "town"))
    if not cards:
        raise Refused(Refusal.CENSUS_NOBODY_IN_SCOPE)
    made = CensusRound.objects.create(
        association=association,
        name=name,
        questionnaire=values.questionnaire,
        opens_on=values.opens_on,
        closes_on=values.closes_on,
    )
    CensusForm.objects.bulk_create((_form(made, *card) for card in cards), batch_size=2000)
    audit(actor, Verb.CENSUS_OPENED, made, association_id=association.pk, at=at, forms=len(cards))
    return made


@transaction.atomic
def remind(*, actor: Account, round_id: int, at: datetime) -> list[CensusForm]:
    """Mark the forms that are still to be handed in as reminded of, at most once a day each; these are returned."""
    held = access.access_round(actor, round_id, Right.RUN_CENSUS, at=at, lock=True)
    if held.closed_at is not None:
        raise Refused(Refusal.CENSUS_CLOSED)
    found = waiting(held).exclude(reminded_at__gt=at - BETWEEN_REMINDERS).select_for_update(of=("self",), no_key=True)
    reminded = list(found.order_by("pk"))
    CensusForm.objects.filter(pk__in=[form.pk for form in reminded]).update(reminded_at=at)
    audit(actor, Verb.CENSUS_REMINDED, held, association_id=held.association_id, at=at, forms=len(reminded))
    return reminded


@transaction.atomic
def close_round(*, actor: Account, round_id: int, at: datetime) -> CensusRound:
    """Close a round: what its checked forms say goes into the register as a list of its own; firms are judged anew."""
    seen = access.access_round(actor, round_id, Right.RUN_CENSUS, at=at)
    # the register before the round, as everything that writes to it does
    association = access_register(actor, seen.association_id, Right.RUN_CENSUS, at=at)
    held = access.access_round(actor, round_id, Right.RUN_CENSUS, at=at, lock=True)
    if held.closed_at is not None:
        raise Refused(Refusal.CENSUS_CLOSED)
    held.closed_at = at
    held.source = bring_in(held, actor=actor, at=at)
    held.save(update_fields=["closed_at", "source"])
    rows = held.source.rows.count() if held.source else 0
    audit(actor, Verb.CENSUS_CLOSED, held, association_id=association.pk, at=at, rows=rows)
    return held


def _name(association_id: int, values: RoundValues) -> str:
    name = clean(values.name)[:LONGEST_NAME]
    if not name:
        raise Invalid(Refusal.CENSUS_NAME_MISSING, field="name")
    if CensusRound.objects.filter(association=association_id, name=name).exists():
        raise Refused(Refusal.CENSUS_NAME_TAKEN, field="name", name=name)
    if values.closes_on < values.opens_on:
        raise Invalid(Refusal.CENSUS_DAYS, field="closes_on")
    return name


def _form(held: CensusRound, enterprise_id: int, town: str) -> CensusForm:
    digest = access.digest_of(token_of(held.pk, enterprise_id))
    return CensusForm(round=held, enterprise_id=enterprise_id, town=town, token_digest=digest)
