"""Lists of walkers become passes. A list is read and dropped; of a person stays a nickname, where one is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.crypto import salted_hmac

from zuji.checkin.access import access_campaign
from zuji.checkin.enums import Verb
from zuji.checkin.errors import Refusal
from zuji.checkin.models import Campaign, Pass, PassDetail
from zuji.committee.access import access_participant, visible_participants
from zuji.committee.imports import NAME_HEADERS, Imported, sift
from zuji.committee.names import folded
from zuji.core.audit import audit
from zuji.core.errors import CoreRefusal, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.core.sheets import Column, Row, read_table
from zuji.core.sheets.folding import clean, unreadable
from zuji.people.enums import Right
from zuji.people.models import Account

TEXT_CHARS = 40
TYPED_AT_MOST = 500
LISTED_AT_MOST = 20_000
COLUMNS = (
    Column("organisation", NAME_HEADERS, required=True, limit=120),
    Column("nickname", ("昵称", "称呼", "姓名或昵称", "姓名", "网名"), limit=TEXT_CHARS),
    Column("group", ("分组", "组别", "小组", "队伍"), limit=TEXT_CHARS),
)


@dataclass(frozen=True, kw_only=True)
class NewWalker:
    """One walker of an organisation: a nickname or nothing, and the group to walk with, if any."""

    organisation_id: int
    nickname: str = ""
    group: str = ""


@transaction.atomic
def import_walkers(
    *, actor: Account, campaign_id: int, data: bytes, file: str, at: datetime, again: bool = False
) -> Imported:
    """A pass for each good row of a workbook; rows of organisations that are not the actor's to sign up come back.

    The same file twice is refused unless `again` says that it is meant, since rows without a name cannot be told apart.
    """
    campaign = _running_campaign(actor, campaign_id, at)
    own = visible_participants(actor, Right.IMPORT_WALKERS, at=at).filter(association=campaign.association_id)
    keys = {folded(name): key for key, name in own.values_list("pk", "name")}
    table = read_table(data, file=file, columns=COLUMNS)
    if len(table) > LISTED_AT_MOST:
        raise Invalid(Refusal.WALKERS_TOO_MANY, limit=LISTED_AT_MOST)
    # salted, since the bare digest of a short list of nicknames could be guessed
    seal = salted_hmac("zuji.walkers", data, algorithm="sha256").hexdigest()
    if not again and _is_known(campaign, seal):
        raise Refused(Refusal.WALKERS_LIST_KNOWN, file=file)

    def check(row: Row) -> None:
        # one answer for unknown and for somebody else's, or a contact could ask who takes part
        if folded(row["organisation"]) not in keys:
            row.reject(Refusal.NOT_YOUR_ORGANISATION, "organisation")

    good, bad = sift(table, check)
    added = _make(campaign, (_walker(row, keys) for row in good), at=at)
    counts = {"added": len(added), "returned": len(bad), "list": seal}
    audit(actor, Verb.WALKERS_ADDED, campaign, association_id=campaign.association_id, at=at, **counts)
    return Imported(added=added, rejects=bad, table=table)


@transaction.atomic
def add_walkers(*, actor: Account, campaign_id: int, walkers: Sequence[NewWalker], at: datetime) -> list[int]:
    """A pass for each typed walker; returns their keys in order. One that cannot be used refuses them all."""
    campaign = _running_campaign(actor, campaign_id, at)
    if not walkers:
        raise Invalid(Refusal.WALKERS_MISSING)
    if len(walkers) > TYPED_AT_MOST:
        raise Invalid(Refusal.WALKERS_TOO_MANY, limit=TYPED_AT_MOST)
    for organisation_id in sorted({walker.organisation_id for walker in walkers}):
        organisation = access_participant(actor, organisation_id, Right.IMPORT_WALKERS, at=at)
        if organisation.association_id != campaign.association_id:
            raise NotFound("participant_organisation")
    added = _make(campaign, [_judged(walker) for walker in walkers], at=at)
    audit(actor, Verb.WALKERS_ADDED, campaign, association_id=campaign.association_id, at=at, added=len(added))
    return added


def _running_campaign(actor: Account, campaign_id: int, at: datetime) -> Campaign:
    """The campaign to sign up for, locked, so that one list sent twice at once is seen to be the same."""
    access_campaign(actor, campaign_id, Right.IMPORT_WALKERS, at=at)
    campaign = Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("association")
    found = campaign.get(pk=campaign_id)
    if at.astimezone(ZoneInfo(found.association.time_zone)).date() > found.closes_on:
        raise Refused(Refusal.CAMPAIGN_OVER)
    return found


def _is_known(campaign: Campaign, seal: str) -> bool:
    lists = AuditEntry.objects.filter(verb=Verb.WALKERS_ADDED, kind=campaign._meta.label_lower, key=str(campaign.pk))
    return lists.filter(facts__list=seal).exists()


def _walker(row: Row, keys: dict[str, int]) -> NewWalker:
    organisation_id = keys[folded(row["organisation"])]
    return NewWalker(organisation_id=organisation_id, nickname=row["nickname"] or "", group=row["group"] or "")


def _judged(walker: NewWalker) -> NewWalker:
    texts = {"nickname": clean(walker.nickname), "group": clean(walker.group)}
    for field, text in texts.items():
        if unreadable(text):
            raise Invalid(CoreRefusal.TEXT_HAS_NUL, field=field)
        if len(text) > TEXT_CHARS:
            raise Invalid(Refusal.BAD_TEXT, field=field)
    return NewWalker(organisation_id=walker.organisation_id, **texts)


def _make(campaign: Campaign, walkers: Iterable[NewWalker], *, at: datetime) -> list[int]:
    listed = list(walkers)
    made = Pass.objects.bulk_create(
        Pass(campaign=campaign, organisation_id=walker.organisation_id, group=walker.group, joined_at=at)
        for walker in listed
    )
    PassDetail.objects.bulk_create(
        PassDetail(walk_pass=walk_pass, nickname=walker.nickname)
        for walk_pass, walker in zip(made, listed, strict=True)
        if walker.nickname
    )
    return [walk_pass.pk for walk_pass in made]
