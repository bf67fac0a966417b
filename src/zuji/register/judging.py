"""What the rules in force say of firms on a day: evaluated in bulk, and kept as ranges of days."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from zuji.core.models import Association
from zuji.register.enums import RuleKind
from zuji.register.fields import Field
from zuji.register.models import Card, Filing, Overruling, RuleVersion, SourceRow
from zuji.register.rules.evaluating import evaluate
from zuji.register.rules.laying import lay_rules
from zuji.register.rules.parameters import Parameters, parse
from zuji.register.rules.values import FilingTold, Firm, Told
from zuji.register.standings import Judged, Line, keep

AT_ONCE = 2000
DATED = (Field.STAFF, Field.PREMISES, Field.OPERATING)
"""Fields whose evidence is shown with its day."""
DECIDED = RuleKind.INTERNET.value
"""Where a person's word on whether a firm deals with the Internet stands among the overrulings."""


class InForce(NamedTuple):
    """A rule's version and its parameters, read."""

    version: int
    parameters: Parameters


@transaction.atomic
def judge(enterprise_ids: Collection[int] | None, *, association_id: int, on: date, at: datetime) -> Judged:
    """Judge these firms, or all, under the versions in force on a day, from what their cards say now.

    A standing whose answer, reasons and misses stay the same goes on; else it ends the day before and a new one begins.
    Judged again on the same day, the day's own standing is replaced. The cards get the five answers. An association
    that has no version of a rule yet begins with the first one from this day on.
    """
    Association.objects.select_for_update(no_key=True).get(pk=association_id)
    lay_rules(association_id=association_id, since=on, at=at)
    rules = rules_on(association_id, on)
    lines = (line for firm in firms(enterprise_ids, association_id=association_id) for line in _lines(firm, rules, on))
    return keep(lines, enterprise_ids, association_id=association_id, on=on)


def judge_where_a_day_begins(at: datetime) -> int:
    """Judge all firms of the associations in whose first hour of a day this is: rules change, and evidence grows old.

    Returns how many associations those are. Asked once an hour; asked again it changes nothing.
    """
    begun = [each for each in Association.objects.order_by("pk") if at.astimezone(ZoneInfo(each.time_zone)).hour == 0]
    for association in begun:
        judge(None, association_id=association.pk, on=day_of(association, at), at=at)
    return len(begun)


def day_of(association: Association, at: datetime) -> date:
    """The day that an instant falls on where an association is."""
    return at.astimezone(ZoneInfo(association.time_zone)).date()


def rules_on(association_id: int, on: date) -> dict[str, InForce]:
    """The versions in force on a day, by kind."""
    versions = RuleVersion.objects.filter(association=association_id, during__contains=on)
    return {each.kind: InForce(each.pk, parse(each.kind, each.parameters)) for each in versions}


def firms(enterprise_ids: Collection[int] | None, *, association_id: int) -> Iterator[Firm]:
    """Firms as they stand, in the order of their keys; merged ones are none."""
    cards = Card.objects.filter(association=association_id, enterprise__merged_into=None).order_by("enterprise_id")
    if enterprise_ids is not None:
        cards = cards.filter(enterprise__in=enterprise_ids)
    last = 0
    while page := list(cards.filter(enterprise_id__gt=last).values(*_COLUMNS)[:AT_ONCE]):
        last = page[-1]["enterprise_id"]
        yield from _page(page)


_COLUMNS = ("enterprise_id", "town", "status", "staff", "values")


def _page(page: Sequence[dict[str, Any]]) -> Iterator[Firm]:
    keys = [card["enterprise_id"] for card in page]
    days = _days(page)
    filings: dict[int, list[FilingTold]] = {}
    told = Filing.objects.filter(enterprise__in=keys).order_by("kind", "number", "pk")
    for key, kind, number, sound, row in told.values_list("enterprise_id", "kind", "number", "well_formed", "row_id"):
        filings.setdefault(key, []).append(FilingTold(kind, number, sound, row))
    words = Overruling.objects.filter(enterprise__in=keys, field=DECIDED, ended_at=None)
    decided = {each.enterprise_id: each for each in words}
    for card in page:
        key = card["enterprise_id"]
        word = decided.get(key)
        yield Firm(
            key=key,
            values=_values(card["values"], days),
            filings=tuple(filings.get(key, ())),
            town=card["town"],
            status=card["status"],
            staff=card["staff"],
            decided=word.value if word else "",
            reason=word.reason if word else "",
        )


def _values(kept: dict[str, dict[str, Any]], days: dict[int, date]) -> dict[Field, Told]:
    # a card may say more than a list can
    return {
        Field(name): Told(value["value"], value.get("row"), days.get(value.get("row") or 0))
        for name, value in kept.items()
        if name in _FIELDS
    }


_FIELDS = frozenset(Field)


def _days(page: Sequence[dict[str, Any]]) -> dict[int, date]:
    """The day of the list of each row that evidence stands on."""
    rows = {card["values"].get(name, {}).get("row") for card in page for name in DATED} - {None}
    return dict(SourceRow.objects.filter(pk__in=rows).values_list("pk", "source__as_of"))


def _lines(firm: Firm, rules: dict[str, InForce], on: date) -> Iterator[Line]:
    for kind, (version, parameters) in rules.items():
        yield Line(firm.key, kind, version, evaluate(parameters, firm, on=on))
