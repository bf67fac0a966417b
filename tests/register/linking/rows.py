"""Shorthands to write rows of lists."""

from stdnum.cn import uscc

from zuji.register.fields import Field
from zuji.register.linking import Key, Linked, Record


def code_of(number: int) -> str:
    """A sound code of its own for each number."""
    head = f"91440113{number + 10_000_000:08d}X"
    return head + uscc.calc_check_digit(head)


def row(name: str, *, at: tuple[str, int] = ("registry", 1), **fields: str) -> Record:
    return Record(at[0], at[1], {Field.NAME: name, **{Field(field): value for field, value in fields.items()}})


def together(linked: Linked, one: tuple[str, int], other: tuple[str, int]) -> bool:
    where = {link.key: link.cluster for link in linked.links}
    return where[Key(*one)] == where[Key(*other)]


FIRM = {
    "code": code_of(1),
    "person": "陈志明",
    "phone": "15412345678",
    "town": "大石街道",
    "address": "广州市番禺区大石街道市莲路12号1203室",
    "industry_code": "6490",
}
