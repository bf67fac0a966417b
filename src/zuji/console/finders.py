"""The kinds of rows that the palette finds. Each gives only rows that `visible_x` gives."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, Model, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse
from django.utils.translation import gettext

from zuji.briefing.definitions import catalogue
from zuji.checkin.access import visible_campaigns, visible_items, visible_passes
from zuji.checkin.finding import items_by_check_code
from zuji.checkin.models import Item, Pass
from zuji.committee.access import visible_organisations, visible_participants
from zuji.committee.models import ParticipantOrganisation
from zuji.console.matching import letters, pattern, rough
from zuji.console.pages import Desk
from zuji.console.palette import Finder, Hit
from zuji.core.templatetags.words import named, say
from zuji.people.access import visible_accounts
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.access import visible_cards
from zuji.register.census.access import visible_rounds
from zuji.register.models import Card
from zuji.register.queries import search
from zuji.trail.access import visible_stops

Row = TypeVar("Row", bound=Model)


@CharField.register_lookup
class Like(Lookup):
    """LIKE with wildcards of one's own."""

    lookup_name = "like"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*values, str(self.rhs))


MOST = 24
"""Rows that are fetched to choose the best among."""
FEW = 300
"""As many rows as are looked through by their sound; beyond, only what stands in them is found."""
LARGEST_KEY = 2**63 - 1
CHECK_CODE = re.compile(r"([0-9A-F]{4}) ?([0-9A-F]{4})", re.IGNORECASE)


def few(key: str, right: Right, listed: Callable[[Desk], Iterable[Hit]]) -> Finder:
    """Rows of which there are few enough to judge every one."""

    def find(desk: Desk, asked: str) -> list[Hit]:
        hits = list(listed(desk))
        return _fitting(hits, asked, slip=False) or _fitting(hits, asked, slip=True)

    def known(desk: Desk, keys: list[str]) -> Iterator[Hit]:
        wanted = {f"{key}:{each}" for each in keys}
        return (hit for hit in listed(desk) if hit.key in wanted)

    return Finder(key, right, find, known)


def _fitting(hits: list[Hit], asked: str, *, slip: bool) -> list[Hit]:
    return [hit for hit in (each.judged(asked, slip=slip) for each in hits) if hit.fit.score]


def many(
    key: str,
    right: Right,
    *,
    rows: Callable[[Desk], QuerySet[Row]],
    narrow: Callable[[QuerySet[Row], str], Iterable[Row]],
    hit: Callable[[Row], Hit],
) -> Finder:
    """Rows that the database searches."""

    def find(desk: Desk, asked: str) -> Iterator[Hit]:
        return (hit(row) for row in narrow(rows(desk), asked))

    def known(desk: Desk, keys: list[str]) -> Iterator[Hit]:
        wanted = [int(each) for each in keys if each.isdecimal() and int(each) <= LARGEST_KEY]
        return (hit(row) for row in rows(desk).filter(pk__in=wanted))

    return Finder(key, right, find, known)


def _participants(rows: QuerySet[ParticipantOrganisation], asked: str) -> Iterable[ParticipantOrganisation]:
    """By name, by its pinyin or initials, those that begin so first; by join code."""
    if not asked.isascii():
        return rows.filter(name__icontains=asked)[:MOST]
    if not letters(asked):
        return ()
    spelt = pattern(asked)
    first = [*rows.filter(join_code=asked.upper()), *rows.filter(sort_key__regex=f"^{spelt}")[:MOST]]
    if len(first) >= MOST or len(asked) == 1:
        return first
    return [*first, *rows.filter(sort_key__like=f"% {rough(asked)[1:]}", sort_key__regex=f" {spelt}")[:MOST]]


def _participant(row: ParticipantOrganisation) -> Hit:
    url = reverse("console:participant", args=[row.pk])
    return Hit(f"participant:{row.pk}", row.name, url, note=gettext(f"participant_kind.{row.kind}"))


def _firms(rows: QuerySet[Card], asked: str) -> Iterable[Card]:
    """By a part of the name, pinyin or initials, code, domain, brand."""
    return search(rows, asked)[:MOST]


def _firm(row: Card) -> Hit:
    return Hit(f"firm:{row.pk}", row.name, reverse("console:firm", args=[row.pk]), note=row.code, also=(row.code,))


def _passes(rows: QuerySet[Pass], asked: str) -> Iterable[Pass]:
    """By number, or by the name that was given."""
    if asked.isdecimal():
        return rows.filter(pk=int(asked)) if int(asked) <= LARGEST_KEY else ()
    return rows.filter(detail__nickname__icontains=asked)[:MOST] if len(asked) > 1 else ()


def _pass(row: Pass) -> Hit:
    nickname = getattr(getattr(row, "detail", None), "nickname", "")
    title = say("palette.pass.named", number=row.pk, name=nickname) if nickname else say("pass.number", number=row.pk)
    url = reverse("console:pass", args=[row.campaign_id, row.pk])
    return Hit(f"pass:{row.pk}", title, url, note=row.organisation.name, also=(nickname,))


def _receipts(desk: Desk, asked: str) -> Iterator[Hit]:
    """Check-ins whose receipt has this code, which is never remembered: it is typed from somebody's phone."""
    if (code := CHECK_CODE.fullmatch(asked)) is None:
        return
    for item in items_by_check_code(visible_items(desk.account, at=desk.at), "".join(code.groups())):
        yield _receipt(item, f"{code[1]} {code[2]}".upper())


def _receipt(item: Item, code: str) -> Hit:
    url = reverse("console:checkin", args=[item.campaign_id, item.id])
    return Hit(f"receipt:{item.id}", say("palette.receipt.code", code=code), url)


def _accounts(rows: QuerySet[Account], asked: str) -> Iterable[Account]:
    """By name or username; by sound too, where there are few enough to try each."""
    listed = list(rows[: FEW + 1])
    if len(listed) > FEW:
        return rows.filter(Q(name__icontains=asked) | Q(username__icontains=asked))[:MOST]
    return [row for row in listed if _account(row).judged(asked).fit.score]


def _account(row: Account) -> Hit:
    url, name = reverse("console:account", args=[row.pk]), row.name or gettext("account.erased")
    return Hit(f"account:{row.pk}", name, url, note=row.username, also=(row.username,))


def _campaigns(desk: Desk) -> Iterator[Hit]:
    for row in visible_campaigns(desk.account, at=desk.at):
        url = reverse("console:campaign", args=[row.pk])
        yield Hit(f"campaign:{row.pk}", named(row), url, also=(row.name_zh, row.name_en))


def _organisations(desk: Desk) -> Iterator[Hit]:
    for row in visible_organisations(desk.account, at=desk.at).order_by("sort_key", "pk"):
        url = reverse("console:organisation", args=[row.pk])
        yield Hit(f"organisation:{row.pk}", row.name, url, note=gettext(f"organisation_kind.{row.kind}"))


def _stops(desk: Desk) -> Iterator[Hit]:
    for stop in visible_stops(desk.account, at=desk.at).select_related("site", "trail__activity__campaign"):
        campaign = stop.trail.activity.campaign
        url = reverse("console:trail", args=[campaign.pk])
        also = (stop.site.name_zh, stop.site.name_en, stop.site.code)
        yield Hit(f"stop:{stop.pk}", named(stop.site), url, note=named(campaign), also=also)


def _figures(_: Desk) -> Iterator[Hit]:
    for definition in catalogue().values():
        url = reverse("console:figure", args=[definition.id])
        yield Hit(f"figure:{definition.id}", gettext(definition.name), url, note=definition.id, also=(definition.id,))


def _rounds(desk: Desk) -> Iterator[Hit]:
    for row in visible_rounds(desk.account, at=desk.at):
        yield Hit(f"census:{row.pk}", row.name, reverse("console:census_round", args=[row.pk]))


def _nothing(*_: Any) -> tuple[Hit, ...]:  # noqa: ANN401 - whoever asks
    return ()


FINDERS = (
    many(
        "firm",
        Right.SEE_REGISTER,
        rows=lambda desk: visible_cards(desk.account, at=desk.at),
        narrow=_firms,
        hit=_firm,
    ),
    many(
        "participant",
        Right.SEE_ORGANISATIONS,
        rows=lambda desk: visible_participants(desk.account, at=desk.at),
        narrow=_participants,
        hit=_participant,
    ),
    few("organisation", Right.SEE_ORGANISATIONS, _organisations),
    few("campaign", Right.SEE_CAMPAIGNS, _campaigns),
    few("census", Right.SEE_CENSUS, _rounds),
    many(
        "pass",
        Right.SEE_PASSES,
        rows=lambda desk: visible_passes(desk.account, at=desk.at),
        narrow=_passes,
        hit=_pass,
    ),
    few("stop", Right.SEE_TRAIL, _stops),
    few("figure", Right.SEE_FIGURES, _figures),
    many(
        "account",
        Right.SEE_ACCOUNTS,
        rows=lambda desk: visible_accounts(desk.account, at=desk.at),
        narrow=_accounts,
        hit=_account,
    ),
    Finder("receipt", Right.SEE_CHECKINS, _receipts, _nothing),
)
