"""Codes of a campaign's checkpoints: posters to issue and print, and every code that can be withdrawn alone."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.checkin import actions
from zuji.checkin.access import visible_checkpoints
from zuji.checkin.listings import serials_of, visible_poster
from zuji.console.blocks.files import file_answer
from zuji.console.blocks.once import once
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import show
from zuji.console.poster import poster
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.trail.documents import places_of


@needs(Right.SHOW_CODES)
def posters(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The checkpoints, each with its codes."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SHOW_CODES)
    places = places_of(campaign.pk)
    serials = {key: list(group) for key, group in groupby(serials_of(campaign), key=lambda each: each.checkpoint_id)}
    checkpoints = visible_checkpoints(account, Right.SHOW_CODES, at=at).filter(activity__campaign=campaign)
    listed = [
        {"checkpoint": each, "site": places.get(each.pk, {}).get("site"), "serials": serials.get(each.pk, [])}
        for each in checkpoints.order_by("activity__held_on", "activity", "order")
    ]
    page = campaign_page(campaign, "posters")
    return show(
        request, "console/posters.html", page, campaign=campaign, listed=listed, rights=rights_of(account, at=at)
    )


@needs(Right.SHOW_CODES)
@require_POST
def poster_issue(request: HttpRequest, campaign_id: int, checkpoint_id: int) -> HttpResponse:
    """A new poster for a checkpoint."""
    (account, at), _ = campaign_desk(request, campaign_id, Right.SHOW_CODES)

    def act() -> None:
        made = actions.issue_poster(actor=account, checkpoint_id=checkpoint_id, at=at)
        messages.success(request, gettext("poster.issued").format(number=made.serial))

    once(request, act)
    return redirect("console:posters", campaign_id)


@needs(Right.SHOW_CODES)
def poster_print(request: HttpRequest, campaign_id: int, serial_id: int) -> HttpResponse:
    """The poster on one sheet of A3."""
    (account, at), _ = campaign_desk(request, campaign_id, Right.SHOW_CODES)
    serial = visible_poster(account, serial_id, at=at)
    site = places_of(serial.checkpoint.activity.campaign_id).get(serial.checkpoint_id)
    return file_answer(poster(serial, site, at=at), name=f"poster-{serial.serial}.pdf", at=at, inline=True)


@needs(Right.SHOW_CODES)
@require_POST
def serial_withdraw(request: HttpRequest, campaign_id: int, serial_id: int) -> HttpResponse:
    """Withdraw one code and no other."""
    (account, at), _ = campaign_desk(request, campaign_id, Right.SHOW_CODES)
    actions.withdraw_serial(actor=account, serial_id=serial_id, at=at)
    messages.success(request, gettext("poster.withdrawn"))
    return redirect("console:posters", campaign_id)
