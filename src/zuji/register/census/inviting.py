"""Asking firms to fill in their forms: by messages to contacts where there are some, else by links handed on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from zuji.core.audit import audit
from zuji.core.errors import Refused
from zuji.people.enums import Right
from zuji.people.messages.audience import To
from zuji.people.messages.occasions import census_asked
from zuji.people.models import Account
from zuji.register.census import access
from zuji.register.census.errors import Refusal
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import token_of, waiting
from zuji.register.census.rounds import remind
from zuji.register.enums import Verb
from zuji.register.models import Card

Finder = Callable[[int, Collection[int], datetime], Mapping[int, To]]
"""Asked with an association, firms and the instant: who may be told of each; a firm with nobody is left out."""

FINDERS: list[Finder] = []


class Invited(NamedTuple):
    """How many forms were reminded of, and of how many of them somebody could be told."""

    forms: int
    told: int


def register(finder: Finder) -> Finder:
    """Ask this for the contacts of firms. Packages above know them; the register does not."""
    if finder not in FINDERS:
        FINDERS.append(finder)
    return finder


def path_of(form: CensusForm) -> str:
    """The address within the home that opens a form without an account."""
    return f"/f/{token_of(form.round_id, form.enterprise_id)}/"


@transaction.atomic
def invite(*, actor: Account, round_id: int, at: datetime) -> Invited:
    """Remind of every form that is still to be handed in, at most once a day each; contacts hear of it by messages."""
    forms = remind(actor=actor, round_id=round_id, at=at)
    if not forms:
        return Invited(0, 0)
    held = access.access_round(actor, round_id, Right.RUN_CENSUS, at=at)
    firms = [form.enterprise_id for form in forms]
    contacts = {firm: to for find in FINDERS for firm, to in find(held.association_id, firms, at).items()}
    names = dict(Card.objects.filter(enterprise__in=contacts).values_list("enterprise_id", "name"))
    told = [
        census_asked(
            contacts[form.enterprise_id],
            firm=names.get(form.enterprise_id, ""),
            census=held.name,
            closes=held.closes_on,
            link=path_of(form),
            at=at,
        )
        for form in forms
        if form.enterprise_id in contacts
    ]
    return Invited(len(forms), sum(told))


@transaction.atomic
def take_links(*, actor: Account, round_id: int, at: datetime) -> Sequence[CensusForm]:
    """The forms that are still to be handed in, for their links to be handed on; that they were taken is kept."""
    held = access.access_round(actor, round_id, Right.RUN_CENSUS, at=at)
    if held.closed_at is not None:
        raise Refused(Refusal.CENSUS_CLOSED)
    forms = list(waiting(held).select_related("enterprise__card").order_by("town", "pk"))
    audit(actor, Verb.CENSUS_LINKS_TAKEN, held, association_id=held.association_id, at=at, forms=len(forms))
    return forms
