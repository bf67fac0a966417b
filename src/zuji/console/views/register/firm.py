"""A firm's record: each field with where its value came from, its rows, what the rules say and why, what happened."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.committee.access import visible_organisations
from zuji.console.blocks.record import asked, history
from zuji.console.pages import Crumb, Page, desk, show
from zuji.console.views.register.fields import fields_shown
from zuji.console.views.register.told import answers_told, organisations_told, rows_told
from zuji.console.views.register.words import town_named
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.register import queries
from zuji.register.access import access_enterprise
from zuji.register.filings import filings_of
from zuji.register.models import Enterprise

SEES_PERSONS = {Right.DECIDE_DOUBTS, Right.EDIT_REGISTER}
"""Whoever works on the register is told who stands behind a firm; whoever looks at it is not."""


@needs(Right.SEE_REGISTER)
def firm(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """One firm; of one that was found to be another, only that, and the way to it."""
    account, at = desk(request)
    found = access_enterprise(account, enterprise_id, Right.SEE_REGISTER, at=at)
    rights = rights_of(account, at=at)
    if found.merged_into_id:
        return _moved(request, found, rights)
    with timezone.override(account.association.time_zone):
        steps = history(request, found)
    rows = rows_told(found)
    record = queries.record_of(found, at=at, persons=bool(rights & SEES_PERSONS))
    return show(
        request,
        "console/register/firm.html",
        below_list(name_of(found), lead_of(found)),
        found=found,
        card=getattr(found, "card", None),
        fields=fields_shown(record, {row.key: row.source for row in rows}),
        answers=answers_told(found, asked(request).today),
        organisations=organisations_told(found, organisations_seen(request), asked(request).today),
        filings=filings_of(found),
        rows=rows,
        timeline=steps,
        rights=rights,
    )


def organisations_seen(request: HttpRequest) -> set[int]:
    """The organisations that are one's to see."""
    account, at = desk(request)
    return set(visible_organisations(account, at=at).values_list("pk", flat=True))


def _moved(request: HttpRequest, found: Enterprise, rights: set[Right]) -> HttpResponse:
    became = queries.resolved(found.pk)
    page = below_list(name_of(found), gettext("firm.moved.lead"))
    steps = history(request, found)
    return show(
        request, "console/register/firm_moved.html", page, found=found, became=became, timeline=steps, rights=rights
    )


def lead_of(found: Enterprise) -> str:
    """What a firm is in a few words, as far as it is known."""
    card = getattr(found, "card", None)
    if card is None:
        return gettext("firm.record.lead")
    status = gettext(f"enterprise_status.{card.status}")
    facts = {"status": status, "town": town_named(card.town), "lists": card.lists}
    return say("firm.record.of", n=card.rows, **facts)


def name_of(found: Enterprise) -> str:
    """What a firm is called; without a card it has its number alone."""
    card = getattr(found, "card", None)
    return card.name if card else str(found)


def page_of(enterprise_id: int) -> str:
    """The address of a firm's page."""
    return reverse("console:firm", args=[enterprise_id])


def below_list(title: str, lead: str, *above: Crumb) -> Page:
    """A page below the list of firms."""
    crumb = Crumb(gettext("entry.firms"), reverse("console:firms"))
    return Page(task="register", entry="firms", title=title, lead=lead, crumbs=(crumb, *above))
