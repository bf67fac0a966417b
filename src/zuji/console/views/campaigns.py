"""Campaigns: the list, and one with what leads on from it."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.briefing.queries import Stated, definition_of, stated
from zuji.checkin.access import visible_campaigns
from zuji.checkin.listings import campaigns_listed, organisations_without_pass
from zuji.checkin.models import Campaign
from zuji.checkin.viewing import ALL, View, view_of
from zuji.console.blocks import qr
from zuji.console.blocks.chart import chart_file
from zuji.console.blocks.columns import Count, Day, Named
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.campaign_charts import Drawn
from zuji.console.campaigns import campaign_desk
from zuji.console.pages import Crumb, Desk, Page, desk, entry_page, show
from zuji.core.templatetags.words import named, number, say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.trail.access import visible_impressions
from zuji.trail.enums import ImpressionState
from zuji.trail.queries import unready_stops_of

HEADLINES = ("T2", "T3", "T1")
HISTORY = {
    "name_zh": ("campaign.name", ""),
    "opens_on": ("campaign.opens_on", ""),
    "closes_on": ("campaign.closes_on", ""),
    "target_firms": ("campaign.target", ""),
}


class CampaignTable(ListTable):
    name = Named("campaign.name", route="console:campaign", order_by=("name_zh",))
    opens_on = Day("campaign.opens_on")
    closes_on = Day("campaign.closes_on")
    activities_count = Count("campaign.activities")
    target_firms = Count("campaign.target", empty="campaign.no_target")
    passes_count = Count("campaign.passes")


LISTING = Listing(table=CampaignTable, file="campaigns", empty="campaign.empty", template="console/campaigns_list.html")


@needs(Right.SEE_CAMPAIGNS)
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign that this account sees."""
    account, at = desk(request)
    rows = campaigns_listed(visible_campaigns(account, at=at))
    return list_page(request, entry_page("walk", "campaigns"), LISTING, rows)


@needs(Right.SEE_CAMPAIGNS)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: how many walk, when they checked in, what waits, and the addresses that go to the public."""
    at_desk, found = campaign_desk(request, campaign_id, Right.SEE_CAMPAIGNS)
    account, at = at_desk
    rights, view = rights_of(account, at=at), view_of(account, found, at=at)
    with timezone.override(account.association.time_zone):
        drawn = Drawn.of(found, view, day=request.GET.get("day", ""), at=at)
        drawn = drawn if Right.SEE_CHECKINS in rights else drawn.unlinked()
    if answer := chart_file(request, drawn.charts, at=at):
        return answer
    phone = f"{settings.BASE_URL}/walk/{found.pk}"
    return show(
        request,
        "console/campaign.html",
        _page(found, drawn),
        campaign=found,
        activities=found.activities.all(),
        drawn=drawn,
        headlines=_headlines(found, view, at=at) if Right.SEE_FIGURES in rights else [],
        waiting=[each for each in _waiting(at_desk, found, rights) if each[2]],
        unsigned=organisations_without_pass(found) if Right.EDIT_CAMPAIGNS in rights else None,
        phone=phone,
        phone_svg=qr.svg(phone),
        public=f"{settings.BASE_URL}/public/{found.slug}/",
        wall=f"{settings.BASE_URL}/wall/{found.slug}/",
        timeline=timeline(found, HISTORY),
        rights=rights,
    )


def _headlines(found: Campaign, view: View, *, at: datetime) -> list[tuple[str, str, Stated]]:
    """The figures by which the campaign is judged, for whoever sees all of it."""
    if view != ALL:
        return []
    figures = stated(HEADLINES, association=found.association, as_of=at, campaign=found.pk)
    return [(name, gettext(definition_of(name).name), figure) for name, figure in figures.items()]


def _waiting(at_desk: Desk, found: Campaign, rights: set[Right]) -> Iterator[tuple[str, str, int]]:
    """What waits for this account here: in words, where it is done, and how much of it there is."""
    account, at = at_desk
    if Right.DECIDE_IMPRESSIONS in rights:
        rows = visible_impressions(account, Right.DECIDE_IMPRESSIONS, at=at)
        count = rows.filter(campaign=found, state=ImpressionState.WAITING).count()
        yield gettext("campaign.waits.impressions"), reverse("console:impressions", args=[found.pk]), count
    if Right.OPEN_TRAIL in rights:
        count = unready_stops_of(found).count()
        yield gettext("campaign.waits.stops"), reverse("console:trail", args=[found.pk]), count
    if Right.EDIT_CAMPAIGNS in rights:
        count = organisations_without_pass(found).count()
        yield gettext("campaign.waits.unsigned"), "#unsigned", count


def _page(found: Campaign, drawn: Drawn) -> Page:
    crumb = Crumb(gettext("entry.campaigns"), reverse("console:campaigns"))
    return Page(
        task="walk",
        entry="campaigns",
        title=named(found),
        lead=_lead(drawn),
        crumbs=(crumb,),
        campaign_id=found.pk,
    )


def _lead(drawn: Drawn) -> str:
    """The campaign in one sentence, once somebody has walked."""
    if not drawn.people:
        return gettext("campaign.lead")
    people, checkins = (number(drawn.totals[name]) for name in ("people", "checkins"))
    return say("campaign.lead_so_far", people=people, organisations=number(len(drawn.people)), checkins=checkins)
