"""Saving a form upon a record that others change too: what both changed is asked, what only one changed is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from zuji.console.blocks import stale
from zuji.console.blocks.acts import initial_of
from zuji.console.blocks.history import Step, last_touched
from zuji.console.blocks.sending import Sent
from zuji.core.errors import CoreRefusal, Refused
from zuji.core.templatetags.words import hour, say

TRIES = 5
"""As often as a save looks anew because somebody else was quicker yet again."""
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Clash:
    """A field that two changed: what each says, in words, and who was quicker when."""

    name: str
    label: str
    theirs: str
    yours: str
    who: str
    when: str
    error: str


def save(sent: Sent) -> HttpResponse:
    """Save upon what the record says now. Fields that both changed are asked about first."""
    seen, chosen = stale.unseal(sent.request.POST.get("seen", "")), _chosen(sent)
    theirs = [name for name, how in chosen.items() if how == THEIRS]
    unanswered = [name for name, how in chosen.items() if how not in (THEIRS, MINE)]
    for _ in range(TRIES):
        values = _read(sent)
        now = initial_of(values)
        merged = stale.merge(seen, now, sent.form.typed(), theirs=theirs)
        if merged.clashes or unanswered:
            return _ask(sent, now, merged.theirs, clashes={*merged.clashes, *unanswered}, unanswered=unanswered)
        try:
            # the action looks once more, under its own locks and in their order: a page that locked would cross them
            made = sent.tries(merged.values, seen=values)
        except Refused:
            continue  # the one code that is let through: somebody was quicker
        if not made:
            return sent.again()
        _tell_kept(sent, merged.theirs)
        return sent.done(sent.act.goes(made[0]))
    raise Refused(CoreRefusal.CHANGED_MEANWHILE)


def _read(sent: Sent) -> object:
    return sent.act.read() if sent.act.read else {}


def _chosen(sent: Sent) -> dict[str, str]:
    """What was decided of the fields that the page asked about."""
    return {name: sent.request.POST.get(f"choose-{name}", "") for name in sent.request.POST.getlist("asked")}


def _ask(
    sent: Sent,
    now: Mapping[str, object],
    theirs: Collection[str],
    *,
    clashes: Collection[str],
    unanswered: Collection[str],
) -> HttpResponse:
    """What the other one changed, beside each field that both changed; nothing that was typed is lost."""
    steps, form = sent.act.steps(), sent.form
    kept = [name for name in theirs if name not in clashes]
    data = sent.request.POST.copy()
    # sent back as it was opened, an untouched field would count as one's own change the next time
    for name in kept:
        data[name] = form.sent(name, now[name])
    fresh = type(form)(data, at_desk=form.at_desk)
    for name in clashes:
        fresh[name].clash = _clash(sent, name, now[name], steps, is_unanswered=name in unanswered)  # type: ignore[attr-defined]  # for the template, which walks the fields
    return replace(sent, form=fresh).again(
        seen=stale.seal(now),
        status=409,
        clashes=clashes,
        quicker=last_touched(steps, *_traces(sent, [*clashes, *theirs])),
        kept=gettext("list.comma").join(str(fresh[name].label) for name in kept),
    )


def _clash(sent: Sent, name: str, now: object, steps: list[Step], *, is_unanswered: bool) -> Clash:
    step = last_touched(steps, *_traces(sent, [name]))
    return Clash(
        name=name,
        label=str(sent.form[name].label),
        theirs=sent.form.told(name, now),
        yours=sent.form.told(name, sent.form.typed()[name]),
        who=step.who if step else gettext("history.system"),
        when=hour(step.at) if step else "",
        error=gettext("stale.choose") if is_unanswered else "",
    )


def _tell_kept(sent: Sent, names: Collection[str]) -> None:
    """Say what somebody else changed meanwhile, which stays."""
    # the first step is one's own
    step = last_touched(sent.act.steps()[1:], *_traces(sent, names)) if names else None
    if step:
        fields = gettext("list.comma").join(str(sent.form[name].label) for name in names)
        messages.info(sent.request, say("stale.kept", who=step.who, at=hour(step.at), fields=fields))


def _traces(sent: Sent, names: Collection[str]) -> list[str]:
    """Under which names the timeline knows these fields."""
    return [sent.act.traces.get(name, name) for name in names]
