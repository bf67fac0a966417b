"""What phones handed in: check-ins and attempts, as a list."""

from datetime import MAXYEAR, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from zuji.checkin.access import visible_campaigns, visible_checkpoints, visible_items
from zuji.checkin.enums import Grade
from zuji.checkin.listings import COUNTED, PUT_BACK, STATES, counted_at, items_listed
from zuji.checkin.models import Campaign, Checkpoint, Item
from zuji.committee.access import visible_participants
from zuji.committee.models import ParticipantOrganisation
from zuji.console.blocks.columns import Code, Moment, MomentLink, Text, Word
from zuji.console.blocks.filters import Given, GivenDay, GivenMoment, ListFilters, Rows, Search, Words, YesNo
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import desk, entry_page
from zuji.core.templatetags import words
from zuji.core.templatetags.words import named
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.trail.access import visible_sites
from zuji.trail.models import Site
from zuji.trail.rhythm import QUARTER

SHAPES = {COUNTED: "yes", PUT_BACK: "yes", "taken_back": "gone", "already": "same", "refused": "no"}


class ItemLink(MomentLink):
    """When it happened; its day alone once the campaign is reduced."""

    def render(self, value: datetime | None, record: Any) -> SafeString:  # noqa: ANN401 - a listed item
        return super().render(value, record) if value else self.linked(words.day(record.local_date), record)

    def value(self, value: datetime | None, **around: Any) -> object:  # noqa: ANN401 - what stands around the cell
        return super().value(value) if value else around["record"].local_date


class PlaceColumn(Text):
    """A checkpoint by its name in the reader's language, of rows that are listed with both."""

    def __init__(self, key: str) -> None:
        super().__init__(key, accessor="checkpoint_zh", order_by=("checkpoint_zh",))

    def render(self, record: Any) -> str:  # noqa: ANN401 - a listed row
        return named({"zh": record.checkpoint_zh, "en": record.checkpoint_en})


class CheckinTable(ListTable):
    happened = ItemLink("checkin.at", route="console:checkin", args=("campaign_id", "id"), empty_values=())
    organisation_name = Text("checkin.organisation")
    checkpoint = PlaceColumn("checkin.checkpoint")
    pass_id = Code("checkin.pass", empty="checkin.seats", css="nb")
    state = Word("checkin.state", prefix="checkin_state", states=SHAPES, css="nb")
    code = Word("checkin.code", prefix="attempt", empty="", css="nb")
    grade = Word("checkin.grade", prefix="grade", empty="")
    late = Word("checkin.late", prefix="late_state", css="nb", empty_values=(None, "", False), empty="")
    evidence = Word("checkin.evidence", prefix="evidence", css="nb", empty="")
    received_at = Moment("checkin.received", empty="checkin.no_time")


def _campaigns(request: HttpRequest) -> QuerySet[Campaign]:
    account, at = desk(request)
    return visible_campaigns(account, Right.SEE_CHECKINS, at=at)


def _organisations(request: HttpRequest) -> QuerySet[ParticipantOrganisation]:
    account, at = desk(request)
    return visible_participants(account, Right.SEE_CHECKINS, at=at)


def _checkpoints(request: HttpRequest) -> QuerySet[Checkpoint]:
    account, at = desk(request)
    rows = visible_checkpoints(account, Right.SEE_CHECKINS, at=at)
    if campaign := request.resolver_match and request.resolver_match.kwargs.get("campaign_id"):
        rows = rows.filter(activity__campaign=campaign)
    return rows.select_related("place__stop__site").order_by("activity__held_on", "activity", "order")


def _door(checkpoint: Checkpoint) -> str:
    """A checkpoint with the site at which it stands, since every site has an entrance."""
    place = getattr(checkpoint, "place", None)
    return f"{named(place.stop.site)} · {named(checkpoint)}" if place else named(checkpoint)


def _sites(request: HttpRequest) -> QuerySet[Site]:
    account, at = desk(request)
    return visible_sites(account, at=at)


class CheckinFilters(ListFilters):
    """`person`, `activity`, `until` and `quarter` have no control: figures and charts lead here by them."""

    q = Search("pass_id", "nickname")
    organisation = Rows("checkin.organisation", queryset=_organisations, field_name="organisation_id")
    site = Rows("checkin.site", queryset=_sites, method="at_site")
    checkpoint = Rows("checkin.checkpoint", queryset=_checkpoints, label_of=_door, field_name="checkpoint_id")
    state = Words("checkin.state", prefix="checkin_state", keys=STATES)
    grade = Words("checkin.grade", prefix="grade", keys=list(Grade))
    late = YesNo("checkin.late")
    person = Given("checkin.person")
    activity = Given("checkin.activity", method="of_activity")
    until = GivenDay("checkin.until", method="counted_until")
    quarter = GivenMoment("checkin.quarter", method="in_quarter")

    def at_site(self, rows: QuerySet[Item], _: str, site: Site) -> QuerySet[Item]:
        return rows.filter(checkpoint_id__in=_checkpoints(self.request).filter(place__stop__site=site).order_by())

    def of_activity(self, rows: QuerySet[Item], _: str, activity: int) -> QuerySet[Item]:
        return rows.filter(checkpoint_id__in=_checkpoints(self.request).filter(activity=activity).order_by())

    def counted_until(self, rows: QuerySet[Item], _: str, day: date) -> QuerySet[Item]:
        """What a figure with that cut-off counted: in force at the day's end, and no rehearsal."""
        account, _at = desk(self.request)
        return counted_at(rows, datetime.combine(day, datetime.max.time(), ZoneInfo(account.association.time_zone)))

    def in_quarter(self, rows: QuerySet[Item], _: str, begins: datetime) -> QuerySet[Item]:
        """Within the quarter of an hour that begins there, as the association's clocks have it."""
        account, _at = desk(self.request)
        since = timezone.make_naive(begins).replace(tzinfo=ZoneInfo(account.association.time_zone))
        # the calendar's ends have no quarter after them, or no instant in another zone
        return rows.filter(at__gte=since, at__lt=since + QUARTER) if 1 < since.year < MAXYEAR else rows.none()


class AllFilters(CheckinFilters):
    campaign = Rows("checkin.campaign", queryset=_campaigns)


OF_ONE = Listing(table=CheckinTable, filters=CheckinFilters, file="checkins", empty="checkin.empty")
OF_ALL = Listing(table=CheckinTable, filters=AllFilters, file="checkins", empty="checkin.empty")


@needs(Right.SEE_CHECKINS)
def checkins(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A campaign's check-ins and attempts."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_CHECKINS)
    rows = visible_items(account, at=at).filter(campaign=campaign)
    return list_page(request, campaign_page(campaign, "checkins"), OF_ONE, items_listed(rows))


@needs(Right.SEE_CHECKINS)
def all_checkins(request: HttpRequest) -> HttpResponse:
    """Those of every campaign, to which a figure's rows lead."""
    account, at = desk(request)
    return list_page(request, entry_page("walk", "checkins"), OF_ALL, items_listed(visible_items(account, at=at)))
