"""A list comes in: a workbook is chosen, looked at with its problems beside the cells, and then taken or dropped.

What is shown before the yes is a run of the import itself, rolled back, so that the two cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from zuji.console.blocks.files import file_answer
from zuji.console.blocks.forms import Form
from zuji.console.blocks.staging import Staged, drop, stage, staged
from zuji.console.pages import Desk, Page, desk, show
from zuji.core.errors import Invalid, Refused
from zuji.core.sheets import Row, Table
from zuji.core.sheets.places import shown
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say

SHOWN_ROWS = 200


class Taken(Protocol):
    """What an import gives back: what was added, and the rows that come back with their problems."""

    @property
    def added(self) -> list[int]: ...

    @property
    def rejects(self) -> list[Row]: ...

    @property
    def table(self) -> Table: ...

    def returned(self, *, made_at: datetime, language: str) -> bytes: ...


@dataclass(frozen=True, kw_only=True)
class Wizard:
    """What a list's wizard needs: the import, the words before its columns, and where it starts and ends."""

    page: Page
    take: Callable[[Desk, Staged], Taken]
    words: str
    example: str
    url: str
    back: str


class UploadForm(Form):
    """One workbook; `again` is asked only once it turns out that it came before."""

    keys = {"book": "wizard.book", "again": "wizard.again_too"}

    book = forms.FileField(widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}), max_length=120)
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def ask_again(self) -> None:
        """Offer to take it a second time."""
        self.fields["again"].widget = forms.CheckboxInput()

    def file(self) -> Staged:
        """What was uploaded."""
        book = self.cleaned_data["book"]
        return Staged(book.read(), book.name, self.cleaned_data["again"])


def choose(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    """The first step: the form, and after a post either what is wrong with the whole workbook or the second step."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.file()
        try:
            _look(wizard, desk(request), file)
        except (Invalid, Refused) as problem:
            form.add_error("book", say(problem.code, problem.facts)[short_language()])
            if isinstance(problem, Refused):
                form.ask_again()
        else:
            return redirect(f"{wizard.url}{stage(desk(request).account, file)}/")
    status = 422 if form.errors else 200
    return show(request, "console/wizard/choose.html", wizard.page, form=form, wizard=wizard, status=status)


def confirm(request: HttpRequest, wizard: Wizard, token: str) -> HttpResponse:
    """The second step: what would happen; a post takes the good rows, or drops the file."""
    at_desk = desk(request)
    file = staged(at_desk.account, token)
    if "drop" in request.POST:
        drop(at_desk.account, token)
        return redirect(wizard.url)
    if request.method == "POST":
        taken = wizard.take(at_desk, file)
        drop(at_desk.account, token)
        return _done(request, wizard, taken)
    taken = _look(wizard, at_desk, file)
    if "rejects" in request.GET:
        return file_answer(_rejects(taken, at_desk), name="rejects.xlsx", at=at_desk.at)
    return show(
        request, "console/wizard/confirm.html", wizard.page, wizard=wizard, file=file, **_preview(wizard, taken)
    )


def _look(wizard: Wizard, at_desk: Desk, file: Staged) -> Taken:
    """Run the import and take everything back."""
    with transaction.atomic():
        taken = wizard.take(at_desk, file)
        transaction.set_rollback(True)
    return taken


def _done(request: HttpRequest, wizard: Wizard, taken: Taken) -> HttpResponse:
    at_desk = desk(request)
    back = Staged(_rejects(taken, at_desk), "rejects.xlsx") if taken.rejects else None
    token = stage(at_desk.account, back) if back else ""
    return show(request, "console/wizard/done.html", wizard.page, wizard=wizard, taken=taken, token=token)


def rejects(request: HttpRequest, token: str) -> HttpResponse:
    """The rows that were not taken, as a workbook to mend and send in again."""
    at_desk = desk(request)
    return file_answer(staged(at_desk.account, token).data, name="rejects.xlsx", at=at_desk.at)


def _rejects(taken: Taken, at_desk: Desk) -> bytes:
    return taken.returned(made_at=at_desk.at, language=short_language())


def _preview(wizard: Wizard, taken: Taken) -> dict[str, Any]:
    """Headings and rows, those with problems first."""
    keys = sorted(taken.table.placed, key=lambda key: taken.table.placed[key])
    bad = {row.number: row for row in taken.rejects}
    good = [row for row in taken.table.rows() if row.number not in bad]
    rows = [*bad.values(), *good][:SHOWN_ROWS]
    return {
        "taken": taken,
        "headings": [gettext(f"{wizard.words}.{key}") for key in keys],
        "rows": [(row, [_cell(row, key) for key in keys]) for row in rows],
        "hidden": len(bad) + len(good) - len(rows),
    }


def _cell(row: Row, key: str) -> dict[str, object]:
    """A cell as it came, and what is wrong with it in words."""
    where = row.cell(key)
    wrong = [say(each.code, each.facts)[short_language()] for each in row.problems if each.cell == where]
    return {"value": shown(row.raw(key)), "wrong": wrong}
