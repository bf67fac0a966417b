"""Whose value wins by a dated order of authorities: what an order would change, its setting, and its taking back.

Cards that an order touches are put together anew by a long work, some at once, so that nobody waits in a page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from psycopg.types.range import Range

from zuji.core import works
from zuji.core.audit import audit
from zuji.core.errors import Invalid, Refused
from zuji.core.models import Association, Work
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register import access
from zuji.register.cards import Ground, cells_of, ground_on, rebuild_cards, root_of, told_of
from zuji.register.enums import Verb
from zuji.register.errors import Refusal
from zuji.register.fields import PERSONAL, Field
from zuji.register.judging import day_of, judge
from zuji.register.models import Authority, Card, Precedence
from zuji.register.writing import merged_into

REORDER: Final = "register_reorder"
FIRMS_AT_ONCE: Final = 2000
ORDERED: Final = [each for each in Field if each not in PERSONAL]
"""Fields that can have an order of their own."""


class Ordered(NamedTuple):
    """An order that was set or goes on, and the work that brings cards in line; None where no card is touched."""

    order: Precedence | None
    work: Work | None


class Swap(NamedTuple):
    """A firm's field whose value in force another order would change."""

    enterprise: int
    name: str
    field: str
    before: str
    after: str


@transaction.atomic
def set_precedence(
    *, actor: Account, association_id: int, field: str, authority_ids: Sequence[int], since: date, at: datetime
) -> Ordered:
    """From a day on these authorities win for a field, from first to last; "" is every field without its own order."""
    association = access.access_register(actor, association_id, Right.EDIT_REGISTER, at=at)
    _check(association_id, field, authority_ids)
    _end_last(association.pk, field, since)
    made = Precedence.objects.create(
        association=association, field=field, authorities=list(authority_ids), during=Range(since, None)
    )
    audit(actor, Verb.PRECEDENCE_CHANGED, made, association_id=association.pk, at=at, since=str(since))
    has_come = since <= day_of(association, at)
    return Ordered(made, _ask(actor, association, field, at) if has_come else None)


@transaction.atomic
def take_back_precedence(*, actor: Account, association_id: int, field: str, at: datetime) -> Ordered:
    """The last order for a field was a mistake: it never was, and the one before, if any, goes on."""
    association = access.access_register(actor, association_id, Right.EDIT_REGISTER, at=at)
    last = list(Precedence.objects.filter(association=association, field=field).order_by("-during")[:2])
    if not last:
        raise Refused(Refusal.PRECEDENCE_NONE)
    wrong, kept = last[0], last[1] if len(last) > 1 else None
    since, has_come = wrong.during.lower, wrong.during.lower <= day_of(association, at)
    audit(actor, Verb.PRECEDENCE_TAKEN_BACK, kept or wrong, association_id=association.pk, at=at, since=str(since))
    wrong.delete()
    # an order ends only by the next one, so the one before has no other end
    if kept is not None:
        kept.during = Range(kept.during.lower, None)
        kept.save(update_fields=["during"])
    return Ordered(kept, _ask(actor, association, field, at) if has_come else None)


def preview_precedence(
    *, actor: Account, association_id: int, field: str, authority_ids: Sequence[int], since: date, at: datetime
) -> list[Swap]:
    """Whose value in force this order would change on its day, by name of the firm. Writes nothing."""
    with transaction.atomic():
        access.access_register(actor, association_id, Right.EDIT_REGISTER, at=at)
    _check(association_id, field, authority_ids)
    now = ground_on(association_id, since)
    then = replace(now, orders={**now.orders, field: list(authority_ids)})
    fields = [field] if field else [each.value for each in ORDERED if each not in now.orders]
    cards = dict(_disputed(association_id, fields).values_list("pk", "name"))
    found: list[Swap] = []
    merged = merged_into(association_id)
    for some in _parts(list(cards)):
        found.extend(_swaps(some, merged, (now, then), fields, cards))
    return found


def reorder_where_a_day_begins(at: datetime) -> int:
    """Put cards together anew where an order begins on the day whose first hour this is; how many orders those are.

    Asked once an hour; asked again it changes nothing.
    """
    begun = 0
    for association in Association.objects.order_by("pk"):
        if at.astimezone(ZoneInfo(association.time_zone)).hour == 0:
            starts = Precedence.objects.filter(association=association, during__startswith=day_of(association, at))
            for order in starts.order_by("pk"):
                rebuild_cards(list(_told_often(association.pk, order.field)), association_id=association.pk, at=at)
                begun += 1
    return begun


@works.long_work(REORDER)
def run(progress: works.Progress, facts: works.Facts) -> works.Outcome:
    """Put the cards together anew that several lists tell of; after a death all of them again, to the same end."""
    association_id = progress.work.association_id
    firms, at = list(_told_often(association_id, facts["field"])), datetime.fromisoformat(facts["at"])
    done = 0
    for some in _parts(firms):
        progress.step(done, total=len(firms))
        with progress.beating(), transaction.atomic():
            association = Association.objects.select_for_update(no_key=True).get(pk=association_id)
            rebuild_cards(some, association_id=association_id, at=at)
            judge(some, association_id=association_id, on=day_of(association, at), at=at)
        done += len(some)
    progress.step(done, total=len(firms))
    return {"shown": done}


def _ask(actor: Account, association: Association, field: str, at: datetime) -> Work | None:
    if not (firms := _told_often(association.pk, field).count()):
        return None
    facts = {"field": field, "at": at.isoformat()}
    return works.start(actor=actor, association_id=association.pk, kind=REORDER, facts=facts, total=firms, at=at)


def _check(association_id: int, field: str, authority_ids: Sequence[int]) -> None:
    if field and field not in ORDERED:
        raise Invalid(Refusal.FIELD_NOT_OVERRULED, field="field")
    known = Authority.objects.filter(association=association_id, pk__in=authority_ids).count()
    if known != len(authority_ids):
        raise Invalid(Refusal.PRECEDENCE_AUTHORITIES, field="authority_ids")


def _end_last(association_id: int, field: str, since: date) -> None:
    """End what holds until then; an order of the same first day is written anew."""
    last = Precedence.objects.filter(association=association_id, field=field, during__endswith=None).first()
    if last is None:
        return
    if last.during.lower > since:
        raise Refused(Refusal.PRECEDENCE_TOO_EARLY, field="since", since=str(last.during.lower))
    if last.during.lower == since:
        last.delete()
        return
    last.during = Range(last.during.lower, since)
    last.save(update_fields=["during"])


def _told_often(association_id: int, field: str) -> QuerySet[Card, int]:
    """Firms whose card an order can change: more than one list tells of them."""
    cards = Card.objects.filter(association=association_id, lists__gt=1)
    if field:
        cards = cards.filter(values__has_key=field)
    return cards.order_by("pk").values_list("pk", flat=True)


def _disputed(association_id: int, fields: Sequence[str]) -> QuerySet[Card]:
    """Firms of which lists say more than one thing for one of these fields, by name."""
    cards = Card.objects.filter(association=association_id, lists__gt=1, enterprise__merged_into=None)
    if len(fields) == 1:
        cards = cards.filter(**{f"values__{fields[0]}__others__gt": 0})
    return cards.order_by("sort_key", "pk")


def _swaps(
    some: Sequence[int],
    merged: Mapping[int, int],
    grounds: tuple[Ground, Ground],
    fields: Iterable[str],
    names: Mapping[int, str],
) -> Iterator[Swap]:
    told = told_of(_families(some, merged), grounds[0].on)
    for firm in some:
        for field in (each for each in fields if each not in told[firm].ruled):
            before, after = (cells_of(ground, told[firm], field) for ground in grounds)
            if before and before[0].text != after[0].text:
                yield Swap(firm, names[firm], field, before[0].text, after[0].text)


def _families(firms: Sequence[int], merged: Mapping[int, int]) -> dict[int, list[int]]:
    found = {firm: [firm] for firm in firms}
    for each in sorted(merged):
        if (root := root_of(each, merged)) in found:
            found[root].append(each)
    return found


def _parts(firms: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(firms), FIRMS_AT_ONCE):
        yield firms[start : start + FIRMS_AT_ONCE]
