"""Today: what waits for this account, what has changed, and the figures that may be said."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.briefing import queries
from zuji.briefing.access import visible_associations
from zuji.briefing.figures import Figure
from zuji.checkin.access import visible_campaigns, visible_checkpoints
from zuji.checkin.listings import organisations_without_pass
from zuji.checkin.models import Campaign
from zuji.checkin.viewing import matrix_seen, view_of
from zuji.console.pages import Desk, Page, desk, show
from zuji.core.models import AuditEntry
from zuji.core.templatetags.words import named, say, week_day
from zuji.people.audit import names_of, visible_entries
from zuji.people.enums import Right, Verb
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.trail.access import visible_trails
from zuji.trail.queries import unready_stops

HEADLINES = ("T1", "T2", "T3")
LATEST = 8
SIGN_INS = (Verb.SIGNED_IN, Verb.SIGN_IN_FAILED)


@dataclass(frozen=True)
class Waiting:
    """Something to do: what, how much of it, a note, and where it is done."""

    what: str
    note: str
    do: str
    url: str
    count: int | None = None


@needs(Right.SEE_FRAME)
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    at_desk = desk(request)
    account, at = at_desk
    with timezone.override(account.association.time_zone):
        title = week_day(at)
    return show(
        request,
        "console/today.html",
        Page(task="today", entry="today", title=title, lead=gettext("page.today.lead")),
        main=_main(at_desk),
        waiting=list(_waiting(at_desk)),
        entries=_changed(at_desk),
        figures=_figures(at_desk),
        at=at,
    )


def _main(at_desk: Desk) -> tuple[str, str] | None:
    """What this account most likely came for, while a campaign runs: its words and where it is done."""
    account, at = at_desk
    rights = rights_of(account, at=at)
    campaign = _running(at_desk).first()
    if campaign is None:
        return None
    if Right.SHOW_CODES in rights and Right.EDIT_CAMPAIGNS not in rights:
        return gettext("poster.screen"), reverse("public:steward")
    if Right.IMPORT_WALKERS in rights and Right.EDIT_ORGANISATIONS not in rights:
        return gettext("today.passes"), reverse("console:passes", args=[campaign.pk])
    if Right.SEE_MATRIX in rights:
        return gettext("today.matrix"), reverse("console:matrix", args=[campaign.pk])
    return None


def _running(at_desk: Desk) -> QuerySet[Campaign]:
    account, at = at_desk
    day = timezone.localtime(at).date()
    return visible_campaigns(account, at=at).filter(closes_on__gte=day).order_by("opens_on", "pk")


def _waiting(at_desk: Desk) -> Iterator[Waiting]:
    account, at = at_desk
    rights = rights_of(account, at=at)
    for campaign in _running(at_desk):
        if Right.EDIT_CAMPAIGNS in rights:
            yield from _of_office(at_desk, campaign)
        if Right.SEE_MATRIX in rights:
            yield from _on_phones(at_desk, campaign)
        if Right.CONFIRM_LOCATION in rights:
            yield from _on_the_spot(at_desk, campaign)


def _of_office(at_desk: Desk, campaign: Campaign) -> Iterator[Waiting]:
    """Trails that are not open, and organisations that announced people but signed nobody up."""
    account, at = at_desk
    for trail in visible_trails(account, at=at).filter(activity__campaign=campaign, opened_at=None):
        missing = unready_stops(trail).count()
        note = say("today.trail.unready", n=missing) if missing else gettext("today.trail.ready")
        url = reverse("console:trail", args=[campaign.pk])
        yield Waiting(say("today.trail", trail=named(trail)), note, gettext("today.trail.do"), url, missing or None)
    unsigned = organisations_without_pass(campaign).count()
    if unsigned:
        url = reverse("console:campaign", args=[campaign.pk])
        what = say("today.unsigned", campaign=named(campaign))
        yield Waiting(what, gettext("today.unsigned.note"), gettext("today.unsigned.do"), url, unsigned)


def _on_phones(at_desk: Desk, campaign: Campaign) -> Iterator[Waiting]:
    account, at = at_desk
    view = view_of(account, campaign, at=at)
    cells = [] if view.masked else matrix_seen(campaign, view, as_of=at).cells
    waiting = sum(cell.probably for cell in cells)
    if waiting:
        organisations = len({cell.organisation for cell in cells if cell.probably})
        note = say("today.probably.note", n=organisations)
        url = reverse("console:matrix", args=[campaign.pk]) + "?show=waiting"
        what = say("today.probably", campaign=named(campaign))
        yield Waiting(what, note, gettext("today.probably.do"), url, waiting)


def _on_the_spot(at_desk: Desk, campaign: Campaign) -> Iterator[Waiting]:
    account, at = at_desk
    checkpoints = visible_checkpoints(account, Right.CONFIRM_LOCATION, at=at).filter(
        activity__campaign=campaign, coord_status="unverified", closes_at__gte=at
    )
    for checkpoint in checkpoints:
        what = say("today.location", checkpoint=named(checkpoint))
        url = reverse("public:steward")
        yield Waiting(what, gettext("today.location.note"), gettext("today.location.do"), url)


def _changed(at_desk: Desk) -> list[tuple[AuditEntry, str]]:
    account, at = at_desk
    entries = list(visible_entries(account, at=at).exclude(verb__in=SIGN_INS)[:LATEST])
    names = names_of(entry.actor for entry in entries)
    return [(entry, names.get(entry.actor or 0) or gettext("history.system")) for entry in entries]


def _figures(at_desk: Desk) -> list[Figure]:
    account, at = at_desk
    association = visible_associations(account, at=at).order_by("pk").first()
    if association is None:
        return []
    return [queries.compute(name, association=association, as_of=at) for name in HEADLINES]
