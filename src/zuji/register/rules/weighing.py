"""Key enterprises (重点企业): weighted criteria, what a firm reaches of them, what it misses most narrowly. Pure."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from zuji.core.sheets.folding import compact
from zuji.register.fields import Field
from zuji.register.rules.parameters import FILINGS, Criterion, Key
from zuji.register.rules.values import Fact, Firm, Reason, Said, Verdict

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Weighed(NamedTuple):
    """A criterion's answer with its reason, and how far off it is: 0 met, 1 nothing of it or nobody knows."""

    answer: Said
    reason: Reason
    off: float
    weight: int


def key(rule: Key, firm: Firm, on: date) -> Verdict:
    """Yes once the met criteria weigh enough; unknown while the unknown ones could still bring it there."""
    weighed = [_weigh(each, firm) for each in rule.criteria]
    met = sum(each.weight for each in weighed if each.answer == "yes")
    possible = met + sum(each.weight for each in weighed if each.answer == "unknown")
    points = Reason("points", {"value": met, "need": rule.threshold})
    reasons = (points, *(each.reason for each in weighed if each.answer == "yes"))
    if met >= rule.threshold:
        return Verdict("yes", reasons)
    gap = rule.threshold - met
    # what alone would close the gap is nearer than what needs another beside it
    missed = sorted((each for each in weighed if each.answer != "yes"), key=lambda each: (each.weight < gap, each.off))
    answer: Said = "unknown" if possible >= rule.threshold else "no"
    return Verdict(answer, reasons, tuple(each.reason for each in missed))


def _weigh(criterion: Criterion, firm: Firm) -> Weighed:
    facts: dict[str, Fact] = {"weight": criterion.weight}
    if criterion.name:
        facts["name"] = criterion.name
    if criterion.of in FILINGS:
        return _filing(criterion, firm, facts | {"kind": criterion.of})
    facts["of"] = criterion.of
    of = Field(criterion.of)
    text = compact(_text(firm, of))
    if not text:
        return Weighed("unknown", Reason("criterion_unknown", facts), 1.0, criterion.weight)
    return TESTS[criterion.test](criterion, text, facts, firm.rows(of))


def _text(firm: Firm, of: Field) -> str:
    if of is Field.STAFF:
        return "" if firm.staff is None else str(firm.staff)
    if of is Field.STATUS:
        return "" if firm.status == "unknown" else firm.status
    return firm.town if of is Field.TOWN else firm.text(of)


def _filing(criterion: Criterion, firm: Firm, facts: dict[str, Fact]) -> Weighed:
    found = [each for each in firm.filings if each.kind == criterion.of and each.well_formed]
    rows = tuple(each.row for each in found if each.row is not None)
    if found:
        return Weighed("yes", Reason("criterion_filed", facts, rows), 0.0, criterion.weight)
    return Weighed("no", Reason("criterion_not_filed", facts), 1.0, criterion.weight)


def _met(met: bool, criterion: Criterion, facts: dict[str, Fact], rows: tuple[int, ...]) -> Weighed:
    if met:
        return Weighed("yes", Reason("criterion_met", facts, rows), 0.0, criterion.weight)
    return Weighed("no", Reason("criterion_missed", facts, rows), 1.0, criterion.weight)


def _at_least(criterion: Criterion, text: str, facts: dict[str, Fact], rows: tuple[int, ...]) -> Weighed:
    number, least = _NUMBER.search(text.replace(",", "")), criterion.least or 0.0
    if number is None:
        return Weighed("unknown", Reason("criterion_unknown", facts, rows), 1.0, criterion.weight)
    value = float(number[0])
    facts |= {"value": _plain(value), "need": _plain(least)}
    if value >= least:
        return _met(True, criterion, facts, rows)
    reason = Reason("criterion_short", facts | {"short": _plain(least - value)}, rows)
    return Weighed("no", reason, (least - value) / least, criterion.weight)


def _one_of(criterion: Criterion, text: str, facts: dict[str, Fact], rows: tuple[int, ...]) -> Weighed:
    return _met(text in criterion.values, criterion, facts | {"found": text}, rows)


def _starts_with(criterion: Criterion, text: str, facts: dict[str, Fact], rows: tuple[int, ...]) -> Weighed:
    return _met(text.startswith(criterion.values), criterion, facts | {"found": text}, rows)


def _has(criterion: Criterion, text: str, facts: dict[str, Fact], rows: tuple[int, ...]) -> Weighed:
    return _met(True, criterion, facts, rows)


def _plain(number: float) -> Fact:
    """A whole number without its point."""
    return int(number) if number == int(number) else round(number, 2)


TESTS: dict[str, Callable[[Criterion, str, dict[str, Fact], tuple[int, ...]], Weighed]] = {
    "at_least": _at_least,
    "one_of": _one_of,
    "starts_with": _starts_with,
    "has": _has,
}
