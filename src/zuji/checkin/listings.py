"""Reads for pages that list: items with names and state, passes with what they did, codes, the log's batches."""

from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from zuji.checkin import access
from zuji.checkin.corrections import row_of_item
from zuji.checkin.enums import CorrectionKind, Outcome
from zuji.checkin.models import (
    Activity,
    Campaign,
    Checkpoint,
    CodeSerial,
    Correction,
    Item,
    LogBatch,
    LogHead,
    Pass,
    SamePerson,
)
from zuji.checkin.receipts import Receipt, check_code, leaf
from zuji.checkin.writing import receipts_of
from zuji.committee.models import ParticipantOrganisation
from zuji.core.errors import NotFound
from zuji.core.ids import unb64
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of

IN_FORCE: Final = """select item_id from facts.checkins
where counted_from <= %s and (taken_back_at is null or taken_back_at > %s)"""
COUNTED: Final = "counted"
PUT_BACK: Final = "put_back"
STATES: Final = (COUNTED, "taken_back", PUT_BACK, "already", "refused")
"""What an item is now: a check-in that counts, one taken back, an item that put one back, a repeat, or refused."""


def items_listed(items: QuerySet[Item]) -> QuerySet[Any]:
    """Items with `state` (one of STATES), `happened` (the arrival where no time was judged), the names of checkpoint
    and organisation, `person` and `nickname`; latest arrival first.
    """
    last = Correction.objects.filter(campaign=OuterRef("campaign"), item_id=OuterRef("id")).order_by("-number")
    checkpoint = Checkpoint.objects.filter(pk=OuterRef("checkpoint_id"))
    organisation = ParticipantOrganisation.objects.filter(pk=OuterRef("organisation_id"))
    walk_pass = Pass.objects.filter(pk=OuterRef("pass_id"))
    return items.annotate(
        last=Subquery(last.values("kind")[:1]),
        state=_state(),
        happened=Coalesce("at", "received_at"),
        checkpoint_zh=Subquery(checkpoint.values("name_zh")),
        checkpoint_en=Subquery(checkpoint.values("name_en")),
        organisation_name=Subquery(organisation.values("name")),
        person=Subquery(walk_pass.values_list(Coalesce("person", "pk", output_field=BigIntegerField()))),
        nickname=Subquery(walk_pass.values("detail__nickname")),
    ).order_by(F("received_at").desc(nulls_last=True), "id")


def _state() -> Case:
    accepted = Q(outcome=Outcome.ACCEPTED)
    return Case(
        When(accepted & Q(first_id__isnull=False), then=Value(PUT_BACK)),
        When(accepted & Q(last=CorrectionKind.TAKEN_BACK), then=Value(CorrectionKind.TAKEN_BACK.value)),
        When(accepted, then=Value(COUNTED)),
        default=F("outcome"),
        output_field=TextField(),
    )


def corrections_of(item: Item) -> QuerySet[Correction]:
    """What was corrected of the check-in behind an item, in order."""
    return Correction.objects.filter(campaign=item.campaign_id, item_id=item.first_id or item.id).order_by("number")


def corrections_listed(items: QuerySet[Item]) -> QuerySet[Any]:
    """The corrections of items, with the organisation, checkpoint and pass that each is about; latest first."""
    found = Correction.objects.filter(campaign__in=items.order_by().values("campaign"))
    return corrections_told(found.filter(item_id__in=items.order_by().values("id"))).order_by("-at", "-batch_id")


def corrections_told(corrections: QuerySet[Correction]) -> QuerySet[Any]:
    """Corrections with the organisation, checkpoint and pass that each is about."""
    item = Item.objects.filter(campaign=OuterRef("campaign"), id=OuterRef("item_id"))
    about = items_listed(item)
    return corrections.annotate(
        organisation_name=Subquery(about.values("organisation_name")[:1]),
        checkpoint_zh=Subquery(about.values("checkpoint_zh")[:1]),
        checkpoint_en=Subquery(about.values("checkpoint_en")[:1]),
        pass_id=Subquery(item.values("pass_id")[:1]),
    )


def batch_of(item: Item) -> LogBatch | None:
    """The log's batch that an item stands in; None for what never got a leaf."""
    return LogBatch.objects.filter(pk=item.batch_id).defer("leaves").first() if item.batch_id else None


def log_heads() -> QuerySet[LogHead]:
    """The head of the home's log, one row."""
    return LogHead.objects.all()


def latest_batches(count: int) -> QuerySet[LogBatch]:
    """The last batches of the home's log, latest first."""
    return LogBatch.objects.order_by("-id").defer("leaves")[:count]


def passes_listed(passes: QuerySet[Pass]) -> QuerySet[Any]:
    """Passes with `checkins`, the number of their check-ins that count, `state` (good, withdrawn) and `origin`
    (signed_up, on_the_spot), in the order of their keys.
    """
    last = Correction.objects.filter(campaign=OuterRef("campaign"), item_id=OuterRef("id")).order_by("-number")
    mine = Item.objects.filter(
        campaign=OuterRef("campaign"), pass_id=OuterRef("pk"), outcome=Outcome.ACCEPTED, first_id=None
    )
    counted = (
        mine.alias(last=last.values("kind")[:1]).filter(~Q(last=CorrectionKind.TAKEN_BACK) | Q(last=None)).order_by()
    )
    number = counted.values("pass_id").annotate(n=Count("id")).values("n")
    return passes.annotate(
        checkins=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        state=Case(When(withdrawn_at=None, then=Value("good")), default=Value("withdrawn")),
        origin=Case(When(on_the_spot=True, then=Value("on_the_spot")), default=Value("signed_up")),
    ).order_by("pk")


def same_person(walk_pass: Pass, *, as_of: datetime | None = None) -> list[Pass]:
    """The other passes that are marked as this one's person, by one mark, in order; now, or just before an instant."""
    is_marked = Q(undone_at=None) if as_of is None else Q(undone_at=None) | Q(undone_at__gte=as_of)
    marks = SamePerson.objects.filter(is_marked, Q(first=walk_pass) | Q(second=walk_pass))
    if as_of is not None:
        marks = marks.filter(marked_at__lt=as_of)
    pairs = marks.values_list("first", "second")
    others = {key for pair in pairs for key in pair} - {walk_pass.pk}
    return list(Pass.objects.filter(pk__in=others).select_related("organisation", "detail").order_by("pk"))


def serials_of(campaign: Campaign) -> QuerySet[CodeSerial]:
    """Every code of a campaign's checkpoints, with its checkpoint and holder."""
    found = CodeSerial.objects.filter(checkpoint__activity__campaign=campaign)
    return found.select_related("holder", "checkpoint__activity__campaign__association").order_by(
        "checkpoint__activity", "checkpoint__order", "kind", "serial"
    )


def visible_poster(account: Account, serial_id: int, *, at: datetime) -> CodeSerial:
    """One poster to print, for whoever may show its checkpoint's codes; NotFound otherwise."""
    checkpoints = access.visible_checkpoints(account, Right.SHOW_CODES, at=at)
    found = CodeSerial.objects.filter(pk=serial_id, kind="p", checkpoint__in=checkpoints)
    serial = found.select_related("checkpoint__activity__campaign__association").first()
    if serial is None:
        raise NotFound("serial")
    return serial


def campaigns_listed(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Campaigns with `passes_count` and `activities_count`, latest first."""
    passes = Pass.objects.filter(campaign=OuterRef("pk"), withdrawn_at=None).order_by().values("campaign")
    activities = Activity.objects.filter(campaign=OuterRef("pk"), rehearsal=False).order_by().values("campaign")
    return campaigns.annotate(passes_count=_counted(passes), activities_count=_counted(activities)).order_by(
        "-opens_on", "pk"
    )


def _counted(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def organisations_without_pass(campaign: Campaign) -> QuerySet[ParticipantOrganisation]:
    """Participant organisations that announced people, but have nobody signed up for a campaign."""
    signed = Pass.objects.filter(organisation=OuterRef("pk"), campaign=campaign, withdrawn_at=None)
    known = ParticipantOrganisation.objects.filter(association=campaign.association_id, expected__gt=0)
    return known.filter(~Exists(signed)).order_by("sort_key", "pk")


def countable_organisations(account: Account, campaign: Campaign, *, at: datetime) -> QuerySet[ParticipantOrganisation]:
    """Whose heads somebody may count on a roll: all of the association's, or a contact's own."""
    scope = scope_of(account, Right.ENTER_ROLL, at=at)
    known = ParticipantOrganisation.objects.filter(association=campaign.association_id).order_by("sort_key", "pk")
    if campaign.association_id in scope.associations or campaign.pk in scope.campaigns:
        return known
    return known.filter(pk__in=scope.organisations)


def walks_of(participant: ParticipantOrganisation) -> QuerySet[Campaign]:
    """The campaigns that an organisation has passes in, each with `passes_count` of its own, latest first."""
    signed = Pass.objects.filter(organisation=participant, withdrawn_at=None, campaign=OuterRef("pk"))
    walked = Campaign.objects.filter(Exists(signed))
    return walked.annotate(passes_count=_counted(signed.order_by().values("campaign"))).order_by("-opens_on", "pk")


def public_campaign(slug: str) -> Campaign:
    """A campaign by its name in addresses, for everybody; NotFound where there is none."""
    found = Campaign.objects.select_related("association").filter(slug=slug).first()
    if found is None:
        raise NotFound("campaign")
    return found


def counted_at(items: QuerySet[Item], cut_off: datetime) -> QuerySet[Item]:
    """The check-ins that a figure with that cut-off counts; the rule stands in `facts.checkins` and nowhere else."""
    return items.filter(id__in=RawSQL(IN_FORCE, [cut_off, cut_off]))  # noqa: S611  (a constant with parameters)


class Proof(NamedTuple):
    """An item's receipt as JSON, and the check code that people compare."""

    receipt: bytes
    check_code: str


def proof_of(item: Item) -> Proof | None:
    """What its participant can show; None for what never got a leaf, or once reduction took the salt."""
    if item.outcome == Outcome.REFUSED or item.salt is None:
        return None
    (receipt,) = receipts_of([row_of_item(item)])
    if receipt is None:
        return None
    read = msgspec.json.decode(receipt, type=Receipt)
    return Proof(receipt, check_code(leaf(unb64(read.salt), read.fields)))
