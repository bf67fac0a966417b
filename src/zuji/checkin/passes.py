"""Passes: joining on the spot, losing one, and being one person with two."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from zuji.checkin import access
from zuji.checkin.enums import Verb, WithdrawReason
from zuji.checkin.errors import Refusal
from zuji.checkin.models import Campaign, Pass, PassDetail, SamePerson
from zuji.committee.models import ParticipantOrganisation
from zuji.core.audit import audit
from zuji.core.errors import Invalid, NotFound, Refused
from zuji.people.enums import Right
from zuji.people.models import Account

JOINS_FOR = timedelta(days=7)
NICKNAME_CHARS = 40


class Joining(NamedTuple):
    """What a phone asks for when it joins: its own token, the walk, and by what it belongs to an organisation."""

    token: bytes
    campaign_id: int
    join_code: str | None = None
    organisation_id: int | None = None
    nickname: str | None = None


@transaction.atomic
def join(*, joining: Joining, at: datetime) -> Pass:
    """Make the pass whose token the phone drew. The same again gets the same pass; another content is refused."""
    campaign = Campaign.objects.select_related("association").filter(pk=joining.campaign_id).first()
    if campaign is None:
        raise NotFound("campaign")
    if "\0" in (joining.nickname or "") or len(joining.nickname or "") > NICKNAME_CHARS:
        raise Invalid(Refusal.BAD_TEXT)
    organisation = _organisation(campaign, joining)
    values = {"campaign": campaign, "organisation": organisation, "joined_at": at, "on_the_spot": True}
    last_day = at.astimezone(ZoneInfo(campaign.association.time_zone)).date() - JOINS_FOR
    if last_day > campaign.closes_on and not Pass.objects.filter(token=joining.token).exists():
        raise Refused(Refusal.CAMPAIGN_OVER)
    walk_pass, new = Pass.objects.get_or_create(token=joining.token, defaults=values)
    if new and joining.nickname:
        PassDetail.objects.create(walk_pass=walk_pass, nickname=joining.nickname)
    held = PassDetail.objects.filter(walk_pass=walk_pass).values_list("nickname", flat=True).first() or None
    same = (campaign.pk, organisation.pk, joining.nickname or None)
    if (walk_pass.campaign_id, walk_pass.organisation_id, held) != same:
        raise Refused(Refusal.TOKEN_REUSED)
    return walk_pass


def _organisation(campaign: Campaign, joining: Joining) -> ParticipantOrganisation:
    known = ParticipantOrganisation.objects.filter(association=campaign.association_id)
    if joining.join_code:
        found = known.filter(join_code=joining.join_code.upper()).first()
        if found is None:
            raise Refused(Refusal.UNKNOWN_JOIN_CODE)
        return found
    if not campaign.join_by_list or joining.organisation_id is None:
        raise Refused(Refusal.JOIN_BY_CODE_ONLY)
    found = known.filter(pk=joining.organisation_id).first()
    if found is None:
        raise NotFound("organisation")
    return found


@transaction.atomic
def withdraw_pass(*, actor: Account, pass_id: int, reason: WithdrawReason | None = None, at: datetime) -> Pass:
    """From now on it checks in nobody; what it did before stays. Withdrawing again changes nothing."""
    walk_pass = access.access_pass(actor, pass_id, Right.ISSUE_PASSES, at=at, lock=True)
    if walk_pass.withdrawn_at is None:
        _withdraw(actor, walk_pass, at, reason)
    return walk_pass


def _withdraw(actor: Account, walk_pass: Pass, at: datetime, reason: WithdrawReason | None) -> None:
    walk_pass.withdrawn_at = at
    walk_pass.save(update_fields=["withdrawn_at"])
    why = {"reason": str(reason)} if reason else {}
    audit(actor, Verb.PASS_WITHDRAWN, walk_pass, association_id=walk_pass.campaign.association_id, at=at, **why)


@transaction.atomic
def replace_pass(*, actor: Account, pass_id: int, at: datetime) -> Pass:
    """A new pass for whoever lost this one, which is withdrawn; the two count as one person."""
    lost = access.access_pass(actor, pass_id, Right.ISSUE_PASSES, at=at, lock=True)
    if lost.withdrawn_at is None:
        _withdraw(actor, lost, at, WithdrawReason.LOST)
    same = {"campaign": lost.campaign, "organisation": lost.organisation, "group": lost.group}
    fresh = Pass.objects.create(joined_at=at, **same)
    if detail := PassDetail.objects.filter(walk_pass=lost).first():
        PassDetail.objects.create(walk_pass=fresh, nickname=detail.nickname)
    _mark(actor, lost, fresh, at)
    audit(actor, Verb.PASS_REPLACED, lost, association_id=lost.campaign.association_id, at=at, by=fresh.pk)
    return fresh


@transaction.atomic
def mark_same_person(*, actor: Account, first_id: int, second_id: int, at: datetime) -> SamePerson:
    """Two passes are one person's, as a contact or steward says. Marked already, it stays as it is."""
    low, high = sorted((first_id, second_id))
    first = access.access_pass(actor, low, Right.MARK_SAME_PERSON, at=at, lock=True)
    second = access.access_pass(actor, high, Right.MARK_SAME_PERSON, at=at, lock=True)
    return _mark(actor, first, second, at)


@transaction.atomic
def mark_own_passes(*, tokens: tuple[bytes, bytes], at: datetime) -> SamePerson:
    """The same by the holder, who proves it by both tokens."""
    passes = sorted((access.pass_by_token(token) for token in tokens), key=lambda each: each.pk)
    first, second = (access.pass_by_token(bytes(each.token or b""), lock=True) for each in passes)
    return _mark(None, first, second, at)


def _mark(actor: Account | None, first: Pass, second: Pass, at: datetime) -> SamePerson:
    if first.pk == second.pk:
        raise Refused(Refusal.SAME_PASS)
    if first.campaign_id != second.campaign_id:
        raise Refused(Refusal.OTHER_CAMPAIGN)
    low, high = sorted((first, second), key=lambda each: each.pk)
    mark, new = SamePerson.objects.get_or_create(
        first=low, second=high, undone_at=None, defaults={"marked_at": at, "marked_by": actor}
    )
    if new:
        _name_people({low.pk, high.pk})
        association_id = low.campaign.association_id
        audit(actor, Verb.PASSES_MARKED_SAME, low, association_id=association_id, at=at, other=high.pk)
    return mark


@transaction.atomic
def undo_same_person(*, actor: Account, first_id: int, second_id: int, at: datetime) -> SamePerson:
    """They are two people after all; each keeps its check-ins, and figures count both again."""
    low, high = sorted((first_id, second_id))
    first = access.access_pass(actor, low, Right.MARK_SAME_PERSON, at=at, lock=True)
    access.access_pass(actor, high, Right.MARK_SAME_PERSON, at=at, lock=True)
    mark = SamePerson.objects.select_for_update().filter(first=low, second=high, undone_at=None).first()
    if mark is None:
        raise Refused(Refusal.NOT_MARKED)
    mark.undone_at = at
    mark.save(update_fields=["undone_at"])
    _name_people({low, high})
    association_id = first.campaign.association_id
    audit(actor, Verb.SAME_MARK_UNDONE, first, association_id=association_id, at=at, other=high)
    return mark


def _name_people(touched: Iterable[int]) -> None:
    """Anew for everybody who hangs together with these: the pass with the lowest key stands for the person."""
    left = set(touched)
    while left:
        group = _together(min(left))
        stands = min(group)
        others = Pass.objects.select_for_update().filter(pk__in=sorted(group)).order_by("pk")
        for walk_pass in others:
            person = stands if walk_pass.pk != stands else None
            if walk_pass.person != person:
                walk_pass.person = person
                walk_pass.save(update_fields=["person"])
        left -= group


def _together(pass_id: int) -> set[int]:
    group, fresh = {pass_id}, {pass_id}
    while fresh:
        marks = SamePerson.objects.filter(Q(first__in=fresh) | Q(second__in=fresh), undone_at=None)
        fresh = {key for pair in marks.values_list("first_id", "second_id") for key in pair} - group
        group |= fresh
    return group
