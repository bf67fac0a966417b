"""Lists come in: files of an authority are read and laid out to be looked at; the register changes only after a yes."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, NamedTuple

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.blocks.files import file_answer
from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.once import once
from zuji.console.blocks.record import asked
from zuji.console.pages import Desk, desk, show
from zuji.console.views.register.lists import page_of
from zuji.console.views.register.words import field_named, told_by
from zuji.console.views.trail_import import ManyFiles
from zuji.core.errors import Forbidden, Invalid, Refused
from zuji.core.sheets.places import letters
from zuji.core.templatetags.words import say, short_language
from zuji.core.texts import say as refusal
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import scope_of
from zuji.register import actions
from zuji.register.access import access_list, visible_authorities
from zuji.register.authorities import remembered
from zuji.register.enums import ListState
from zuji.register.errors import Refusal
from zuji.register.fields import Field
from zuji.register.models import SourceList
from zuji.register.reading import Choice, Proposal, Reading, read_list
from zuji.register.returning import rejects_of

FILES: Final = 20
"""As many files as come at once."""
NEW: Final = ""


class ImportForm(Form):
    """Files, whose they are, and the day that they are about."""

    keys: ClassVar = {
        "books": "list_import.files",
        "authority": "list.authority",
        "name": "list_import.name",
        "as_of": "list.as_of",
    }
    helped = ("books", "name", "as_of")
    beside: ClassVar = {
        "authority_name_missing": "name",
        "authority_name_too_long": "name",
        "authority_name_taken": "name",
        "lists_too_late": "as_of",
    }

    # an empty one is told of by its name, and stops no other
    books = ManyFiles(allow_empty_file=True)
    authority = forms.ChoiceField(required=False)
    name = forms.CharField(max_length=80, required=False)
    as_of = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, at_desk: Desk, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        account, at = at_desk
        known = visible_authorities(account, Right.IMPORT_LISTS, at=at).order_by("name")
        choices: Any = self.fields["authority"]
        choices.choices = [(NEW, gettext("list_import.new")), *((str(row.pk), row.name) for row in known)]
        self.fields["books"].widget.attrs["accept"] = ".xlsx,.xls,.csv"

    def clean_books(self) -> "list[UploadedFile[Any]]":
        files: list[UploadedFile[Any]] = self.cleaned_data["books"]
        if not files or len(files) > FILES:
            raise forms.ValidationError(say("list_import.how_many", n=FILES))
        return files


@needs(Right.IMPORT_LISTS)
def list_import(request: HttpRequest) -> HttpResponse:
    """Choose files; each is read, and what cannot be read is said of each alone."""
    at_desk = desk(request)
    initial = {"as_of": asked(request).today}
    form = ImportForm(request.POST or None, request.FILES or None, at_desk=at_desk, initial=initial)
    keys: list[int] = []
    if form.is_valid() and attempt(form, lambda: once(request, lambda: keys.append(_authority(at_desk, form)))):
        if not keys:
            return redirect("console:lists")
        read = _read(at_desk, form, keys[0])
        if read.made:
            messages.success(request, say("list_import.read", n=len(read.made)))
            for problem in read.problems:
                messages.warning(request, problem)
            return redirect(_where(read.made))
        for problem in read.problems:
            form.add_error("books", problem)
    return show(
        request,
        "console/register/import.html",
        page_of(gettext("list_import.title"), gettext("list_import.lead")),
        form=form,
        status=422 if form.errors else 200,
    )


class Read(NamedTuple):
    """What became of the files: lists to be looked at, and in words why others could not be read."""

    made: list[SourceList]
    problems: list[str]


def _authority(at_desk: Desk, form: ImportForm) -> int:
    """The authority that was chosen, or the new one."""
    account, at = at_desk
    if chosen := form.cleaned_data["authority"]:
        return int(chosen)
    register = min(scope_of(account, Right.IMPORT_LISTS, at=at).associations, default=None)
    if register is None:
        raise Forbidden(Right.IMPORT_LISTS)
    made = actions.add_authority(actor=account, association_id=register, name=form.cleaned_data["name"], at=at)
    return made.pk


def _read(at_desk: Desk, form: ImportForm, authority_id: int) -> Read:
    account, at = at_desk
    about = {"actor": account, "authority_id": authority_id, "as_of": form.cleaned_data["as_of"], "at": at}
    read = Read([], [])
    for file in form.cleaned_data["books"]:
        try:
            # what was written of a file that turns out to be none goes with it
            with transaction.atomic():
                read.made.append(actions.stage_list(file=str(file.name), data=file.read(), **about))
        except (Refused, Invalid) as problem:
            read.problems.append(f"{file.name}　{refusal(problem.code, problem.facts)[short_language()]}")
    return read


def _where(made: list[SourceList]) -> str:
    if len(made) == 1:
        return reverse("console:list", args=[made[0].pk])
    return f"{reverse('console:lists')}?state={ListState.STAGED}"


@needs(Right.IMPORT_LISTS)
def list_columns(request: HttpRequest, list_id: int) -> HttpResponse:
    """What each column of a staged list was taken for and why; another choice reads the list anew."""
    account, at = desk(request)
    found = access_list(account, list_id, Right.IMPORT_LISTS, at=at)
    reading = _proposed(found)
    form = ColumnsForm(request.POST or None, reading=reading, now=found.columns)
    if form.is_valid():
        choice = form.choice()

        def act() -> object:
            return actions.restage(actor=account, list_id=list_id, choice=choice, at=at)

        if attempt(form, lambda: once(request, act)):
            messages.success(request, gettext("list_columns.done"))
            return redirect("console:list", list_id)
    return show(
        request,
        "console/register/columns.html",
        page_of(gettext("list_columns.title"), gettext("list_columns.lead")),
        found=found,
        form=form,
        questions=[told_by(f"list_question.{each.code}", each.facts) for each in reading.questions],
        columns=[_column(form, each) for each in reading.columns],
        status=422 if form.errors else 200,
    )


def _proposed(found: SourceList) -> Reading:
    """The list's file read as if nobody had chosen anything but its sheet; Refused once the file is erased."""
    kept = getattr(found, "original", None)
    if kept is None:
        raise Refused(Refusal.LIST_FILE_GONE)
    known, sheet = remembered(found.authority), Choice(sheet=found.sheet or None)
    return read_list(bytes(kept.data), file=found.file, remembered=known, chosen=sheet)


class ColumnsForm(Form):
    """What each column is, by its place."""

    keys: ClassVar = {}

    def __init__(self, *args: Any, reading: Reading, now: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        forms.Form.__init__(self, *args, **kwargs)
        fields = [("", gettext("list_columns.not_read")), *((each.value, field_named(each)) for each in Field)]
        self.sheet, self.header = reading.sheet, reading.header
        for column in reading.columns:
            label, read_as = column.title or gettext("core.unknown"), now.get(str(column.place), "")
            name = f"column-{column.place}"
            self.fields[name] = forms.ChoiceField(choices=fields, required=False, initial=read_as, label=label)

    def choice(self) -> Choice:
        """What was chosen, for the sheet and the header that were shown."""
        chosen = {int(name.split("-")[1]): Field(value) if value else None for name, value in self.cleaned_data.items()}
        return Choice(sheet=self.sheet, header=self.header, columns=chosen)


def _column(form: ColumnsForm, column: Proposal) -> dict[str, object]:
    return {
        "place": letters(column.place + 1),
        "title": column.title,
        "field": form[f"column-{column.place}"],
        "sure": column.sure,
        "reason": told_by(f"column_reason.{column.reason}", column.facts),
        "samples": column.samples,
    }


@needs(Right.IMPORT_LISTS)
def list_rejects(request: HttpRequest, list_id: int) -> HttpResponse:
    """The rows that something is wrong with, as a workbook with the reasons beside the cells."""
    account, at = desk(request)
    book = rejects_of(account, list_id, language=short_language(), at=at)
    return file_answer(book, name="rejects.xlsx", at=at)
