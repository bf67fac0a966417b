"""What everybody who holds a campaign's walk is told of it: written, and taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.core.errors import CoreRefusal, Invalid
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.trail import actions

WriteForm = ActForm.of(actions.write_change, words="change", given=("campaign_id",))


@needs(Right.EDIT_TRAIL)
def change_add(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Write a change or a cancellation, in both languages."""
    _, campaign = campaign_desk(request, campaign_id, Right.EDIT_TRAIL)
    back = reverse("console:trail", args=[campaign_id])
    page = campaign_page(campaign, "trail", title=gettext("change.add.title"), lead=gettext("change.add.lead"))
    given = {"campaign_id": campaign_id}
    return act_page(request, Act(page=page, form=WriteForm, given=given, goes=lambda _: back, back=back))


@needs(Right.EDIT_TRAIL)
@require_POST
def change_take_back(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Tell a change no longer."""
    (account, at), _ = campaign_desk(request, campaign_id, Right.EDIT_TRAIL)
    key = request.POST.get("change", "")
    # longer than any key of a row is no key
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Invalid(CoreRefusal.INVALID)
    actions.take_back_change(actor=account, change_id=int(key), at=at)
    messages.success(request, gettext("change.is_back"))
    return redirect("console:trail", campaign_id)
