"""Whoever sends lists, and what its headings mean."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zuji.core.audit import audit
from zuji.core.errors import CoreRefusal, Invalid, Refused
from zuji.core.models import Association
from zuji.core.sheets.folding import clean, squeeze, unreadable
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.access import access_register
from zuji.register.enums import Verb
from zuji.register.errors import Refusal
from zuji.register.fields import Field
from zuji.register.models import Authority

NAME_CHARS = 80


@transaction.atomic
def add_authority(*, actor: Account, association_id: int, name: str, at: datetime) -> Authority:
    """Name somebody who sends lists; Refused where the association has one of that name."""
    association = access_register(actor, association_id, Right.IMPORT_LISTS, at=at)
    name = clean(name)
    _judge(name)
    if Authority.objects.filter(association=association, name=name).exists():
        raise Refused(Refusal.AUTHORITY_NAME_TAKEN, field="name", name=name)
    made = Authority.objects.create(association=association, name=name)
    audit(actor, Verb.AUTHORITY_ADDED, made, association_id=association.pk, at=at)
    return made


@transaction.atomic
def authority_named(association_id: int, name: str, *, at: datetime) -> Authority:
    """The authority of a name, added by the home itself where there is none."""
    Association.objects.select_for_update(no_key=True).get(pk=association_id)
    name = clean(name)
    _judge(name)
    found, is_new = Authority.objects.get_or_create(association_id=association_id, name=name)
    if is_new:
        audit(None, Verb.AUTHORITY_ADDED, found, association_id=association_id, at=at)
    return found


def _judge(name: str) -> None:
    if not name:
        raise Invalid(Refusal.AUTHORITY_NAME_MISSING, field="name")
    if unreadable(name):
        raise Invalid(CoreRefusal.TEXT_HAS_NUL, field="name")
    if len(name) > NAME_CHARS:
        raise Invalid(Refusal.AUTHORITY_NAME_TOO_LONG, field="name", limit=NAME_CHARS)


def remembered(authority: Authority) -> dict[str, Field]:
    """What the headings of an authority's lists meant before, squeezed; a field that is no more is forgotten."""
    return {heading: Field(field) for heading, field in authority.headings.items() if field in set(Field)}


def remember(authority: Authority, headings: Mapping[str, Field]) -> None:
    """Keep what headings mean for the authority's next list."""
    fresh = authority.headings | {squeeze(heading): str(field) for heading, field in headings.items() if heading}
    if fresh != authority.headings:
        authority.headings = fresh
        authority.save(update_fields=["headings"])
