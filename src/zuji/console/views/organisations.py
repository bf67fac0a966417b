"""Organisations (党组织): the list on a day, one record with its dated relations, and what can be done to it."""

from dataclasses import replace
from datetime import date

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from zuji.committee import actions, queries
from zuji.committee.access import access_organisation, visible_organisations
from zuji.committee.enums import OrganisationKind
from zuji.committee.models import Affiliation, Guidance, Organisation
from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm, Rows
from zuji.console.blocks.columns import Day, Link, Text, Word
from zuji.console.blocks.filters import ListFilters, Search, Words
from zuji.console.blocks.history import as_it_was, recorded_since
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.record import Then, asked, history, told
from zuji.console.pages import Crumb, Desk, Page, desk, entry_page, show
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of, scope_of
from zuji.register.access import visible_cards

EDIT = Right.EDIT_ORGANISATIONS
STATES = {"True": "yes", "False": "gone"}


class OrganisationTable(ListTable):
    name = Link("organisation.name", route="console:organisation", order_by=("sort_key", "pk"))
    kind = Word("organisation.kind", prefix="organisation_kind", order_by=("rank", "sort_key"))
    affiliated = Text("organisations.affiliated", accessor="affiliated_name", empty="organisations.nothing")
    guided = Text("organisations.guided", accessor="guided_name", empty="organisations.nobody")
    since = Day("organisation.since", accessor="existed__lower", order_by=("existed",))
    exists = Word("organisations.state", prefix="organisation_state", states=STATES)


class OnDay(filters.DateFilter):
    """The day to which the list's relations are told; it narrows nothing."""

    def __init__(self) -> None:
        widget = forms.DateInput(attrs={"type": "date"})
        super().__init__(label=gettext_lazy("organisations.on"), widget=widget)

    def filter(self, qs: QuerySet[Organisation], value: date | None) -> QuerySet[Organisation]:
        return qs


class OrganisationFilters(ListFilters):
    q = Search("name", "sort_key")
    kind = Words("organisation.kind", prefix="organisation_kind", keys=OrganisationKind.values)
    on = OnDay()


LISTING = Listing(
    table=OrganisationTable,
    filters=OrganisationFilters,
    file="party-organisations",
    empty="organisations.empty",
    template="console/organisations_list.html",
)


@needs(Right.SEE_ORGANISATIONS)
def organisations(request: HttpRequest) -> HttpResponse:
    """The list, its relations as they are or as they were on a day."""
    account, at = desk(request)
    rows = queries.organisations_listed(visible_organisations(account, at=at), on=asked(request).on)
    page = entry_page("organisations", "organisations")
    return list_page(request, page, LISTING, rows, rights=rights_of(account, at=at))


@needs(Right.SEE_ORGANISATIONS)
def organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """One organisation: its fields, to what it belongs, who belongs to it, and what has changed."""
    account, at = desk(request)
    found, then = access_organisation(account, organisation_id, Right.SEE_ORGANISATIONS, at=at), asked(request)
    seen = visible_organisations(account, at=at)
    was = as_it_was(found, then.until) if then.until else found
    with timezone.override(account.association.time_zone):
        steps = history(request, found, then)
        record = told(was, steps) if was else None
    return show(
        request,
        "console/organisation.html",
        _below_list(found.name, gettext("organisation.record.lead")),
        found=found,
        then=then,
        record=record,
        since=recorded_since(found),
        affiliations=_related(queries.affiliations_of(found), then),
        guidances=_related(queries.guidances_of(found), then),
        seen=set(seen.values_list("pk", flat=True)),
        members=queries.members_on(found, then.on).filter(pk__in=seen),
        guided=queries.guided_on(found, then.on).filter(pk__in=seen),
        covered=_covered(request, found, then),
        timeline=steps,
        rights=rights_of(account, at=at),
    )


def _related(rows: QuerySet[Affiliation] | QuerySet[Guidance], then: Then) -> list[dict[str, object]]:
    """Relations, those in force on the day marked; of a day gone by, later ones are not told."""
    known = [row for row in rows if row.during.lower <= then.on or then.day is None]
    return [{"row": row, "in_force": then.on in row.during, "last": queries.last_day(row.during)} for row in known]


def _covered(request: HttpRequest, found: Organisation, then: Then) -> list[dict[str, object]]:
    """The firms that an organisation covers or covered, as they stand now, with their days."""
    account, at = desk(request)
    rows = [row for row in queries.coverages_by(found) if row.during.lower <= then.on or then.day is None]
    stands = queries.as_they_stand([row.enterprise_id for row in rows])
    names = dict(visible_cards(account, at=at).filter(pk__in=set(stands.values())).values_list("pk", "name"))
    return [
        {
            "firm": stands[row.enterprise_id],
            "name": names[stands[row.enterprise_id]],
            "since": row.during.lower,
            "last": queries.last_day(row.during),
            "in_force": then.on in row.during,
        }
        for row in rows
        if stands[row.enterprise_id] in names
    ]


def _others(at_desk: Desk) -> QuerySet[Organisation]:
    rows = visible_organisations(at_desk.account, EDIT, at=at_desk.at).filter(existed__endswith=None)
    return rows.order_by("sort_key", "pk")


OTHER = {"to_id": Rows(_others)}
AddForm = ActForm.of(actions.add_organisation, words="organisation", given=("association_id",))
ChangeForm = ActForm.of(actions.change_organisation, words="organisation", given=("organisation_id",))
EndForm = ActForm.of(actions.end_organisation, words="organisation", given=("organisation_id",))
AffiliateForm = ActForm.of(actions.affiliate, words="affiliation", given=("organisation_id",), fields=OTHER)
GuideForm = ActForm.of(actions.guide, words="guidance", given=("organisation_id",), fields=OTHER)
EndAffiliationForm = ActForm.of(actions.end_affiliation, words="affiliation", given=("organisation_id",))
EndGuidanceForm = ActForm.of(actions.end_guidance, words="guidance", given=("organisation_id",))


@needs(EDIT)
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Type one organisation."""
    account, at = desk(request)
    act = Act(
        page=_below_list(gettext("organisation.add.title"), gettext("organisation.add.lead")),
        form=AddForm,
        given={"association_id": min(scope_of(account, EDIT, at=at).associations, default=0)},
        goes=_page_of,
        back=reverse("console:organisations"),
        said="organisation.added",
        do="organisation.add",
    )
    return act_page(request, act)


@needs(EDIT)
def organisation_edit(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Change its name, its kind or its first day."""

    def found() -> Organisation:
        return _found(request, organisation_id)

    act = replace(
        _act(request, organisation_id, "organisation.edit", ChangeForm),
        read=lambda: queries.organisation_values(found()),
        steps=lambda: history(request, found()),
        traces={"since": "existed"},
    )
    return act_page(request, replace(act, said="form.saved", do="form.save"))


@needs(EDIT)
def organisation_affiliate(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Say to what it belongs from a day on."""
    return act_page(request, _act(request, organisation_id, "affiliation.add", AffiliateForm, day="since"))


@needs(EDIT)
def organisation_guide(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Say who guides it from a day on."""
    return act_page(request, _act(request, organisation_id, "guidance.add", GuideForm, day="since"))


@needs(EDIT)
def affiliation_end(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Say through which day it belongs to what it belongs to."""
    return act_page(request, _act(request, organisation_id, "affiliation.end", EndAffiliationForm, day="last"))


@needs(EDIT)
def guidance_end(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Say through which day it is guided."""
    return act_page(request, _act(request, organisation_id, "guidance.end", EndGuidanceForm, day="last"))


@needs(EDIT)
def organisation_end(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Say through which day it exists."""
    return act_page(request, _act(request, organisation_id, "ending", EndForm, day="last"))


def _act(request: HttpRequest, organisation_id: int, key: str, form: type[ActForm], *, day: str = "") -> Act:
    """An act on one organisation: words under `<key>.title`, `.lead`, `.done` and `.do`; `day` begins as today."""
    found = _found(request, organisation_id)
    above = _below_list(say(f"{key}.title", name=found.name), gettext(f"{key}.lead"))
    return Act(
        page=replace(above, crumbs=(*above.crumbs, Crumb(found.name, _page(organisation_id)))),
        form=form,
        given={"organisation_id": organisation_id},
        initial={day: asked(request).today} if day else {},
        steps=lambda: history(request, found),
        goes=lambda _: _page(organisation_id),
        back=_page(organisation_id),
        said=f"{key}.done",
        do=f"{key}.do",
    )


def _found(request: HttpRequest, organisation_id: int) -> Organisation:
    account, at = desk(request)
    return access_organisation(account, organisation_id, EDIT, at=at)


def _page_of(row: Organisation) -> str:
    return _page(row.pk)


def _page(organisation_id: int) -> str:
    return reverse("console:organisation", args=[organisation_id])


def _below_list(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.organisations"), reverse("console:organisations"))
    return Page(task="organisations", entry="organisations", title=title, lead=lead, crumbs=(crumb,))
