"""One pass: its code and link, its check-ins, and whether another pass is the same person's."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.checkin import actions
from zuji.checkin.access import access_pass, visible_items, visible_passes
from zuji.checkin.listings import items_listed, same_person
from zuji.checkin.models import Pass
from zuji.console.blocks import qr
from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm, Rows
from zuji.console.blocks.files import file_answer
from zuji.console.blocks.record import Shown, Then, asked, history
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import Desk, desk, show
from zuji.console.pass_sheet import pass_sheet, pass_url
from zuji.core.errors import NotFound
from zuji.core.templatetags.words import full_moment, say, word
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of


def _others(at_desk: Desk) -> QuerySet[Pass]:
    return visible_passes(at_desk.account, Right.MARK_SAME_PERSON, at=at_desk.at)


SameForm = ActForm.of(
    actions.mark_same_person,
    words="pass",
    given=("first_id",),
    keys={"second_id": "pass.other"},
    fields={"second_id": Rows(_others, typed=True)},
    beside={"same_pass": "second_id", "other_campaign": "second_id"},
)


@needs(Right.SEE_PASSES)
def walk_pass(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """The pass, now or on a day."""
    found, then = _found(request, campaign_id, pass_id, Right.SEE_PASSES), asked(request)
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_PASSES)
    rights = rights_of(account, at=at)
    is_shown = found.token and found.withdrawn_at is None and Right.ISSUE_PASSES in rights and then.day is None
    url = pass_url(found) if is_shown else ""
    items = items_listed(visible_items(account, at=at).filter(campaign=campaign, pass_id=found.pk))
    with timezone.override(account.association.time_zone):
        record = _record(found, then, links=Right.SEE_ORGANISATIONS in rights)
        steps = history(request, found, then)
    return show(
        request,
        "console/pass.html",
        campaign_page(campaign, "passes", title=say("pass.number", number=found.pk), lead=gettext("pass.lead")),
        found=found,
        then=then,
        record=record,
        since=found.joined_at,
        url=url,
        svg=qr.svg(url) if url else "",
        others=same_person(found, as_of=then.until),
        items=items.order_by("happened"),
        timeline=steps,
        rights=rights,
    )


def _record(found: Pass, then: Then, *, links: bool) -> list[Shown]:
    """What the pass says; empty on a day before it was made."""
    if then.until is not None and found.joined_at >= then.until:
        return []
    detail, withdrawn = getattr(found, "detail", None), found.withdrawn_at
    if then.until is not None and withdrawn is not None and withdrawn >= then.until:
        withdrawn = None
    organisation = format_html("{}", found.organisation.name)
    if links:
        url = reverse("console:participant", args=[found.organisation_id])
        organisation = format_html('<a href="{}">{}</a>', url, found.organisation.name)
    on_the_spot = word("on_the_spot", "pass_origin") if found.on_the_spot else ""
    shown = [
        Shown("pass.organisation", organisation),
        Shown("pass.nickname", detail.nickname if detail else _absent("pass.no_name")),
        Shown("pass.group", found.group or _absent("pass.no_group")),
        Shown("pass.joined", full_moment(found.joined_at), on_the_spot),
    ]
    return [*shown, Shown("pass_state.withdrawn", full_moment(withdrawn))] if withdrawn else shown


def _absent(key: str) -> SafeString:
    return format_html('<span class="un">{}</span>', gettext(key))


@needs(Right.MARK_SAME_PERSON)
def pass_same(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """Say that another pass is the same person's."""
    found = _found(request, campaign_id, pass_id, Right.MARK_SAME_PERSON)
    url = reverse("console:pass", args=[campaign_id, pass_id])
    title = say("pass.same.title", number=pass_id)
    act = Act(
        page=campaign_page(found.campaign, "passes", title=title, lead=gettext("pass.same.lead")),
        form=SameForm,
        given={"first_id": pass_id},
        goes=lambda _: url,
        back=url,
        said="pass.marked",
        do="pass.mark",
    )
    return act_page(request, act)


@needs(Right.MARK_SAME_PERSON)
@require_POST
def pass_not_same(request: HttpRequest, campaign_id: int, pass_id: int, other_id: int) -> HttpResponse:
    """Say that they are two people after all."""
    account, at = desk(request)
    found = _found(request, campaign_id, pass_id, Right.MARK_SAME_PERSON)
    actions.undo_same_person(actor=account, first_id=found.pk, second_id=other_id, at=at)
    messages.success(request, gettext("pass.unmarked"))
    return redirect("console:pass", campaign_id, pass_id)


@needs(Right.ISSUE_PASSES)
@require_POST
def pass_withdraw(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """Let the pass check in nobody any more."""
    account, at = desk(request)
    found = _found(request, campaign_id, pass_id, Right.ISSUE_PASSES)
    actions.withdraw_pass(actor=account, pass_id=found.pk, at=at)
    messages.success(request, gettext("pass.withdrawn"))
    return redirect("console:pass", campaign_id, pass_id)


@needs(Right.ISSUE_PASSES)
@require_POST
def pass_replace(request: HttpRequest, campaign_id: int, pass_id: int) -> HttpResponse:
    """A new pass for whoever lost this one."""
    account, at = desk(request)
    found = _found(request, campaign_id, pass_id, Right.ISSUE_PASSES)
    fresh = actions.replace_pass(actor=account, pass_id=found.pk, at=at)
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
