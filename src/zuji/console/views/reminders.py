"""Reminding organisations, from a campaign's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zuji.checkin.reminding import remind_organisations
from zuji.console.pages import desk
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs


@needs(Right.SEND_REMINDERS)
@require_POST
def campaign_remind(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Remind the organisations that have signed nobody up."""
    account, at = desk(request)
    reminded = remind_organisations(actor=account, campaign_id=campaign_id, at=at)
    messages.success(request, say("remind.done", n=reminded.told))
    if reminded.unreached:
        messages.warning(request, say("remind.unreached", n=reminded.unreached))
    return redirect("console:campaign", campaign_id)
