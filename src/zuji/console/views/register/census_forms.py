"""The forms of a round: the list that is narrowed, sorted, exported and checked many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy

from zuji.console.blocks.bulk import BulkAct, Turn, changed, same
from zuji.console.blocks.columns import Code, Count, Link, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Search, Words, YesNo
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.pages import Desk, desk
from zuji.console.views.register.census_questions import answer_told, in_language
from zuji.console.views.register.census_words import FORMS, UNKNOWN, below_round, firm_of
from zuji.console.views.register.firms import TownColumn
from zuji.console.views.register.words import towns_known
from zuji.core.templatetags.words import say
from zuji.core.works import Ended
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.register.census.access import access_form, access_round, visible_forms
from zuji.register.census.actions import check_form
from zuji.register.census.comparing import shown
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import DONE
from zuji.register.census.questionnaire import Question, Questionnaire, parse
from zuji.register.enums import FormState


class FormTable(ListTable):
    questionnaire: Questionnaire

    name = Link(
        "firm.name",
        route="console:census_form",
        accessor="enterprise__card__name",
        order_by=("enterprise__card__sort_key", "pk"),
    )
    code = Code("firm.code", accessor="enterprise__card__code", order_by=("enterprise__card__code", "pk"))
    town = TownColumn("firm.town")
    state = Word("census.form_state", prefix="form_state", states=FORMS, css="nb")
    odd = Count("census.strange", empty="", orderable=False)
    handed_in_at = Moment("census.handed_in_at", empty="census.not_yet")
    saved_at = Moment("census.saved_at", empty="census.not_yet", shown=False)
    entered = Text("census.entered_by", empty="census.by_link", orderable=False, shown=False)
    checked = Text("census.checked_by", empty="census.not_yet", orderable=False, shown=False)
    reminded_at = Moment("census.reminded_at", empty="census.not_yet", shown=False)

    def prepare(self, rows: Sequence[Any]) -> None:
        who = names_of(key for row in rows for key in (row.entered_by, row.checked_by))
        account = desk(self.request).account
        for row in rows:
            row.entered, row.checked = who.get(row.entered_by or 0), who.get(row.checked_by or 0)
            row.odd = len(row.anomalies) or None
            exact = account.pk in (row.entered_by, row.checked_by)
            row.told = _told(self.questionnaire, row.answers, exact=exact)


def _told(read: Questionnaire, answers: Mapping[str, str], *, exact: bool) -> dict[str, str]:
    """Answers in words, small counts as they may be shown."""
    visible = answers if exact else shown(read, answers)
    return {each.key: answer_told(each, visible.get(each.key, "")) for each in read.questions}


class AnswerColumn(Text):
    """What was answered to one question; its heading is the question."""

    def __init__(self, question: Question) -> None:
        css = "n" if question.kind == "whole" else ""
        super().__init__(question.key, accessor=f"told__{question.key}", orderable=False, shown=False, css=css)
        self.words = question.words

    @property
    def header(self) -> str:
        return in_language(self.words)


class Towns(filters.ChoiceFilter):
    """A choice among the district's towns, and forms of firms whose town nobody knows."""

    def __init__(self) -> None:
        choices = [*towns_known().items(), (UNKNOWN, gettext_lazy("core.unknown"))]
        super().__init__(label=gettext_lazy("firm.town"), choices=choices, empty_label=gettext_lazy("list.all"))

    def filter(self, qs: QuerySet[CensusForm], value: str) -> QuerySet[CensusForm]:
        return qs.filter(town="" if value == UNKNOWN else value) if value else qs


class Done(YesNo):
    """Handed in, checked ones among them, or still to be."""

    def filter(self, qs: QuerySet[CensusForm], value: str) -> QuerySet[CensusForm]:
        if not value:
            return qs
        return qs.filter(state__in=DONE) if value == "yes" else qs.exclude(state__in=DONE)


class Odd(YesNo):
    """With answers that differ strangely from the last round's, or without."""

    def filter(self, qs: QuerySet[CensusForm], value: str) -> QuerySet[CensusForm]:
        if not value:
            return qs
        return qs.exclude(anomalies=[]) if value == "yes" else qs.filter(anomalies=[])


class FormFilters(ListFilters):
    q = Search("enterprise__card__name", "enterprise__card__code")
    town = Towns()
    state = Words("census.form_state", prefix="form_state", keys=FormState.values)
    strange = Odd("census.is_strange")
    done = Done("census.is_done")


def _check(turn: Turn) -> Ended:
    (account, at), key = turn.desk, turn.key
    if access_form(account, key, Right.RUN_CENSUS, at=at, lock=True).state == FormState.CHECKED:
        return same()
    check_form(actor=account, form_id=key, at=at)
    return changed()


def _names(at_desk: Desk, keys: Sequence[int]) -> dict[int, str]:
    return {row.pk: firm_of(row) for row in visible_forms(at_desk.account, at=at_desk.at).filter(pk__in=keys)}


CHECK = BulkAct(key="census_check", right=Right.RUN_CENSUS, act=_check, names=_names)


def listing_of(read: Questionnaire) -> Listing:
    """The list of a round: its questions are columns that can be chosen, and exported."""
    columns = {f"q_{each.key}": AnswerColumn(each) for each in read.questions}
    return Listing(
        table=type("RoundFormTable", (FormTable,), {"questionnaire": read, **columns}),
        filters=FormFilters,
        file="forms",
        empty="census.no_forms",
        template="console/register/census/forms.html",
        acts=(CHECK,),
        saved=False,
    )


@needs(Right.SEE_CENSUS)
def forms(request: HttpRequest, round_id: int) -> HttpResponse:
    """Forms of one round that one sees: of an enumerator those of their towns."""
    account, at = desk(request)
    held = access_round(account, round_id, Right.SEE_CENSUS, at=at)
    # a round's questionnaire is long, and the same for every row
    rows = visible_forms(account, at=at).filter(round=held).defer("round__questionnaire")
    rows = rows.order_by("town", "enterprise__card__sort_key", "pk")
    page = below_round(held, gettext("census.forms.title"), say("census.forms.lead", name=held.name))
    listing = listing_of(parse(held.questionnaire))
    return list_page(request, page, listing, rows, held=held, rights=rights_of(account, at=at))
