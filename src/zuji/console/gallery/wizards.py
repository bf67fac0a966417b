"""A list that comes in, at each of its three steps."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse

from zuji.committee.imports import COLUMNS, JOINS_AS_WORDS, KIND_WORDS, Imported, read_participants
from zuji.console.blocks import wizard
from zuji.console.blocks.staging import Staged, stage
from zuji.console.gallery.sending import as_sent
from zuji.console.pages import Desk, Page, desk

FILE = "list.csv"


def book() -> bytes:
    """A list of which some rows can be taken and some cannot."""
    kind, joins = next(iter(KIND_WORDS)), next(iter(JOINS_AS_WORDS))
    heads = ",".join(column.headers[0] for column in COLUMNS)
    good = [f"A{n},{kind},{joins},,,{n}" for n in range(1, 6)]
    bad = [f"A1,{kind},{joins},,,1", f"B,?,{joins},,,x"]
    return "\n".join([heads, *good, *bad]).encode("utf-8-sig")


def take(_: Desk, file: Staged) -> Imported:
    """Reads the list and adds nothing."""
    table, good, bad = read_participants(file.data, file.name, known=set())
    return Imported(added=[row.number for row in good], rejects=bad, table=table)


def wizard_of(request: HttpRequest, page: Page) -> wizard.Wizard:
    """The wizard of participant organisations, which ends where it begins."""
    return wizard.Wizard(
        page=page,
        take=take,
        words="participant",
        example="participants.import.example",
        url=request.path,
        back=request.path,
    )


def choose(request: HttpRequest, page: Page) -> HttpResponse:
    return wizard.choose(request, wizard_of(request, page))


def unreadable(request: HttpRequest, page: Page) -> HttpResponse:
    """The workbook as a whole cannot be used."""
    return wizard.choose(as_sent(request, {}, SimpleUploadedFile(FILE, b"x")), wizard_of(request, page))


def confirm(request: HttpRequest, page: Page) -> HttpResponse:
    """What would happen, with what is wrong beside its cell."""
    token = stage(desk(request).account, Staged(book(), FILE))
    return wizard.confirm(request, wizard_of(request, page), token)


def done(request: HttpRequest, page: Page) -> HttpResponse:
    """What happened, with the rows that come back."""
    token = stage(desk(request).account, Staged(book(), FILE))
    return wizard.confirm(as_sent(request, {}), wizard_of(request, page), token)
