"""Units: rows that are taken as one from here on, with all that any of them tells."""

from collections.abc import Iterable

from zuji.register.codes import CodeKind
from zuji.register.linking.records import Key
from zuji.register.linking.rows import Row
from zuji.register.names import Name


class Unit:
    """A firm or a part of one. Grows by `add`; the sets are what its rows tell together."""

    __slots__ = (
        *("rows", "names", "others", "codes", "persons", "phones", "towns", "streets", "rooms", "buildings"),
        *("filings", "domains", "brands", "staffs", "industries", "lists", "is_short"),
    )

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: list[Row] = []
        self.is_short = True
        """Whether no row calls it by a registered name: an office's list of short names and brands."""
        self.names: dict[Name, None] = {}
        self.others: dict[Name, None] = {}
        self.codes: dict[CodeKind, set[str]] = {}
        self.persons: set[str] = set()
        self.phones: set[str] = set()
        self.towns: set[str] = set()
        self.streets: set[str] = set()
        self.rooms: set[str] = set()
        self.buildings: set[str] = set()
        self.filings: set[str] = set()
        self.domains: set[str] = set()
        self.brands: set[str] = set()
        self.staffs: set[float] = set()
        self.industries: set[str] = set()
        self.lists: set[str] = set()
        for row in rows:
            self.add(row)

    @property
    def key(self) -> Key:
        """Its first row's, which tells units apart and orders them."""
        return self.rows[0].key

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self.lists.add(row.key.list)
        self.is_short = self.is_short and not row.name.is_full
        self.names[row.name] = None
        self.others.update(dict.fromkeys(row.others))
        if row.code.kind != CodeKind.NONE:
            self.codes.setdefault(row.code.kind, set()).add(row.code.text)
        self.persons.update(row.persons)
        self.phones.update(row.phones)
        self._add_place(row)
        for known, value in (
            (self.filings, row.filing),
            (self.domains, row.domain),
            (self.brands, row.brand),
            (self.industries, row.industry),
        ):
            if value:
                known.add(value)
        if row.staff:
            self.staffs.add(row.staff)

    def _add_place(self, row: Row) -> None:
        for known, value in ((self.towns, row.town), (self.streets, row.street), (self.buildings, row.building)):
            if value:
                known.add(value)
        if row.street and row.room:
            self.rooms.add(f"{row.street}/{row.room}")

    def without_code(self) -> "Unit":
        """The same rows as if none of them had a code."""
        bare = Unit(self.rows)
        bare.codes = {}
        return bare
