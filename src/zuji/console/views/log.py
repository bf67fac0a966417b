"""A campaign's change log: what happened to the campaign and to all that hangs on it."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse

from zuji.briefing.enums import Verb as OfFigures
from zuji.checkin.enums import Verb as OfCheckins
from zuji.console.blocks.filters import Words
from zuji.console.blocks.lists import Listing, list_page
from zuji.console.blocks.objects import THINGS, changes
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.views.audit import ToldFilters, ToldTable
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.trail.enums import Verb as OfTrails

KINDS = [thing.kind for thing in THINGS if hasattr(apps.get_model(thing.kind), "campaign_path")]
VERBS = [str(verb) for verbs in (OfTrails, OfCheckins, OfFigures) for verb in verbs]


class LogFilters(ToldFilters):
    """The same, among what can happen to a campaign."""

    verb = Words("log.verb", prefix="verb", keys=VERBS)
    kind = Words("audit.kind", prefix="kind", keys=KINDS)


LOG = Listing(table=ToldTable, filters=LogFilters, file="log", empty="log.empty", template="console/audit.html")


@needs(Right.SEE_CAMPAIGNS)
def log(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What happened to whatever of this campaign somebody sees; the office sees all of it."""
    at_desk, campaign = campaign_desk(request, campaign_id, Right.SEE_CAMPAIGNS)
    rows = changes(at_desk).filter(campaign=campaign.pk)
    return list_page(request, campaign_page(campaign, "log"), LOG, rows)
