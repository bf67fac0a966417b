"""The campaign that a page is about, and what its pages have in common."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from zuji.checkin.access import access_campaign
from zuji.checkin.models import Campaign
from zuji.console.pages import Crumb, Desk, Page, desk
from zuji.core.templatetags.words import named, say
from zuji.people.enums import Right


class CampaignDesk(NamedTuple):
    """Who asks, when, and for which campaign."""

    desk: Desk
    campaign: Campaign


def campaign_desk(request: HttpRequest, campaign_id: int, right: Right) -> CampaignDesk:
    """The campaign of a page, for whoever has a right over it."""
    at_desk = desk(request)
    return CampaignDesk(at_desk, access_campaign(at_desk.account, campaign_id, right, at=at_desk.at))


def campaign_page(campaign: Campaign, entry: str, *, title: str = "", lead: str = "", **facts: object) -> Page:
    """A page of a campaign: an entry's own, or one below it when a title is given."""
    top = Crumb(named(campaign), reverse("console:campaign", args=[campaign.pk]))
    below = (Crumb(gettext(f"entry.{entry}"), reverse(f"console:{entry}", args=[campaign.pk])),) if title else ()
    return Page(
        task="walk",
        entry=entry,
        title=title or say(f"page.{entry}.title", **facts),
        lead=lead or say(f"page.{entry}.lead", **facts),
        crumbs=(top, *below),
        campaign_id=campaign.pk,
    )
