"""One pass: its code and link, its check-ins, and whether another pass is the same person's."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.checkin import actions
from zuji.checkin.access import access_pass, visible_items
from zuji.checkin.listings import items_listed, same_person
from zuji.checkin.models import Pass
from zuji.console.blocks import qr
from zuji.console.blocks.files import file_answer
from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.history import timeline
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import desk, show
from zuji.console.pass_sheet import pass_sheet, pass_url
from zuji.core.errors import NotFound
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of


class SameForm(Form):
    """Which other pass is the same person's."""

    keys = {"other": "pass.other"}
    helped = ("other",)

    other = forms.IntegerField(min_value=1)


@needs(Right.SEE_PASSES)
def walk_pass(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """The pass."""
    return _record(request, _found(request, campaign_id, pass_id, Right.SEE_PASSES), SameForm())


@needs(Right.MARK_SAME_PERSON)
@require_POST
def pass_same(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """Say that another pass is the same person's."""
    account, at = desk(request)
    found = _found(request, campaign_id, pass_id, Right.MARK_SAME_PERSON)
    form = SameForm(request.POST)

    def act() -> None:
        actions.mark_same_person(actor=account, first_id=found.pk, second_id=form.cleaned_data["other"], at=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("pass.marked"))
        return redirect("console:pass", campaign_id, pass_id)
    return _record(request, found, form)


@needs(Right.MARK_SAME_PERSON)
@require_POST
def pass_not_same(request: HttpRequest, campaign_id: int, pass_id: int, other_id: int) -> HttpResponse:
    """Say that they are two people after all."""
    account, at = desk(request)
    actions.undo_same_person(actor=account, first_id=pass_id, second_id=other_id, at=at)
    messages.success(request, gettext("pass.unmarked"))
    return redirect("console:pass", campaign_id, pass_id)


@needs(Right.ISSUE_PASSES)
@require_POST
def pass_withdraw(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """Let the pass check in nobody any more."""
    account, at = desk(request)
    actions.withdraw_pass(actor=account, pass_id=pass_id, at=at)
    messages.success(request, gettext("pass.withdrawn"))
    return redirect("console:pass", campaign_id, pass_id)


@needs(Right.ISSUE_PASSES)
@require_POST
def pass_replace(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """A new pass for whoever lost this one."""
    account, at = desk(request)
    fresh = actions.replace_pass(actor=account, pass_id=pass_id, at=at)
    messages.success(request, gettext("pass.replaced"))
    return redirect("console:pass", campaign_id, fresh.pk)


@needs(Right.ISSUE_PASSES)
def pass_print(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """The pass on paper."""
    _, at = desk(request)
    found = _found(request, campaign_id, pass_id, Right.ISSUE_PASSES)
    if not found.token:
        raise NotFound("pass")
    return file_answer(pass_sheet(found.campaign, [found], at=at), name="pass.pdf", at=at, inline=True)


def _found(request: HttpRequest, campaign_id: int, pass_id: int, right: Right) -> Pass:
    account, at = desk(request)
    found = access_pass(account, pass_id, right, at=at)
    if found.campaign_id != campaign_id:
        raise NotFound("pass")
    return found


def _record(request: HttpRequest, found: Pass, form: SameForm) -> HttpResponse:
    (account, at), campaign = campaign_desk(request, found.campaign_id, Right.SEE_PASSES)
    rights = rights_of(account, at=at)
    is_shown = found.token and found.withdrawn_at is None and Right.ISSUE_PASSES in rights
    url = pass_url(found) if is_shown else ""
    items = items_listed(visible_items(account, at=at).filter(campaign=campaign, pass_id=found.pk))
    return show(
        request,
        "console/pass.html",
        campaign_page(campaign, "passes", title=say("pass.number", number=found.pk), lead=gettext("pass.lead")),
        found=found,
        detail=getattr(found, "detail", None),
        url=url,
        svg=qr.svg(url) if url else "",
        others=same_person(found),
        items=items.order_by("happened"),
        form=form,
        timeline=timeline(found, {}),
        rights=rights,
        status=422 if form.errors else 200,
    )
