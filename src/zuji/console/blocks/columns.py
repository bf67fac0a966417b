"""Columns of a list page: what a cell shows, what an export writes, and how the column is sorted."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

import django_tables2 as tables
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zuji.core.sheets import Kind
from zuji.core.templatetags import words

Url = Callable[[object], str]


class Text(tables.Column):
    """A text or a key as it stands; `key` are the words above it. `empty` are the words where there is none.

    A column that is not `shown` waits among the columns that a reader can choose.
    """

    kind = Kind.TEXT
    css = ""

    def __init__(
        self,
        key: str,
        *,
        empty: str = "core.unknown",
        css: str = "",
        shown: bool = True,
        **options: Any,  # noqa: ANN401 - django-tables2's own options
    ) -> None:
        super().__init__(**options)
        self.key, self.empty, self.css, self.shown = key, empty, css or self.css, shown

    @property
    def header(self) -> str:
        return gettext(self.key)

    @property
    def default(self) -> SafeString:
        return format_html('<span class="un">{}</span>', gettext(self.empty)) if self.empty else SafeString()


class Code(Text):
    """A code, a key or a telephone: text in a sheet, whatever it looks like."""

    kind = Kind.CODE
    css = "code"


class Count(Text):
    """A count, right-aligned; None is unknown and never 0."""

    kind = Kind.COUNT
    css = "n"

    def render(self, value: int) -> str:
        return words.number(value)

    def value(self, value: int, **_: object) -> int:
        return value


class Moment(Text):
    """An instant, in the page's time zone."""

    kind = Kind.DATE
    css = "n"

    def render(self, value: datetime) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.moment(value))

    def value(self, value: datetime, **_: object) -> datetime:
        return timezone.localtime(value)


class Word(Text):
    """A key of a closed set, shown as its word: `prefix` is the part before the key in the translation files."""

    def __init__(self, key: str, *, prefix: str, states: dict[str, str] | None = None, **options: Any) -> None:  # noqa: ANN401 - django-tables2's own options
        super().__init__(key, **options)
        self.prefix, self.states = prefix, states or {}

    def render(self, record: object, bound_column: tables.columns.BoundColumn) -> str | SafeString:
        key = tables.A(bound_column.accessor).resolve(record)
        shape = self.states.get(str(key))
        said = words.word(key, self.prefix)
        return format_html('<span class="state {}">{}</span>', shape, said) if shape else said

    def value(self, record: object, bound_column: tables.columns.BoundColumn, **_: object) -> str:
        return words.word(tables.A(bound_column.accessor).resolve(record), self.prefix)


class Link(Text):
    """A text that leads to the row's own page."""

    def __init__(self, key: str, *, route: str, args: tuple[str, ...] = ("pk",), **options: Any) -> None:  # noqa: ANN401 - django-tables2's own options
        super().__init__(key, **options)
        self.route, self.args = route, args

    def render(self, value: Any, record: object) -> SafeString:  # noqa: ANN401 - whatever the column holds
        return self.linked(value, record)

    def linked(self, words_of_it: object, record: object) -> SafeString:
        """Words that lead to the row's page."""
        keys = [tables.A(arg).resolve(record) for arg in self.args]
        return format_html('<a href="{}">{}</a>', reverse(self.route, args=keys), words_of_it)

    def value(self, value: Any, **_: Any) -> object:  # noqa: ANN401 - whatever the column holds
        return value


class Day(Text):
    """A day with its year."""

    kind = Kind.DATE
    css = "n"

    def render(self, value: date) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.full_day(value))

    def value(self, value: date, **_: object) -> date:
        return value


class MomentLink(Link):
    """An instant that leads to the row's own page."""

    kind = Kind.DATE
    css = "nb"

    def render(self, value: Any, record: object) -> SafeString:  # noqa: ANN401 - an instant
        return self.linked(words.moment(value), record)

    def value(self, value: Any, **_: object) -> object:  # noqa: ANN401 - an instant
        return timezone.localtime(value)


class Named(Link):
    """A row's name in the reader's language, leading to its page."""

    def __init__(self, key: str, *, route: str, **options: Any) -> None:  # noqa: ANN401 - django-tables2's own options
        super().__init__(key, route=route, accessor="pk", **options)

    def render(self, value: object, record: object) -> SafeString:
        return self.linked(words.named(record), record)

    def value(self, value: object, **around: object) -> object:
        return words.named(around["record"])


class Choice(NamedTuple):
    """A column that can be chosen: its name, its words, and whether it is shown now."""

    name: str
    label: str
    shown: bool


class Layout:
    """Which columns of a table are shown and in which order: as the address says in `cols`, else as the table does.

    The first column heads its row and always comes first.
    """

    def __init__(self, table: type[tables.Table], query: QueryDict) -> None:
        self.columns: dict[str, Text] = table.base_columns
        self.head, *others = self.columns
        self.usual = [name for name in others if self.columns[name].shown]
        asked = [name for name in dict.fromkeys(query.get("cols", "").split(",")) if name in others]
        self.chosen = asked or self.usual
        self.hidden = [name for name in others if name not in self.chosen]

    @property
    def sequence(self) -> list[str]:
        """Every column, those shown first; the hidden ones are excluded by name."""
        return [self.head, *self.chosen, *self.hidden]

    @property
    def is_usual(self) -> bool:
        return self.chosen == self.usual

    def choices(self) -> list[Choice]:
        """The columns as they stand in the form that chooses them."""
        return [Choice(name, self.columns[name].header, name in self.chosen) for name in self.sequence[1:]]

    @classmethod
    def rearranged(cls, table: type[tables.Table], query: QueryDict) -> str | None:
        """The address that says in `cols` what that form was sent with: `col` for each column, `up` for one to move."""
        if "col" not in query and "up" not in query:
            return None
        fresh = query.copy()
        names, up = fresh.pop("col", []), fresh.pop("up", [""])[0]
        if up in names[1:]:
            place = names.index(up)
            names[place - 1 : place + 1] = [up, names[place - 1]]
        fresh["cols"] = ",".join(names)
        layout = cls(table, fresh)
        fresh["cols"] = ",".join(layout.chosen)
        if layout.is_usual:
            del fresh["cols"]
        return fresh.urlencode()
