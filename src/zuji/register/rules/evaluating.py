"""What each kind of rule says of a firm, with every reason and every miss. Pure."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from zuji.core.sheets.folding import compact
from zuji.register.fields import Field
from zuji.register.rules.industries import industry_of
from zuji.register.rules.parameters import Active, InDistrict, Internet, Key, Parameters, ThreeHaves, Words
from zuji.register.rules.places import place_of
from zuji.register.rules.values import Fact, Firm, Reason, Said, Verdict
from zuji.register.rules.weighing import key

_DISTRICT_OF_CODE = slice(2, 8)
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def evaluate(parameters: Parameters, firm: Firm, *, on: date) -> Verdict:
    """What the rule with these parameters says of a firm on a day."""
    return EVALUATORS[type(parameters)](parameters, firm, on)


def internet(rule: Internet, firm: Firm, on: date) -> Verdict:
    """Whether a firm deals with the Internet: a person's word first, then any one sound reason; each is kept."""
    reasons = [*_industry(rule, firm), *_filings(rule, firm)]
    misses = () if reasons else tuple(_internet_misses(rule, firm))
    if firm.decided in ("yes", "no"):
        decided = Reason(f"decided_{firm.decided}", {"reason": firm.reason})
        return Verdict("yes" if firm.decided == "yes" else "no", (decided, *reasons), misses)
    if reasons:
        return Verdict("yes", tuple(reasons))
    # a firm whose trade nobody told may well be one
    known = bool(firm.text(Field.INDUSTRY_CODE))
    return Verdict("no" if known else "unknown", (), misses)


def _industry(rule: Internet, firm: Firm) -> Iterator[Reason]:
    code = firm.text(Field.INDUSTRY_CODE)
    industry = industry_of(code) if code else None
    if industry and industry.group in rule.groups:
        facts = {"code": code, "name": industry.name}
        yield Reason(f"industry_{industry.group}", facts, firm.rows(Field.INDUSTRY_CODE))


def _filings(rule: Internet, firm: Firm) -> Iterator[Reason]:
    for kind in rule.filings:
        found = [filing for filing in firm.filings if filing.kind == kind and filing.well_formed]
        for number in dict.fromkeys(filing.number for filing in found):
            rows = tuple(each.row for each in found if each.number == number and each.row is not None)
            yield Reason("filing_live", {"kind": kind, "number": number}, rows)


def _internet_misses(rule: Internet, firm: Firm) -> Iterator[Reason]:
    for filing in firm.filings:
        if filing.kind in rule.filings:
            rows = () if filing.row is None else (filing.row,)
            yield Reason("filing_malformed", {"kind": filing.kind, "number": filing.number}, rows)
    if not rule.groups:
        return
    if code := firm.text(Field.INDUSTRY_CODE):
        yield Reason("industry_other", {"code": code}, firm.rows(Field.INDUSTRY_CODE))
    else:
        yield Reason("industry_unknown")


def in_district(rule: InDistrict, firm: Firm, on: date) -> Verdict:
    """Whether a firm is in the district: by its town, else its address, else by who registered it."""
    if firm.town:
        inside, facts = firm.town.startswith(rule.district), {"town": rule.towns.get(firm.town, firm.town)}
        return _inside(inside, "town", Reason("", facts, firm.rows(Field.TOWN)))
    address = firm.text(Field.ADDRESS)
    if place := place_of(address, rule):
        return _inside(place.inside, "address", Reason("", {"found": place.word}, firm.rows(Field.ADDRESS)))
    # of the district's firms about half are registered by the city, so another code says nothing
    if rule.by_code and _registered_in(firm) == rule.district:
        return _inside(True, "code", Reason("", {"district": rule.district}, firm.rows(Field.CODE)))
    return Verdict("unknown", (), (Reason("place_unknown"),))


def _inside(inside: bool, by: str, bare: Reason) -> Verdict:
    code = f"{by}_{'in' if inside else 'elsewhere'}"
    return Verdict("yes" if inside else "no", (Reason(code, bare.facts, bare.rows),))


def _registered_in(firm: Firm) -> str:
    code = compact(firm.text(Field.CODE)).upper()
    return code[_DISTRICT_OF_CODE] if _CODE.fullmatch(code) else ""


def active(rule: Active, firm: Firm, on: date) -> Verdict:
    """Whether a firm is active: its status is one that counts."""
    if firm.status == "unknown":
        return Verdict("unknown", (), (Reason("status_unknown"),))
    reason = Reason(f"status_{firm.status}", {}, firm.rows(Field.STATUS))
    return Verdict("yes" if firm.status in rule.statuses else "no", (reason,))


def three_haves(rule: ThreeHaves, firm: Firm, on: date) -> Verdict:
    """三有: yes only if all three are; no if any is; else unknown, since unknown never counts as yes."""
    answers = [
        _staff(rule, firm, on),
        _worded(rule, firm, on, Field.PREMISES, rule.premises),
        _worded(rule, firm, on, Field.OPERATING, rule.operating),
    ]
    said = {answer for answer, _ in answers}
    whole: Said = "no" if "no" in said else "unknown" if "unknown" in said else "yes"
    reasons = tuple(reason for answer, reason in answers if answer != "unknown")
    # a head-count that falls short is nearer than a plain no, and what nobody knows may be nothing at all
    missed = [(_distance(answer, reason), reason) for answer, reason in answers if answer != "yes"]
    return Verdict(whole, reasons, tuple(reason for _, reason in sorted(missed, key=lambda pair: pair[0])))


Answered = tuple[Said, Reason]


def _distance(answer: Said, reason: Reason) -> float:
    if answer == "unknown":
        return 1.0
    need, short = reason.facts.get("need"), reason.facts.get("short")
    return float(short) / float(need) if need and short else 2.0


def _staff(rule: ThreeHaves, firm: Firm, on: date) -> Answered:
    need = rule.staff_at_least
    if firm.staff is None:
        return "unknown", Reason("staff_unknown", {"need": need})
    if old := _too_old(rule, firm, on, Field.STAFF):
        return "unknown", old
    facts: dict[str, Fact] = {"value": firm.staff, "need": need, **_dated(firm, Field.STAFF)}
    rows = firm.rows(Field.STAFF)
    if firm.staff >= need:
        return "yes", Reason("staff_enough", facts, rows)
    return "no", Reason("staff_short", facts | {"short": need - firm.staff}, rows)


def _worded(rule: ThreeHaves, firm: Firm, on: date, of: Field, words: Words) -> Answered:
    if not (text := compact(firm.text(of))):
        return "unknown", Reason(f"{of}_unknown")
    if old := _too_old(rule, firm, on, of):
        return "unknown", old
    facts: dict[str, Fact] = {"found": firm.text(of), **_dated(firm, of)}
    if text in words.yes:
        return "yes", Reason(f"{of}_yes", facts, firm.rows(of))
    if text in words.no:
        return "no", Reason(f"{of}_no", facts, firm.rows(of))
    return "unknown", Reason(f"{of}_unclear", facts, firm.rows(of))


def _dated(firm: Firm, of: Field) -> dict[str, str]:
    told = firm.values.get(of)
    return {"dated": told.dated.isoformat()} if told and told.dated else {}


def _too_old(rule: ThreeHaves, firm: Firm, on: date, of: Field) -> Reason | None:
    told = firm.values.get(of)
    if rule.evidence_months is None or told is None or told.dated is None:
        return None
    age = (on.year - told.dated.year) * 12 + on.month - told.dated.month - (on.day < told.dated.day)
    if age < rule.evidence_months:
        return None
    facts: dict[str, Fact] = {"field": str(of), "dated": told.dated.isoformat(), "months": rule.evidence_months}
    return Reason("evidence_old", facts, firm.rows(of))


EVALUATORS: dict[type[Parameters], Callable[[Any, Firm, date], Verdict]] = {
    Internet: internet,
    InDistrict: in_district,
    Active: active,
    ThreeHaves: three_haves,
    Key: key,
}
