"""A walked walk, and pages read as a person reads them: by their words and links."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import CodeSerial, Pass
from zuji.trail.models import Trail

SILENT = {"script", "style", "option", "title", "pre"}
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "div", "small", "span", "a", "label", "b"}
VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """An element with its attributes, all text within it, and the tags that it stands within."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    within: frozenset[str] = frozenset()


class Reader(HTMLParser):
    """The elements of a page, and the text that a person reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        within = frozenset(each.tag for each in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, within=within)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        self.text += " " if tag in BLOCKS else ""
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
        if not SILENT & {element.tag for element in self._open}:
            self.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag whose attributes have these words among theirs; `class_` is `class`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag and all(value in each.attributes.get(name, "").split() for name, value in wanted.items())
        ]


def words(text: str) -> str:
    """A text with its spaces folded."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Seen:
    """An answer, read."""

    answer: HttpResponse
    page: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.page = Reader(self.answer.content.decode(errors="replace"))

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        return words(self.page.text)

    @property
    def title(self) -> str:
        return words(self.page.all("h1")[0].text)

    @property
    def errors(self) -> list[str]:
        """What stands beside the fields."""
        return [words(each.text) for each in self.page.all("p", class_="error")]

    @property
    def cells(self) -> list[list[str]]:
        """Rows of the page's table, read cell by cell."""
        return self.table("tbody")

    def table(self, part: str) -> list[list[str]]:
        rows: list[list[str]] = []
        inside = False
        for each in self.page.elements:
            if each.tag in ("thead", "tbody", "tfoot"):
                inside = each.tag == part
            elif inside and each.tag == "tr":
                rows.append([])
            elif inside and each.tag in ("td", "th") and "pick" not in each.attributes.get("class", "").split():
                rows[-1].append(words(each.text))
        return rows

    @property
    def undoing(self) -> list[str]:
        """Where the page offers to take steps back, the latest first."""
        actions = [each.attributes.get("action", "") for each in self.page.all("form")]
        return [action for action in actions if action.startswith("/undo/")]

    def links(self, text: str = "") -> list[str]:
        """Where the links with these words lead."""
        return [each.attributes.get("href", "") for each in self.page.all("a") if text in words(each.text)]


@dataclass
class Pages:
    """Pages of one account."""

    client: Client

    def get(self, path: str, **query: object) -> Seen:
        return Seen(self.client.get(path, query))

    def post(self, path: str, **form: object) -> Seen:
        """A form, and the page that follows."""
        return Seen(self.client.post(path, form, follow=True))

    def file(self, path: str, **query: object) -> HttpResponse:
        return self.client.get(path, query)

    def sheet(self, path: str, **query: object) -> list[list[Any]]:
        """An .xlsx as rows of values."""
        book = load_workbook(BytesIO(self.client.get(path, {**query, "format": "xlsx"}).getvalue()))
        return [list(row) for row in book.active.iter_rows(values_only=True)]

    def csv(self, path: str, **query: object) -> list[list[str]]:
        """A .csv as rows of texts; no text of these tests has a comma."""
        text = self.client.get(path, {**query, "format": "csv"}).getvalue().decode("utf-8-sig")
        return [line.split(",") for line in text.splitlines()]


@dataclass
class Walked:
    """What was walked: passes and the ids of what they handed in, by a short name."""

    cast: Cast
    trail: Trail
    first: Pass
    second: Pass
    third: Pass
    screen: CodeSerial
    poster: CodeSerial
    items: dict[str, str]

    @property
    def base(self) -> str:
        return f"/walk/{self.cast.campaign.pk}"


def walk(cast: Cast) -> Walked:
    """Two of the firm and one of the unit check in at the entrance, one of them twice; a wrong code is refused.

    The entrance stands at one site, the hall at another; the first of the firm reaches both.
    """
    trail = lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1")), (cast.hall, site(cast.panyu, "S2"))])
    passes = [new_pass(organisation, cast.campaign) for organisation in (cast.firm, cast.firm, cast.unit)]
    screen = serial(cast.entrance, cast.guo, CodeKind.SCREEN)
    poster = serial(cast.hall, cast.guo, CodeKind.POSTER)
    handed = {
        "first": item(passes[0], screen),
        "second": item(passes[1], screen),
        "third": item(passes[2], screen),
        "again": item(passes[0], screen, DAY.replace(second=20)),
        "hall": item(passes[0], poster),
        "forged": item(passes[1], f"{cast.hall.pk}.p1.0.AAAAAAAAAAA"),
    }
    Counter().take(*handed.values(), at=DAY)
    first, second, third = passes
    ids = {name: each["id"] for name, each in handed.items()}
    return Walked(cast, trail, first, second, third, screen, poster, ids)
