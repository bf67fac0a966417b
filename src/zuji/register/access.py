"""To fetch is to be allowed: authorities, their lists and the register itself as somebody may see them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from zuji.core.errors import Forbidden, NotFound
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of
from zuji.register.models import Authority, Card, Doubt, Enterprise, Precedence, SourceList


def access_register(account: Account | None, association_id: int, right: Right, *, at: datetime) -> Association:
    """An association whose register somebody may act on, locked, so that acts on it are judged in turn."""
    if association_id not in scope_of(account, right, at=at).associations:
        seen = association_id in scope_of(account, Right.SEE_REGISTER, at=at).associations
        raise Forbidden(right) if seen else NotFound("association")
    return Association.objects.select_for_update(no_key=True).get(pk=association_id)


def visible_authorities(
    account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime
) -> QuerySet[Authority]:
    """Authorities of the associations over which somebody has a right."""
    return Authority.objects.filter(association__in=scope_of(account, right, at=at).associations)


def access_authority(account: Account | None, authority_id: int, right: Right, *, at: datetime) -> Authority:
    """One authority to act on. Unseen is NotFound; seen without the right is Forbidden."""
    found = visible_authorities(account, right, at=at).filter(pk=authority_id).first()
    if found is None:
        seen = visible_authorities(account, at=at).filter(pk=authority_id).exists()
        raise Forbidden(right) if seen else NotFound("authority")
    return found


def visible_lists(account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime) -> QuerySet[SourceList]:
    """Lists of the authorities over which somebody has a right, with their authority, latest first."""
    rows = SourceList.objects.filter(authority__association__in=scope_of(account, right, at=at).associations)
    return rows.select_related("authority").order_by("-staged_at", "-pk")


def access_list(account: Account | None, list_id: int, right: Right, *, at: datetime, lock: bool = False) -> SourceList:
    """One list to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_lists(account, right, at=at)
    found = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).filter(pk=list_id).first()
    if found is None:
        seen = visible_lists(account, at=at).filter(pk=list_id).exists()
        raise Forbidden(right) if seen else NotFound("list")
    return found


def visible_enterprises(
    account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime
) -> QuerySet[Enterprise]:
    """Firms of the associations over which somebody has a right, those too that were found to be others."""
    rows = Enterprise.objects.filter(association__in=scope_of(account, right, at=at).associations)
    return rows.select_related("card")


def access_enterprise(
    account: Account | None, enterprise_id: int, right: Right, *, at: datetime, lock: bool = False
) -> Enterprise:
    """One firm to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_enterprises(account, right, at=at)
    found = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).filter(pk=enterprise_id).first()
    if found is None:
        seen = visible_enterprises(account, at=at).filter(pk=enterprise_id).exists()
        raise Forbidden(right) if seen else NotFound("enterprise")
    return found


def visible_cards(account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime) -> QuerySet[Card]:
    """Firms as they stand, by name; what was found to be another firm is told of there."""
    return cards_of(scope_of(account, right, at=at).associations)


def cards_of(associations: Collection[int]) -> QuerySet[Card]:
    """The same of these associations, for whoever may see them."""
    rows = Card.objects.filter(association__in=associations, enterprise__merged_into=None)
    return rows.order_by("sort_key", "pk")


def visible_doubts(account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime) -> QuerySet[Doubt]:
    """Doubtful pairs of the associations over which somebody has a right, the most useful first."""
    return Doubt.objects.filter(association__in=scope_of(account, right, at=at).associations)


def access_doubt(account: Account | None, doubt_id: int, right: Right, *, at: datetime, lock: bool = False) -> Doubt:
    """One doubtful pair to decide. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_doubts(account, right, at=at)
    found = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).filter(pk=doubt_id).first()
    if found is None:
        seen = visible_doubts(account, at=at).filter(pk=doubt_id).exists()
        raise Forbidden(right) if seen else NotFound("doubt")
    return found


def visible_precedences(
    account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime
) -> QuerySet[Precedence]:
    """Orders of authorities of the associations over which somebody has a right."""
    return Precedence.objects.filter(association__in=scope_of(account, right, at=at).associations)
