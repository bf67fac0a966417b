"""A roll: those who were there without a phone, entered afterwards with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from zuji.checkin import actions
from zuji.checkin.access import access_checkpoint, visible_checkpoints, visible_passes
from zuji.checkin.listings import countable_organisations
from zuji.checkin.models import Checkpoint
from zuji.checkin.queries import Expected, roster
from zuji.checkin.rolls import Roll, Seats
from zuji.committee.models import ParticipantOrganisation
from zuji.console.blocks.forms import Form, attempt
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import desk, show
from zuji.core.ids import uuid7
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs


class RollForm(Form):
    """Why, when, and whom; heads of an organisation are counted in fields called `seats-<key>`."""

    keys = {"reason": "roll.reason", "at": "roll.at", "nonce": "roll.reason"}
    helped = ("reason", "at")

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    at = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))

    def roll(self, checkpoint: Checkpoint, passes: Sequence[str], seats: Sequence[Seats]) -> Roll:
        """What was entered, as the action wants it; a time of day is meant on the checkpoint's day."""
        chosen = self.cleaned_data["at"]
        opens = timezone.localtime(checkpoint.opens_at)
        was_at = datetime.combine(opens.date(), chosen, opens.tzinfo) if chosen else None
        keys = [int(key) for key in passes if key.isdecimal()]
        return Roll(self.cleaned_data["nonce"], self.cleaned_data["reason"], keys, seats, was_at)


@needs(Right.ENTER_ROLL)
def rolls(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Choose a checkpoint."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.ENTER_ROLL)
    found = visible_checkpoints(account, Right.ENTER_ROLL, at=at).filter(activity__campaign=campaign)
    checkpoints = found.select_related("place__stop__site").order_by("activity__held_on", "activity", "order")
    return show(
        request, "console/rolls.html", campaign_page(campaign, "rolls"), campaign=campaign, checkpoints=checkpoints
    )


@needs(Right.ENTER_ROLL)
def roll(request: HttpRequest, campaign_id: int, checkpoint_id: int) -> HttpResponse:
    """Enter a roll for a checkpoint."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.ENTER_ROLL)
    checkpoint = access_checkpoint(account, checkpoint_id, Right.ENTER_ROLL, at=at)
    organisations = countable_organisations(account, campaign, at=at)
    form = RollForm(request.POST or None, initial={"nonce": uuid7(at)})
    seats = _seats(request, organisations)

    def act() -> None:
        entered = form.roll(checkpoint, request.POST.getlist("pass"), seats)
        outcomes = actions.add_roll(actor=account, checkpoint_id=checkpoint.pk, roll=entered, at=at)
        told = {kind: sum(each["outcome"] == kind for each in outcomes) for kind in ("accepted", "already", "refused")}
        messages.success(request, say("roll.done", **told))

    with timezone.override(campaign.association.time_zone):
        if form.is_valid() and attempt(form, act):
            return redirect("console:matrix", campaign.pk)
    title, lead = say("roll.title", checkpoint=str(checkpoint)), say("roll.lead")
    return show(
        request,
        "console/roll.html",
        campaign_page(campaign, "rolls", title=title, lead=lead),
        form=form,
        checkpoint=checkpoint,
        passes=_roster(request, checkpoint),
        ticked=set(request.POST.getlist("pass")),
        organisations=organisations,
        back=reverse("console:rolls", args=[campaign.pk]),
        status=422 if form.errors else 200,
    )


def _roster(request: HttpRequest, checkpoint: Checkpoint) -> list[Expected]:
    """The passes that may be on this roll, the organisation's own for a contact."""
    account, at = desk(request)
    mine = set(visible_passes(account, Right.ENTER_ROLL, at=at).order_by().values_list("pk", flat=True))
    return [each for each in roster(checkpoint) if each.walk_pass in mine]


def _seats(request: HttpRequest, organisations: QuerySet[ParticipantOrganisation]) -> list[Seats]:
    counts = {each.pk: request.POST.get(f"seats-{each.pk}", "") for each in organisations}
    return [Seats(key, int(count)) for key, count in counts.items() if count.isdecimal() and int(count)]
