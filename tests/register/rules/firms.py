"""Firms as plain values."""

from datetime import date

from zuji.register.fields import Field
from zuji.register.rules.defaults import defaults
from zuji.register.rules.evaluating import evaluate
from zuji.register.rules.parameters import parse
from zuji.register.rules.values import FilingTold, Firm, Told, Verdict

ON = date(2021, 7, 26)
ICP = FilingTold("icp", "粤ICP备12345678号-1", True, 71)
BAD_ICP = FilingTold("icp", "ICP备1号", False, 72)
ALGORITHM = FilingTold("algorithm", "网信算备440113123456701210011号", True, 73)


def firm(*filings: FilingTold, dated: date | None = None, **values: str) -> Firm:
    """A firm with these texts by field, each from a row of its own; columns of the card stand beside them."""
    told = {Field(name): Told(text, number, dated) for number, (name, text) in enumerate(values.items(), start=1)}
    own = {name: values.pop(name) for name in ("town", "status") if name in values}
    staff = int(values["staff"]) if "staff" in values else None
    return Firm(key=1, values=told, filings=filings, staff=staff, **own)


def said(kind: str, of: Firm, **changes: object) -> Verdict:
    """What the first rule of a kind, with changes, says of a firm."""
    return evaluate(parse(kind, defaults()[kind] | changes), of, on=ON)


def codes(reasons) -> list[str]:
    return [reason.code for reason in reasons]
