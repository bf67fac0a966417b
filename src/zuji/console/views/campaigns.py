"""Campaigns: the list, and one with what leads on from it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.briefing.queries import walk_totals
from zuji.checkin.access import visible_campaigns
from zuji.checkin.listings import campaigns_listed, organisations_without_pass
from zuji.checkin.models import Campaign
from zuji.checkin.viewing import view_of
from zuji.console.blocks import qr
from zuji.console.blocks.columns import Count, Day, Named
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.campaigns import campaign_desk
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.core.templatetags.words import named
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of

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


LISTING = Listing(table=CampaignTable, file="campaigns", empty="campaign.empty")


@needs(Right.SEE_CAMPAIGNS)
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign that this account sees."""
    account, at = desk(request)
    rows = campaigns_listed(visible_campaigns(account, at=at))
    return list_page(request, entry_page("walk", "campaigns"), LISTING, rows)


@needs(Right.SEE_CAMPAIGNS)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: its days, how many walk, and the addresses that go to the public."""
    (account, at), found = campaign_desk(request, campaign_id, Right.SEE_CAMPAIGNS)
    phone = f"{settings.BASE_URL}/walk/{found.pk}"
    rights = rights_of(account, at=at)
    return show(
        request,
        "console/campaign.html",
        _page(found),
        campaign=found,
        activities=found.activities.all(),
        totals=walk_totals(found, view_of(account, found, at=at), as_of=at),
        unsigned=organisations_without_pass(found) if Right.EDIT_CAMPAIGNS in rights else None,
        phone=phone,
        phone_svg=qr.svg(phone),
        public=f"{settings.BASE_URL}/public/{found.slug}/",
        timeline=timeline(found, HISTORY),
        today=timezone.localdate(at),
        rights=rights,
    )


def _page(found: Campaign) -> Page:
    crumb = Crumb(gettext("entry.campaigns"), reverse("console:campaigns"))
    return Page(
        task="walk",
        entry="campaigns",
        title=named(found),
        lead=gettext("campaign.lead"),
        crumbs=(crumb,),
        campaign_id=found.pk,
    )
