"""Evidence in words' keys."""

from zuji.register.linking.index import Index
from zuji.register.linking.records import Reason, Why
from zuji.register.linking.rows import Row
from zuji.register.linking.units import Unit


def why_one(unit: Unit, firm: Unit, index: Index) -> tuple[Reason, ...]:
    return ()


def why_alone(row: Row, first: Row) -> tuple[Reason, ...]:
    return (Reason(Why.FIRST_ROW),)
