"""The command palette: what can be gone to, found and begun, for whoever asks and nothing beyond their rights.

An act is one line in `ACTS`; a kind of row is one line in `finders.FINDERS`; pages come from `tasks.TASKS`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zuji.checkin.access import visible_campaigns
from zuji.checkin.models import Campaign
from zuji.console.matching import NO_FIT, WITHIN, Fit, fit
from zuji.console.pages import Desk
from zuji.console.tasks import TASKS
from zuji.core.templatetags.words import named
from zuji.people.enums import Right
from zuji.people.rights import rights_of

SEPARATOR = re.compile("、|, ")
PER_GROUP, RECENT, OFFERED, CAMPAIGNS = 6, 5, 7, 4
"""As many as a group shows, as were chosen before, as are shown while nothing is asked; and walks to choose among."""


@dataclass(frozen=True)
class Hit:
    """Something that can be opened. `key` is by what a browser remembers it; `also` are other words for it."""

    key: str
    title: str
    url: str
    note: str = ""
    also: tuple[str, ...] = ()
    fit: Fit = NO_FIT
    number: int = 0

    def judged(self, asked: str, *, slip: bool = False) -> "Hit":
        """The same with how well it fits, with a slip or without."""
        own = fit(asked, self.title, slip=slip)
        other = max((fit(asked, words, slip=slip).score for words in self.also), default=0)
        return replace(self, fit=own if own.score >= other else Fit(other))

    @property
    def marked(self) -> SafeString:
        """The title with what was meant set apart."""
        start, end = self.fit.start, self.fit.end
        return format_html("{}<b>{}</b>{}", self.title[:start], self.title[start:end], self.title[end:])


@dataclass(frozen=True)
class Finder:
    """A kind of row: its key (words under `palette.<key>`), the right to see it, and how it is found.

    `find` gives few rows for a text, in order; `known` those of given keys. Both give only what the desk may open.
    """

    key: str
    right: Right
    find: Callable[[Desk, str], Iterable[Hit]]
    known: Callable[[Desk, list[str]], Iterable[Hit]]


@dataclass(frozen=True)
class Act:
    """Something to begin: its key, where, and by what right.

    Its words stand under `act.<key>`, others for the same under `act.<key>.also`.
    """

    key: str
    route: str
    right: Right
    per_campaign: bool = False


ACTS = (
    Act("participant_add", "console:participant_add", Right.EDIT_ORGANISATIONS),
    Act("organisation_add", "console:organisation_add", Right.EDIT_ORGANISATIONS),
    Act("participants_import", "console:participants_import", Right.IMPORT_ORGANISATIONS),
    Act("list_import", "console:list_import", Right.IMPORT_LISTS),
    Act("census_open", "console:census_open", Right.RUN_CENSUS),
    Act("doubts_decide", "console:doubts", Right.DECIDE_DOUBTS),
    Act("walkers_add", "console:walkers_add", Right.IMPORT_WALKERS, per_campaign=True),
    Act("walkers_import", "console:walkers_import", Right.IMPORT_WALKERS, per_campaign=True),
    Act("passes_print", "console:passes_print", Right.SEE_PASSES, per_campaign=True),
    Act("posters_print", "console:posters", Right.SHOW_CODES, per_campaign=True),
    Act("roll_enter", "console:rolls", Right.ENTER_ROLL, per_campaign=True),
    Act("impressions_decide", "console:impressions", Right.DECIDE_IMPRESSIONS, per_campaign=True),
    Act("code_show", "public:steward", Right.SHOW_CODES),
    Act("trail_import", "console:trail_import", Right.EDIT_TRAIL),
    Act("trail_open", "console:trail", Right.OPEN_TRAIL, per_campaign=True),
    Act("figure_publish", "console:figures", Right.PUBLISH_FIGURES),
    Act("account_add", "console:account_add", Right.MANAGE_ACCOUNTS),
    Act("message_add", "console:message_add", Right.SEE_FRAME),
    Act("role_grant", "console:accounts", Right.GRANT_ROLES),
    Act("role_lend", "console:accounts", Right.LEND_ROLES),
    Act("view_as", "console:accounts", Right.VIEW_AS),
    Act("receipt_check", "public:check", Right.SEE_FRAME),
    Act("password_change", "account_change_password", Right.SEE_FRAME),
    Act("second_factor", "mfa_index", Right.SEE_FRAME),
)


@dataclass(frozen=True)
class Asked:
    """What is asked, by whom, on the page of which campaign, and the keys of what they chose before, latest first."""

    desk: Desk
    text: str = ""
    campaign_id: int | None = None
    recent: tuple[str, ...] = ()

    @cached_property
    def rights(self) -> set[Right]:
        """Every right of the desk, over anything."""
        return rights_of(self.desk.account, at=self.desk.at)

    @cached_property
    def _campaigns(self) -> dict[Right, list[Campaign]]:
        return {}

    def campaigns(self, right: Right) -> list[Campaign]:
        """Campaigns over which the desk has a right: the page's first, then the latest."""
        if right not in self._campaigns:
            rows = visible_campaigns(self.desk.account, right, at=self.desk.at).order_by("-opens_on", "pk")
            listed = sorted(rows[: CAMPAIGNS * 4], key=lambda row: row.pk != self.campaign_id)
            self._campaigns[right] = listed[:CAMPAIGNS]
        return self._campaigns[right]


@dataclass(frozen=True)
class Group:
    """Hits of one kind under its name."""

    key: str
    hits: list[Hit]

    @property
    def name(self) -> str:
        return gettext(f"palette.{self.key}")


def search(asked: Asked, finders: Iterable[Finder]) -> list[Group]:
    """What fits, in groups, those chosen before first; while nothing is asked, what may be begun and gone to."""
    allowed = [finder for finder in finders if finder.right in asked.rights]
    groups = [Group("acts", _fitting(asked, acts(asked))), Group("pages", _fitting(asked, pages(asked)))]
    if asked.text:
        found = [Group(each.key, _found(asked, each)) for each in allowed]
        groups = sorted([*found, *groups], key=_best, reverse=True)
    recent = Group("recent", _recent(asked, allowed))
    chosen = {hit.key for hit in recent.hits}
    rest = [Group(each.key, [hit for hit in each.hits if hit.key not in chosen]) for each in groups]
    return list(_numbered(each for each in [recent, *rest] if each.hits))


class Offer(NamedTuple):
    """A hit without an address yet, its route, and the right by which it is offered: once, or once a campaign."""

    hit: Hit
    route: str
    right: Right
    per_campaign: bool

    def judged(self, asked: str, *, slip: bool) -> "Offer":
        """The same with how well it fits."""
        return self._replace(hit=self.hit.judged(asked, slip=slip))


def acts(asked: Asked) -> Iterator[Offer]:
    """What this desk may begin."""
    for act in ACTS:
        if act.right in asked.rights:
            also = tuple(SEPARATOR.split(gettext(f"act.{act.key}.also")))
            hit = Hit(f"act:{act.key}", gettext(f"act.{act.key}"), "", also=also)
            yield Offer(hit, act.route, act.right, act.per_campaign)


def pages(asked: Asked) -> Iterator[Offer]:
    """The pages of the navigation that this desk may open."""
    for task in TASKS:
        for entry in task.entries:
            if entry.right in asked.rights:
                hit = Hit(f"page:{entry.key}", gettext(f"entry.{entry.key}"), "", note=gettext(f"task.{task.key}"))
                yield Offer(hit, entry.route, entry.right, entry.per_campaign)


def _placed(asked: Asked, offer: Offer) -> Iterator[Hit]:
    """A hit with its address: one, or one for each campaign where it is a campaign's."""
    if not offer.per_campaign:
        yield replace(offer.hit, url=reverse(offer.route))
        return
    for campaign in asked.campaigns(offer.right):
        url = reverse(offer.route, args=[campaign.pk])
        yield replace(offer.hit, key=f"{offer.hit.key}:{campaign.pk}", url=url, note=named(campaign))


def _fitting(asked: Asked, offers: Iterator[Offer]) -> list[Hit]:
    """The best of them; while nothing is asked, what concerns no campaign or the page's own."""
    if asked.text:
        listed = list(offers)
        exact = _judged(listed, asked.text, slip=False)
        # judged before placed: to know the campaigns of a right costs questions
        fitting = exact or _judged(listed, asked.text, slip=True)
        return _ranked(hit for offer in fitting for hit in _placed(asked, offer))[:PER_GROUP]
    here = (each for each in offers if not each.per_campaign or asked.campaign_id)
    hits = (hit for offer in here for hit in _placed(asked, offer))
    own = f":{asked.campaign_id}"
    return list(islice((hit for hit in hits if hit.key.count(":") == 1 or hit.key.endswith(own)), OFFERED))


def _judged(offers: list[Offer], text: str, *, slip: bool) -> list[Offer]:
    return [offer for offer in (each.judged(text, slip=slip) for each in offers) if offer.hit.fit.score]


def _found(asked: Asked, finder: Finder) -> list[Hit]:
    """A finder's own reasons to find a row, such as its code, count like a part of its name."""
    hits = finder.find(asked.desk, asked.text)
    judged = [hit if hit.fit.score else hit.judged(asked.text) for hit in hits]
    return _ranked(hit if hit.fit.score else replace(hit, fit=Fit(WITHIN)) for hit in judged)[:PER_GROUP]


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=attrgetter("fit.score"), reverse=True)


def _best(group: Group) -> int:
    return max((hit.fit.score for hit in group.hits), default=0)


def _recent(asked: Asked, allowed: list[Finder]) -> list[Hit]:
    """What was chosen before, as far as it fits and may still be opened."""
    if not asked.recent:
        return []
    bases = {":".join(key.split(":")[:2]) for key in asked.recent}
    offers = (offer for offer in (*acts(asked), *pages(asked)) if offer.hit.key in bases)
    known = {hit.key: hit for offer in offers for hit in _placed(asked, offer)}
    for finder in allowed:
        keys = [key.split(":", 1)[1] for key in asked.recent if key.startswith(f"{finder.key}:")]
        if keys:
            known |= {hit.key: hit for hit in finder.known(asked.desk, keys)}
    hits = [known[key] for key in asked.recent if key in known]
    if asked.text:
        hits = [hit for hit in (each.judged(asked.text) for each in hits) if hit.fit.score]
    return hits[:RECENT]


def _numbered(groups: Iterable[Group]) -> Iterator[Group]:
    """Each hit with its place in the whole list, for the browser to walk."""
    number = 0
    for group in groups:
        hits = [replace(hit, number=number + place) for place, hit in enumerate(group.hits, start=1)]
        number += len(hits)
        yield Group(group.key, hits)
