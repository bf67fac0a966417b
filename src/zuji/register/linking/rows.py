"""A record with its texts taken apart."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zuji.register.codes import Code, read_code
from zuji.register.fields import Field
from zuji.register.linking.records import Key, Record
from zuji.register.names import Name, Parser, fold
from zuji.register.places import read_address, town_of

_FILING = re.compile(r"\d{6,9}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BETWEEN_PHONES = re.compile(r"[/;、,]|或")
_AREA, _COUNTRY = "20", "86"


@dataclass(frozen=True, slots=True)
class Row:
    """What one row tells, in forms that compare; '' or empty where it does not tell."""

    key: Key
    code: Code
    name: Name
    others: tuple[Name, ...]
    """Former names and a registered name in place of a site's."""
    brand: str
    persons: tuple[str, ...]
    phones: tuple[str, ...]
    town: str
    street: str
    room: str
    building: str
    filing: str
    domain: str
    staff: float
    industry: str


def read_phones(text: str) -> tuple[str, ...]:
    """The numbers in a cell without country and area; one that a sheet rounded tells nothing."""
    plain = re.sub(r"\.0$", "", unicodedata.normalize("NFKC", text))
    if "E+" in plain.upper():
        return ()
    digits = (re.sub(r"\D", "", part) for part in _BETWEEN_PHONES.split(plain))
    return tuple(number for number in map(_local, digits) if len(number) >= 7)


def _local(digits: str) -> str:
    if digits.startswith(_COUNTRY) and len(digits) > 11:
        digits = digits[2:]
    digits = digits.lstrip("0")
    return digits[2:] if digits.startswith(_AREA) and len(digits) == 10 else digits


def filing_base(text: str) -> str:
    """The number that all sites of one filing share: 粤ICP备12345678号-2 → 12345678."""
    found = _FILING.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return found[0] if found else ""


def read_rows(records: Iterable[Record]) -> tuple[list[Row], Parser]:
    """The rows in the order of their keys, and the parser that has learnt from their names."""
    ordered = sorted(records, key=lambda record: record.key)
    parser = Parser.learnt(fold(record.fields.get(Field.NAME, "")) for record in ordered)
    return [_row(record, parser) for record in ordered], parser


def _row(record: Record, parser: Parser) -> Row:
    def text(field: Field) -> str:
        return fold(record.fields.get(field, ""))

    name = parser.parse(text(Field.NAME))
    site = text(Field.SITE)
    former, brand = text(Field.FORMER_NAME), text(Field.BRAND)
    as_name = parser.parse(site)
    if as_name.form and as_name.stem == name.stem and any(as_name.region) and not any(name.region):
        # the site says in full what the name leaves out, so 佛山 of another firm's site is not lost
        name = as_name
    others = tuple(parser.parse(each) for each in (former, site if as_name.form else "") if each and each != name.whole)
    place = _Place(text)
    return Row(
        key=record.key,
        code=read_code(record.fields.get(Field.CODE, "")),
        name=name,
        others=others,
        brand=brand or ("" if as_name.form or site == name.whole else site),
        persons=tuple(dict.fromkeys(each for each in (text(Field.PERSON), text(Field.CONTACT)) if each)),
        phones=read_phones(record.fields.get(Field.PHONE, "")),
        town=place.town,
        street=place.street,
        room=place.room,
        building=place.building,
        filing=filing_base(record.fields.get(Field.FILING, "")),
        domain=text(Field.DOMAIN).lower(),
        staff=_number(text(Field.STAFF)),
        industry=re.sub(r"\.0$", "", text(Field.INDUSTRY_CODE)),
    )


class _Place:
    """Where a row says it is; a building's column outweighs what stands in the address."""

    def __init__(self, text: Callable[[Field], str]) -> None:
        address, building = read_address(text(Field.ADDRESS)), read_address(text(Field.BUILDING))
        self.town = town_of(text(Field.TOWN)) or address.town
        self.street = building.street or address.street
        self.building = building.building or address.building
        self.room = (building.room if building.street else "") or (address.room if not building.street else "")


def _number(text: str) -> float:
    found = _NUMBER.fullmatch(text.replace(",", ""))
    return float(found[0]) if found else 0.0
