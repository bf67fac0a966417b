"""What things are called and where their page is: every kind that the audit trail speaks of, by what one may see.

A new audited kind is one line in `THINGS`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet
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
from zuji.core.templatetags.words import named, say
from zuji.core.works import own_works
from zuji.people.access import visible_accounts
from zuji.people.enums import Right
from zuji.people.messages.access import visible_deliveries, visible_destinations
from zuji.people.rights import rights_of
from zuji.trail.access import visible_impressions, visible_stops, visible_trails

SHORT = 8
"""As much of a drawn key as tells it from others."""


class Spoken(Protocol):
    """What speaks of a thing: an entry of the audit trail, or anything with its kind and key."""

    kind: str
    key: str


class Told(NamedTuple):
    """What a thing is called, and its page; without a page where there is none, or none for this reader."""

    name: str
    url: str = ""


Names = Mapping[tuple[str, str], Told]


@dataclass(frozen=True)
class Thing:
    """A kind of thing: by what right and which rows of it are seen, what one is called, and the page it has."""

    kind: str
    right: Right
    rows: Callable[[Desk], QuerySet[Any]]
    name: Callable[[Any], str]
    page: Callable[[Any], str]


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
            told |= {(kind, str(row.pk)): Told(thing.name(row), thing.page(row)) for row in seen}
    return told


def unseen(kind: str, key: str) -> Told:
    """What is said of a thing that is gone, or not for this reader."""
    return Told(say("thing.unseen", kind=gettext(f"kind.{kind}"), key=key.split("-", maxsplit=1)[0][:SHORT]))


def _page(route: str, *paths: str) -> Callable[[Any], str]:
    """The page of a route whose parameters stand under these paths of a row."""
    return lambda row: reverse(route, args=[attrgetter(path)(row) for path in paths])


def _no_page(_: Any) -> str:  # noqa: ANN401 - a row of any kind
    return ""


def _account(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return row.name or gettext("account.erased")


def _code(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.code", kind=gettext(f"code_kind.{row.kind}"), serial=row.serial, place=named(row.checkpoint))


def _pass(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.pass", number=row.pk, organisation=row.organisation.name)


def _correction(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    place = named({"zh": row.checkpoint_zh, "en": row.checkpoint_en})
    return say("thing.checkin", place=place, organisation=row.organisation_name or gettext("core.unknown"))


def _impression(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.impression", site=named(row.stop.site))


def _figure(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    known = catalogue().get(row.indicator)
    return say("thing.figure", id=row.indicator, name=gettext(known.name) if known else "")


def _work(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    act = row.facts.get("act")
    return gettext(f"bulk.{act}") if act else gettext(f"work.{row.kind}")


def _message(row: Any) -> str:  # noqa: ANN401 - a row, as the table has it
    return say("thing.message", topic=gettext(f"topic.{row.topic}"), channel=gettext(f"channel.{row.channel}"))


THINGS = (
    Thing(
        kind="people.account",
        right=Right.SEE_ACCOUNTS,
        rows=lambda desk: visible_accounts(desk.account, at=desk.at),
        name=_account,
        page=_page("console:account", "pk"),
    ),
    Thing(
        kind="people.destination",
        right=Right.SEE_FRAME,
        rows=lambda desk: visible_destinations(desk.account, at=desk.at),
        name=lambda row: gettext(f"channel.{row.channel}"),
        page=_no_page,
    ),
    Thing(
        kind="people.delivery",
        right=Right.SEE_MESSAGES,
        rows=lambda desk: visible_deliveries(desk.account, at=desk.at),
        name=_message,
        page=_no_page,
    ),
    Thing(
        kind="core.association",
        right=Right.SEE_FRAME,
        rows=lambda desk: visible_associations(desk.account, Right.SEE_FRAME, at=desk.at),
        name=named,
        page=_no_page,
    ),
    Thing(
        kind="core.work",
        right=Right.SEE_FRAME,
        rows=lambda desk: own_works(desk.account),
        name=_work,
        page=_page("console:work", "pk"),
    ),
    Thing(
        kind="committee.participantorganisation",
        right=Right.SEE_ORGANISATIONS,
        rows=lambda desk: visible_participants(desk.account, at=desk.at),
        name=attrgetter("name"),
        page=_page("console:participant", "pk"),
    ),
    Thing(
        kind="committee.organisation",
        right=Right.SEE_ORGANISATIONS,
        rows=lambda desk: visible_organisations(desk.account, at=desk.at),
        name=attrgetter("name"),
        page=_no_page,
    ),
    Thing(
        kind="checkin.campaign",
        right=Right.SEE_CAMPAIGNS,
        rows=lambda desk: visible_campaigns(desk.account, at=desk.at),
        name=named,
        page=_page("console:campaign", "pk"),
    ),
    Thing(
        kind="checkin.checkpoint",
        right=Right.SEE_CAMPAIGNS,
        rows=lambda desk: visible_checkpoints(desk.account, at=desk.at),
        name=named,
        page=_page("console:trail", "activity.campaign_id"),
    ),
    Thing(
        kind="checkin.codeserial",
        right=Right.SHOW_CODES,
        rows=lambda desk: visible_serials(desk.account, at=desk.at),
        name=_code,
        page=_page("console:posters", "checkpoint.activity.campaign_id"),
    ),
    Thing(
        kind="checkin.pass",
        right=Right.SEE_PASSES,
        rows=lambda desk: visible_passes(desk.account, at=desk.at),
        name=_pass,
        page=_page("console:pass", "campaign_id", "pk"),
    ),
    Thing(
        kind="checkin.correction",
        right=Right.SEE_CHECKINS,
        rows=lambda desk: corrections_told(visible_corrections(desk.account, at=desk.at)),
        name=_correction,
        page=_page("console:checkin", "campaign_id", "item_id"),
    ),
    Thing(
        kind="checkin.loghead",
        right=Right.SEE_FRAME,
        rows=lambda desk: log_heads(),
        name=lambda row: gettext("kind.checkin.loghead"),
        page=_page("console:keys"),
    ),
    Thing(
        kind="trail.trail",
        right=Right.SEE_TRAIL,
        rows=lambda desk: visible_trails(desk.account, at=desk.at).select_related("activity"),
        name=named,
        page=_page("console:trail", "activity.campaign_id"),
    ),
    Thing(
        kind="trail.stop",
        right=Right.SEE_TRAIL,
        rows=lambda desk: visible_stops(desk.account, at=desk.at),
        name=lambda row: named(row.site),
        page=_page("console:trail", "trail.activity.campaign_id"),
    ),
    Thing(
        kind="trail.impression",
        right=Right.SEE_IMPRESSIONS,
        rows=lambda desk: visible_impressions(desk.account, at=desk.at),
        name=_impression,
        page=_no_page,
    ),
    Thing(
        kind="briefing.ledgerentry",
        right=Right.SEE_FIGURES,
        rows=lambda desk: visible_figures(desk.account, at=desk.at),
        name=_figure,
        page=_page("console:figure", "indicator"),
    ),
)
BY_KIND = {thing.kind: thing for thing in THINGS}
