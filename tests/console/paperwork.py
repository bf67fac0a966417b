"""The forms of a page, read from its HTML: where they go, and what a browser would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTS = {"text", "search", "email", "url", "tel", "password", "textarea", ""}


@dataclass
class Field:
    """A control: its name, its kind, the values that it would send, and those that it offers."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    most: str = ""

    @property
    def is_text(self) -> bool:
        """Whether somebody can type anything into it."""
        return self.kind in TEXTS


@dataclass
class Paper:
    """A form: where to, how, and its controls in order; `sends` are the names and values of its buttons."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    sends: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **changes: object) -> dict[str, object]:
        """What a browser sends when only these fields are changed."""
        data: dict[str, object] = {}
        for each in self.fields:
            if each.values and each.kind != "file":
                data[each.name] = [*data.get(each.name, []), *each.values]  # type: ignore[misc]  # always a list
        return {**dict(self.sends[:1]), **data, **changes}


class Desk(HTMLParser):
    """Reads the forms of a page, with controls that stand elsewhere and name their form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.papers: list[Paper] = []
        self._named: dict[str, Paper] = {}
        self._away: list[tuple[str, str, dict[str, str]]] = []
        self._open: Paper | None = None
        self._writing: Field | None = None
        self._choosing: Field | None = None
        self.feed(html)
        for name, tag, about in self._away:
            if name in self._named:
                self._take(self._named[name], tag, about)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Paper(about.get("action", ""), about.get("method", "get").lower())
            self.papers.append(self._open)
            self._named[about.get("id", "")] = self._open
        elif tag == "option" and self._choosing is not None:
            self._offer(self._choosing, about)
        elif tag in ("input", "select", "textarea", "button") and "disabled" not in about:
            if "form" in about:
                self._away.append((about["form"], tag, about))
            elif self._open is not None:
                self._take(self._open, tag, about)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._writing = None
        elif tag == "select":
            self._close_choice()

    def handle_data(self, data: str) -> None:
        if self._writing is not None:
            self._writing.values = [self._writing.values[0] + data]

    @staticmethod
    def _offer(choice: Field, about: dict[str, str]) -> None:
        choice.offers.append(about.get("value", ""))
        if "selected" in about:
            choice.values.append(about.get("value", ""))

    def _close_choice(self) -> None:
        choice, self._choosing = self._choosing, None
        if choice and not choice.values and choice.offers and choice.kind == "select":
            choice.values = choice.offers[:1]

    def _take(self, paper: Paper, tag: str, about: dict[str, str]) -> None:
        name, kind = about.get("name", ""), about.get("type", "") if tag == "input" else tag
        if tag == "button":
            paper.sends += [(name, about.get("value", ""))] if name else []
            return
        if not name or kind == "submit":
            return
        made = Field(name, kind, most=about.get("maxlength", ""))
        paper.fields.append(made)
        if kind in ("checkbox", "radio"):
            made.values = [about.get("value", "on")] if "checked" in about else []
            made.offers = [about.get("value", "on")]
        elif tag == "select":
            made.kind = "many" if "multiple" in about else "select"
            self._choosing = made
        elif tag == "textarea":
            made.values, self._writing = [""], made
        else:
            made.values = [about.get("value", "")]


def papers(html: str) -> list[Paper]:
    """The forms of a page in the order in which they stand on it."""
    return Desk(html).papers
