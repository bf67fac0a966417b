"""What things are called and where their page is: every kind that the audit trail speaks of, by what one may see.

A new audited kind is one line in `THINGS`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import attrgetter, or_
from typing import Any, NamedTuple, Protocol

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from zuji.briefing.access import visible_associations
from zuji.briefing.access import visible_entries as visible_figures
from zuji.briefing.definitions import catalogue
from zuji.checkin.access import (
    visible_campaigns,
    visible_checkpoints,
    visible_corrections,
    visible_passes,
    visible_serials,
)
from zuji.checkin.listings import corrections_told, log_heads
from zuji.committee.access import visible_organisations, visible_participants
from zuji.console.pages import Desk
from zuji.core.models import AuditEntry
from zuji.core.templatetags.words import named, say
from zuji.core.works import own_works
from zuji.people.access import visible_accounts
from zuji.people.audit import Seen, entries_about_seen, keys_of
from zuji.people.enums import Right
from zuji.people.messages.access import visible_deliveries, visible_destinations
from zuji.people.rights import Scope, rights_of, scopes_of
from zuji.register.access import (
    visible_authorities,
    visible_doubts,
    visible_enterprises,
    visible_lists,
    visible_precedences,
)
from zuji.register.census.access import visible_forms, visible_rounds
from zuji.register.rules.access import visible_rules
from zuji.trail.access import visible_changes, visible_impressions, visible_stops, visible_trails

SHORT = 8
"""As much of a drawn key as tells it from others."""
MOST_CALLED = 5000
"""Rows of a kind that a search by name follows."""


class Spoken(Protocol):
    """What speaks of a thing: an entry of the audit trail, or anything with its kind and key."""

    @property
    def kind(self) -> str: ...

    @property
    def key(self) -> str: ...


class Told(NamedTuple):
    """What a thing is called, and its page; without a page where there is none, or none for this reader.

    `note` is what the row itself says of why it is there.
    """

    name: str
    url: str = ""
    is_seen: bool = True
    note: str = ""


Names = Mapping[tuple[str, str], Told]


def _nothing(_: Any) -> str:  # noqa: ANN401 - a row of any kind
    return ""


@dataclass(frozen=True)
class Thing:
    """A kind of thing: by what right and which rows of it are seen, what one is called, and the page it has.

    `fields` are where a search for its name looks. What was done to it is news for whoever has the right `news`, which
    is the same where it is not given; what is no news concerns nobody but whoever did it.
    """

    kind: str
    right: Right
    rows: Callable[[Desk], QuerySet[Any]]
    name: Callable[[Any], str]
    page: Callable[[Any], str]
    note: Callable[[Any], str] = _nothing
    fields: tuple[str, ...] = ()
    is_news: bool = True
    news: Right | None = None

    @property
    def told_by(self) -> Right:
        """The right by which one is told what was done to it."""
        return self.news or self.right


def things(at_desk: Desk, spoken_of: Iterable[Spoken]) -> Names:
    """Names and pages of what is spoken of, with one query for each kind; the unseen has its kind and key alone."""
    keys: dict[str, set[str]] = defaultdict(set)
    for each in spoken_of:
        keys[each.kind].add(each.key)
    rights = rights_of(at_desk.account, at=at_desk.at)
    told = {(kind, key): unseen(kind, key) for kind, wanted in keys.items() for key in wanted}
    for kind, wanted in keys.items():
        if (thing := BY_KIND.get(kind)) and thing.right in rights:
            seen = thing.rows(at_desk).filter(pk__in=wanted)
            told |= {(kind, str(row.pk)): _told(thing, row) for row in seen}
    return told


def changes(at_desk: Desk) -> QuerySet[AuditEntry]:
    """What was done to whatever somebody sees, and all that happened where they may read the trail; latest first."""
    scopes = scopes_of(at_desk.account, at=at_desk.at)
    whole = scopes.get(Right.SEE_AUDIT, Scope()).associations
    seen = (
        Seen(thing.kind, scopes[thing.told_by], partial(thing.rows, at_desk))
        for thing in THINGS
        if thing.is_news and thing.told_by in scopes
    )
    return entries_about_seen(seen, whole=whole)


def called(at_desk: Desk, text: str) -> Q:
    """Entries about what is so called, or has this key."""
    rights = rights_of(at_desk.account, at=at_desk.at)
    found = Q(key=text)
    for thing in THINGS:
        if thing.fields and thing.right in rights:
            fits = reduce(or_, (Q(**{f"{field}__icontains": text}) for field in thing.fields))
            # the keys themselves, so that their entries are read from an index
            keys = [key for (key,) in keys_of(thing.rows(at_desk).filter(fits))[:MOST_CALLED]]
            found |= Q(kind=thing.kind, key__in=keys)
    return found


def _told(thing: Thing, row: Any) -> Told:  # noqa: ANN401 - a row of any kind
    return Told(thing.name(row), thing.page(row), note=thing.note(row))


def unseen(kind: str, key: str) -> Told:
    """What is said of a thing that is gone, or not for this reader."""
    short = key.split("-", maxsplit=1)[0][:SHORT]
    return Told(say("thing.unseen", kind=gettext(f"kind.{kind}"), key=short), is_seen=False)


def _page(route: str, *paths: str) -> Callable[[Any], str]:
    """The page of a route whose parameters stand under these paths of a row."""
    return lambda row: reverse(route, args=[attrgetter(path)(row) for path in paths])


def _account(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return row.name or gettext("account.erased")


def _code(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.code", kind=gettext(f"code_kind.{row.kind}"), serial=row.serial, place=named(row.checkpoint))


def _pass(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.pass", number=row.pk, organisation=row.organisation.name)


def _correction(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    place = named({"zh": row.checkpoint_zh, "en": row.checkpoint_en})
    return say("thing.checkin", place=place, organisation=row.organisation_name or gettext("core.unknown"))


def _change(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return named({"zh": row.text_zh, "en": row.text_en})


def _impression(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.impression", site=named(row.stop.site))


def _figure(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    known = catalogue().get(row.indicator)
    return say("thing.figure", id=row.indicator, name=gettext(known.name) if known else "")


def work_name(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    """What a long work is called: by its act, or by its kind."""
    act = row.facts.get("act")
    return gettext(f"bulk.{act}") if act else gettext(f"work.{row.kind}")


def _message(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.message", topic=gettext(f"topic.{row.topic}"), channel=gettext(f"channel.{row.channel}"))


def _firm(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    card = getattr(row, "card", None)
    return card.name if card else say("thing.firm", number=row.pk)


def _pair(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    one, other = (each.values.get("name") or gettext("core.unknown") for each in (row.one, row.other))
    return say("thing.pair", one=one, other=other)


THINGS = (
    Thing(
        kind="people.account",
        right=Right.SEE_ACCOUNTS,
        rows=lambda desk: visible_accounts(desk.account, at=desk.at),
        name=_account,
        page=_page("console:account", "pk"),
        fields=("name", "username"),
    ),
    Thing(
        kind="people.destination",
        right=Right.SEE_FRAME,
        rows=lambda desk: visible_destinations(desk.account, at=desk.at),
        name=lambda row: gettext(f"channel.{row.channel}"),
        page=_page("console:destination", "pk"),
        is_news=False,
    ),
    Thing(
        kind="people.delivery",
        right=Right.SEE_MESSAGES,
        rows=lambda desk: visible_deliveries(desk.account, at=desk.at),
        name=_message,
        page=_page("console:delivery", "pk"),
        is_news=False,
    ),
    Thing(
        kind="core.association",
        right=Right.SEE_FRAME,
        rows=lambda desk: visible_associations(desk.account, Right.SEE_FRAME, at=desk.at),
        name=named,
        page=_nothing,
        news=Right.SEE_ORGANISATIONS,
        fields=("name_zh", "name_en"),
    ),
    Thing(
        kind="core.work",
        right=Right.SEE_FRAME,
        rows=lambda desk: own_works(desk.account),
        name=work_name,
        page=_page("console:work", "pk"),
        is_news=False,
    ),
    Thing(
        kind="committee.participantorganisation",
        right=Right.SEE_ORGANISATIONS,
        rows=lambda desk: visible_participants(desk.account, at=desk.at),
        name=attrgetter("name"),
        page=_page("console:participant", "pk"),
        fields=("name",),
    ),
    Thing(
        kind="committee.organisation",
        right=Right.SEE_ORGANISATIONS,
        rows=lambda desk: visible_organisations(desk.account, at=desk.at),
        name=attrgetter("name"),
        page=_page("console:organisation", "pk"),
        fields=("name",),
    ),
    Thing(
        kind="register.authority",
        right=Right.SEE_REGISTER,
        rows=lambda desk: visible_authorities(desk.account, at=desk.at),
        name=attrgetter("name"),
        page=_nothing,
        fields=("name",),
    ),
    Thing(
        kind="register.sourcelist",
        right=Right.SEE_REGISTER,
        rows=lambda desk: visible_lists(desk.account, at=desk.at),
        name=attrgetter("file"),
        page=_page("console:list", "pk"),
        fields=("file", "authority__name"),
    ),
    Thing(
        kind="register.enterprise",
        right=Right.SEE_REGISTER,
        rows=lambda desk: visible_enterprises(desk.account, at=desk.at),
        name=_firm,
        page=_page("console:firm", "pk"),
        fields=("card__name",),
    ),
    Thing(
        kind="register.doubt",
        right=Right.DECIDE_DOUBTS,
        rows=lambda desk: visible_doubts(desk.account, at=desk.at).select_related("one", "other"),
        name=_pair,
        page=_page("console:doubts"),
    ),
    Thing(
        kind="register.precedence",
        right=Right.SEE_REGISTER,
        rows=lambda desk: visible_precedences(desk.account, at=desk.at),
        name=lambda row: gettext(f"list_field.{row.field}") if row.field else gettext("list_field.all"),
        page=_page("console:precedence"),
    ),
    Thing(
        kind="register.ruleversion",
        right=Right.SEE_REGISTER,
        rows=lambda desk: visible_rules(desk.account, at=desk.at),
        name=lambda row: gettext(f"rule_kind.{row.kind}"),
        page=_nothing,
    ),
    Thing(
        kind="register.censusround",
        right=Right.SEE_CENSUS,
        rows=lambda desk: visible_rounds(desk.account, at=desk.at),
        name=attrgetter("name"),
        page=_page("console:census_round", "pk"),
        fields=("name",),
    ),
    Thing(
        kind="register.censusform",
        right=Right.SEE_CENSUS,
        rows=lambda desk: visible_forms(desk.account, at=desk.at),
        name=lambda row: _firm(row.enterprise),
        page=_page("console:census_form", "pk"),
        fields=("enterprise__card__name",),
        is_news=False,
    ),
    Thing(
        kind="checkin.campaign",
        right=Right.SEE_CAMPAIGNS,
        rows=lambda desk: visible_campaigns(desk.account, at=desk.at),
        name=named,
        page=_page("console:campaign", "pk"),
        fields=("name_zh", "name_en"),
    ),
    Thing(
        kind="checkin.checkpoint",
        right=Right.SEE_CAMPAIGNS,
        rows=lambda desk: visible_checkpoints(desk.account, at=desk.at),
        name=named,
        page=_page("console:trail", "activity.campaign_id"),
        fields=("name_zh", "name_en"),
    ),
    Thing(
        kind="checkin.codeserial",
        right=Right.SHOW_CODES,
        rows=lambda desk: visible_serials(desk.account, at=desk.at),
        name=_code,
        page=_page("console:posters", "checkpoint.activity.campaign_id"),
        fields=("checkpoint__name_zh", "checkpoint__name_en"),
    ),
    Thing(
        kind="checkin.pass",
        right=Right.SEE_PASSES,
        rows=lambda desk: visible_passes(desk.account, at=desk.at),
        name=_pass,
        page=_page("console:pass", "campaign_id", "pk"),
        fields=("organisation__name", "detail__nickname"),
    ),
    Thing(
        kind="checkin.correction",
        right=Right.SEE_CHECKINS,
        rows=lambda desk: corrections_told(visible_corrections(desk.account, at=desk.at)),
        name=_correction,
        page=_page("console:checkin", "campaign_id", "item_id"),
        note=attrgetter("reason"),
    ),
    Thing(
        kind="checkin.loghead",
        right=Right.SEE_FRAME,
        rows=lambda desk: log_heads(),
        name=lambda row: gettext("kind.checkin.loghead"),
        page=_page("console:keys"),
        is_news=False,
    ),
    Thing(
        kind="trail.trail",
        right=Right.SEE_TRAIL,
        rows=lambda desk: visible_trails(desk.account, at=desk.at).select_related("activity"),
        name=named,
        page=_page("console:trail", "activity.campaign_id"),
        fields=("name_zh", "name_en"),
    ),
    Thing(
        kind="trail.stop",
        right=Right.SEE_TRAIL,
        rows=lambda desk: visible_stops(desk.account, at=desk.at),
        name=lambda row: named(row.site),
        page=_page("console:trail", "trail.activity.campaign_id"),
        fields=("site__name_zh", "site__name_en"),
    ),
    Thing(
        kind="trail.change",
        right=Right.SEE_TRAIL,
        rows=lambda desk: visible_changes(desk.account, at=desk.at),
        name=_change,
        page=_page("console:trail", "campaign_id"),
        fields=("text_zh", "text_en"),
    ),
    Thing(
        kind="trail.impression",
        right=Right.SEE_IMPRESSIONS,
        rows=lambda desk: visible_impressions(desk.account, at=desk.at),
        name=_impression,
        page=_page("console:impression", "campaign_id", "pk"),
        fields=("stop__site__name_zh", "stop__site__name_en"),
    ),
    Thing(
        kind="briefing.ledgerentry",
        right=Right.SEE_FIGURES,
        rows=lambda desk: visible_figures(desk.account, at=desk.at),
        name=_figure,
        page=_page("console:figure", "indicator"),
        fields=("indicator",),
    ),
)
BY_KIND = {thing.kind: thing for thing in THINGS}
