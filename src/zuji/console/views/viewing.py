"""Looking as somebody else, for support, and ending it."""

from django.contrib import messages
from django.forms import CharField, TextInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.forms import Form, attempt
from zuji.console.pages import Crumb, Page, desk, show
from zuji.core import clock
from zuji.core.templatetags.words import say
from zuji.people import actions, viewing
from zuji.people.access import access_account
from zuji.people.enums import Right
from zuji.people.guards import for_everybody, needs


class ReasonForm(Form):
    """Why somebody must look as another; the other reads it."""

    keys = {"reason": "viewing.reason"}
    helped = ("reason",)

    reason = CharField(max_length=actions.REASON_CHARS, widget=TextInput(attrs={"autocomplete": "off"}))


@needs(Right.VIEW_AS)
def account_view(request: HttpRequest, account_id: int) -> HttpResponse:
    """Say why, and then look as this account."""
    actor, at = desk(request)
    found = access_account(actor, account_id, Right.VIEW_AS, at=at)
    form, until = ReasonForm(request.POST or None), at + viewing.LASTS

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.begin_viewing(actor=actor, account_id=found.pk, reason=reason, until=until, at=at)

    if form.is_valid() and attempt(form, act):
        viewing.begin(request, found, until=until)
        return redirect("console:today")
    crumbs = (
        Crumb(gettext("entry.accounts"), reverse("console:accounts")),
        Crumb(found.name, reverse("console:account", args=[found.pk])),
    )
    lead = gettext("viewing.lead").format(minutes=viewing.LASTS.seconds // 60)
    title = say("viewing.title", name=found.name)
    page = Page(task="settings", entry="accounts", title=title, lead=lead, crumbs=crumbs)
    status = 422 if form.errors else 200
    return show(request, "console/viewing.html", page, form=form, back=crumbs[1].url, status=status)


@viewing.ends_viewing
@for_everybody
@require_POST
def viewing_end(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    was = viewing.end(request, at=clock.now())
    if was is None:
        return redirect("console:today")
    messages.info(request, gettext("viewing.ended"))
    return redirect("console:account", was.pk)
