"""One check-in or attempt: what was judged, what was corrected, and where it stands in the log."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from zuji.checkin import actions, listings
from zuji.checkin.access import visible_items
from zuji.checkin.models import Campaign, Item
from zuji.console.blocks.files import file_answer
from zuji.console.blocks.forms import Form, attempt
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import desk, show
from zuji.core.errors import NotFound
from zuji.core.templatetags.words import say
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of


class ReasonForm(Form):
    """Why a check-in is taken back."""

    keys = {"reason": "checkin.reason"}
    helped = ("reason",)

    reason = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


@needs(Right.SEE_CHECKINS)
def checkin(request: HttpRequest, campaign_id: int, item_id: UUID) -> HttpResponse:
    """The record; a post takes the check-in back."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_CHECKINS)
    item = _item(request, campaign, item_id)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.take_back(actor=account, campaign_id=campaign.pk, item_id=item.id, reason=reason, at=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("checkin.taken_back"))
        return redirect("console:checkin", campaign.pk, item.id)
    corrections = list(listings.corrections_of(item))
    names = names_of([item.steward_id, *(each.by for each in corrections)])
    return show(
        request,
        "console/checkin.html",
        campaign_page(campaign, "checkins", title=_title(item), lead=gettext("checkin.lead")),
        item=item,
        reasons=[reason for reason in item.reasons.split(",") if reason],
        steward=names.get(item.steward_id or 0),
        corrections=[(each, names.get(each.by or 0) or gettext("history.system")) for each in corrections],
        proof=listings.proof_of(item),
        batch=_batch(item),
        form=form,
        may_take_back=item.state == listings.COUNTED and Right.TAKE_BACK in rights_of(account, at=at),
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_CHECKINS)
def receipt(request: HttpRequest, campaign_id: int, item_id: UUID) -> HttpResponse:
    """The receipt as a file, as the participant's phone keeps it."""
    (_, at), campaign = campaign_desk(request, campaign_id, Right.SEE_CHECKINS)
    proof = listings.proof_of(_item(request, campaign, item_id))
    if proof is None:
        raise NotFound("receipt")
    return file_answer(proof.receipt, name="receipt.json", at=at)


def _item(request: HttpRequest, campaign: Campaign, item_id: UUID) -> Any:  # noqa: ANN401 - an item and what is listed of it
    account, at = desk(request)
    item = listings.items_listed(visible_items(account, at=at)).filter(campaign=campaign, id=item_id).first()
    if item is None:
        raise NotFound("item")
    return item


def _title(item: Item) -> str:
    key = "checkin.title" if item.outcome != "refused" else "checkin.title.attempt"
    return say(key, code=str(item.id)[-4:].upper())


def _batch(item: Item) -> dict[str, object] | None:
    """The log's batch in a form for reading."""
    batch = listings.batch_of(item)
    if batch is None:
        return None
    return {
        "epoch": batch.epoch,
        "size": batch.size,
        "at": datetime.fromtimestamp(batch.time_ms / 1000, tz=UTC),
        "root": bytes(batch.root).hex(),
        "head": bytes(batch.head).hex(),
        "key": batch.key_id,
        "index": (item.leaf_index or 0) + 1,
    }
