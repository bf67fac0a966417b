"""Asking the firms of a round: reminders, links to hand on, and forms on paper, by town and in parts."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from zuji.console import census_sheet
from zuji.console.blocks.files import file_answer, workbook_or_csv
from zuji.console.errors import Refusal
from zuji.console.pages import desk, show
from zuji.console.views.register.census_words import UNKNOWN, below_round, firm_of, round_page
from zuji.console.views.register.words import town_named
from zuji.core.errors import Refused
from zuji.core.sheets import Heading
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.register.census import inviting
from zuji.register.census.access import access_form, access_round, visible_forms
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import DONE, waiting

LANGUAGES: Final = tuple(settings.LANGUAGES)


class Part(NamedTuple):
    """A file: what it is called, and where it is."""

    label: str
    url: str


class Town(NamedTuple):
    """A town, how many of its forms are missing, and its files in each language."""

    name: str
    forms: int
    files: Sequence[tuple[str, str, Sequence[Part]]]


@needs(Right.RUN_CENSUS)
@require_POST
def census_remind(request: HttpRequest, round_id: int) -> HttpResponse:
    """Remind of what is still to be handed in."""
    account, at = desk(request)
    invited = inviting.invite(actor=account, round_id=round_id, at=at)
    if not invited.forms:
        messages.info(request, gettext("census_invite.none"))
    else:
        messages.success(request, say("census_invite.done", n=invited.forms))
    if unreached := invited.forms - invited.told:
        messages.warning(request, say("census_invite.unreached", n=unreached))
    return redirect("console:census_round", round_id)


@needs(Right.RUN_CENSUS)
@require_POST
def census_links(request: HttpRequest, round_id: int) -> HttpResponse:
    """A workbook of firms, towns and links, to be handed on."""
    account, at = desk(request)
    forms = inviting.take_links(actor=account, round_id=round_id, at=at)
    titles = ("census_invite.number", "firm.name", "firm.town", "census_invite.link")
    widths = (8, 40, 16, 60)
    headings = [Heading(gettext(title), width=width) for title, width in zip(titles, widths, strict=True)]
    rows = ((str(each.pk), firm_of(each), town_named(each.town), census_sheet.form_url(each)) for each in forms)
    return workbook_or_csv("xlsx", headings, rows, file="census-links", made_at=at)


@needs(Right.ENTER_CENSUS)
def census_paper(request: HttpRequest, round_id: int) -> HttpResponse:
    """Which files there are to print: those of each town, a part at a time."""
    account, at = desk(request)
    held = access_round(account, round_id, Right.ENTER_CENSUS, at=at)
    counts = _missing(request, round_id).order_by("town").values_list("town").annotate(Count("pk"))
    lead = say("census_paper.how", most=census_sheet.MOST)
    return show(
        request,
        "console/register/census/paper.html",
        below_round(held, gettext("census_paper.title"), lead),
        towns=[_town(round_id, town, forms) for town, forms in counts],
        languages=[name for _, name in LANGUAGES],
        back=round_page(held),
    )


def _town(round_id: int, town: str, forms: int) -> Town:
    return Town(
        town_named(town), forms, [(code, str(name), _parts(round_id, town, forms, code)) for code, name in LANGUAGES]
    )


def _parts(round_id: int, town: str, forms: int, language: str) -> list[Part]:
    url, most = reverse("console:census_sheets", args=[round_id]), census_sheet.MOST
    return [
        Part(
            say("census_paper.part", first=at + 1, last=min(at + most, forms)),
            f"{url}?{urlencode({'town': town or UNKNOWN, 'part': str(number), 'language': language})}",
        )
        for number, at in enumerate(range(0, forms, most), 1)
    ]


@needs(Right.ENTER_CENSUS)
def census_sheets(request: HttpRequest, round_id: int) -> HttpResponse:
    """One file: a part of a town's forms, or of all where no town is named."""
    rows = _missing(request, round_id).order_by("town", "pk")
    if town := request.GET.get("town", ""):
        rows = rows.filter(town="" if town == UNKNOWN else town[:9].replace("\0", ""))
    part = request.GET.get("part", "")
    first = (max(1, int(part)) - 1) * census_sheet.MOST if part.isascii() and part.isdigit() and len(part) < 5 else 0
    return _printed(request, list(rows[first : first + census_sheet.MOST]))


@needs(Right.ENTER_CENSUS)
def census_form_print(request: HttpRequest, form_id: int) -> HttpResponse:
    """One form."""
    account, at = desk(request)
    form = access_form(account, form_id, Right.ENTER_CENSUS, at=at)
    return _printed(request, [] if form.state in DONE else [form])


def _missing(request: HttpRequest, round_id: int) -> "QuerySet[CensusForm]":
    account, at = desk(request)
    held = access_round(account, round_id, Right.ENTER_CENSUS, at=at)
    rows = visible_forms(account, Right.ENTER_CENSUS, at=at).filter(pk__in=waiting(held).values("pk"))
    return rows.select_related("round__association")


def _printed(request: HttpRequest, forms: Sequence[CensusForm]) -> HttpResponse:
    if not forms:
        raise Refused(Refusal.NO_FORMS_TO_PRINT)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(LANGUAGES) else get_language() or LANGUAGES[0][0]
    _, at = desk(request)
    content = census_sheet.census_sheets(forms, language=language, at=at)
    return file_answer(content, name="census.pdf", at=at, inline=True)
