"""Forms of the census on paper: questions as boxes and lines, skips in words, the form's link as a code."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from zuji.console.blocks import qr
from zuji.console.blocks.print import typeset
from zuji.console.views.register.census_questions import answer_told, in_language
from zuji.console.views.register.census_words import firm_of
from zuji.console.views.register.words import town_named
from zuji.core.templatetags.words import full_day, named, say
from zuji.register.census.comparing import shown
from zuji.register.census.inviting import path_of
from zuji.register.census.models import CensusForm
from zuji.register.census.printing import Numbered, Only, Skip, numbered
from zuji.register.census.queries import last_answers
from zuji.register.census.questionnaire import Questionnaire, parse

MOST: Final = 200
"""So many forms are some four hundred pages, and made in some seconds."""
WORDS: Final = ("year", "month", "day", "filled_in", "stamp", "or_online")


def form_url(form: CensusForm) -> str:
    """What opens a form without an account: to hold it is to be let in, so it goes to its firm alone."""
    return f"{settings.BASE_URL}{path_of(form)}"


def census_sheets(forms: Sequence[CensusForm], *, language: str, at: datetime) -> bytes:
    """A PDF of A4 pages in a language; every form of these begins a page, and all are of one round."""
    with translation.override(language):
        read = parse(forms[0].round.questionnaire)
        lines = numbered(read)
        data: dict[str, object] = {
            "language": language.split("-", maxsplit=1)[0],
            "words": {word: gettext(f"census_paper.{word}") for word in WORDS},
            "forms": [_sheet(form, read, lines) for form in forms],
        }
        return typeset("census.typ", data, to="pdf", at=at)


def _sheet(form: CensusForm, read: Questionnaire, lines: Mapping[str, Numbered]) -> dict[str, object]:
    url, held = form_url(form), form.round
    card, last = getattr(form.enterprise, "card", None), shown(read, last_answers(form))
    return {
        "number": say("census_paper.number", number=form.pk),
        "page": gettext("census_paper.page"),
        "round": held.name,
        "asks": named(held.association),
        "lead": say("census_paper.lead", association=named(held.association), closes=full_day(held.closes_on)),
        "firm": firm_of(form),
        "about": "　".join(filter(None, (card.code if card else "", town_named(form.town)))),
        "qr": qr.drawing(url),
        "url": url.split("://", 1)[1],
        "parts": [
            {
                "title": in_language(part.words),
                "questions": [_line(read, lines[each.key], last.get(each.key, "")) for each in part.questions],
            }
            for part in read.sections
        ],
    }


def _line(read: Questionnaire, line: Numbered, last: str) -> dict[str, object]:
    question = line.question
    skips = [_skip(line, each) for each in line.skips]
    return {
        "number": line.number,
        "kind": question.kind,
        "words": in_language(question.words),
        "help": in_language(question.help),
        "options": [answer_told(question, key) for key in question.choices],
        "notes": [*([_only(read, line.only)] if line.only else []), *skips],
        "last": say("census.last", answer=answer_told(question, last)) if last else "",
    }


def _skip(line: Numbered, skip: Skip) -> str:
    answers = _either([answer_told(line.question, key) for key in skip.answers])
    if skip.to is None:
        return say("census_paper.skip_to_end", answers=answers)
    return say("census_paper.skip", answers=answers, number=skip.to)


def _only(read: Questionnaire, only: Only) -> str:
    above = list(read.questions)[only.number - 1]
    answers = _either([answer_told(above, key) for key in only.answers])
    return say("census_paper.only", number=only.number, answers=answers)


def _either(answers: Sequence[str]) -> str:
    return gettext("census_paper.or").join(say("census_paper.quoted", answer=each) for each in answers)
