"""The page of an action: its form, what is said of a field while one types, and what became of it when it is sent.

A form that changes a record carries what the record said when it was opened; see `blocks.saving`. One that makes
something carries a number drawn for it, so that what is sent twice, because its answer was lost, is done once.
"""

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zuji.console.blocks import stale
from zuji.console.blocks.acts import initial_of
from zuji.console.blocks.once import KEPT_S, key_of
from zuji.console.blocks.saving import save
from zuji.console.blocks.sending import Act, Sent
from zuji.console.pages import desk

__all__ = ["Act", "act_page"]


def act_page(request: HttpRequest, act: Act) -> HttpResponse:
    """The form; a post with `?check=<field>` answers what is to be said of that field; any other post does it."""
    at_desk = desk(request)
    with timezone.override(at_desk.account.association.time_zone):
        now = initial_of(act.read()) if act.read else {}
        initial = {**act.initial, **now, **_asked_for(request, act)}
        sent = Sent(request, act, act.form(request.POST or None, at_desk=at_desk, initial=initial))
        if request.method != "POST":
            return sent.again(seen=stale.seal(now))
        if name := request.GET.get("check"):
            return _checked(sent, name)
        if not sent.form.is_valid():
            return sent.again()
        return save(sent) if act.read else _make(sent)


def _asked_for(request: HttpRequest, act: Act) -> dict[str, object]:
    """What the address fills in beforehand, such as the organisation from whose page one comes."""
    return {name: request.GET[name] for name in act.form.base_fields if name in request.GET}


def _checked(sent: Sent, name: str) -> HttpResponse:
    """What stands beside one field: its errors by the same check as at the end, the action itself taken back."""
    if name not in sent.form.fields:
        return HttpResponse(status=404)
    if sent.form.is_valid():
        # what would be told on commit is not told: there is none
        with transaction.atomic():
            sent.tries()
            transaction.set_rollback(True)
    return render(sent.request, "core/said.html", {"field": sent.form[name]})


def _make(sent: Sent) -> HttpResponse:
    """On to what was made, now or by the same form before; else the form with why it was refused."""
    content = stale.seal(sent.form.typed())
    made = _once(sent, content)
    if made is None:
        return sent.again()
    url, saved = made
    # what was typed after an answer got lost is no second thing to make, nor is it saved
    return sent.done(url) if saved == content else sent.done(url, said="form.sent_before", is_saved=False)


def _once(sent: Sent, content: str) -> tuple[str, str] | None:
    """Where what was made is found, and the content that it was made of; None where it was refused."""
    key = key_of(sent.request)
    with transaction.atomic():
        # the same form sent twice at once waits here for the first, by the table's own key
        if not cache.add(key, None, KEPT_S):
            return cache.get(key)  # type: ignore[no-any-return]  # what is set below
        if made := sent.tries():
            done = sent.act.goes(made[0]), content
            cache.set(key, done, KEPT_S)
            return done
        transaction.set_rollback(True)
    return None
