"""Participant organisations: the list, the import, one organisation's record."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from zuji.checkin.listings import walks_of
from zuji.committee import actions, queries
from zuji.committee.access import access_participant, visible_participants
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.committee.values import ParticipantValues
from zuji.console.blocks import qr, wizard
from zuji.console.blocks.columns import Code, Count, Link, Text, Word
from zuji.console.blocks.filters import KeySearch, ListFilters, Words
from zuji.console.blocks.forms import Form, attempt, words_of
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.staging import Staged
from zuji.console.bulk_acts import RECLASSIFY
from zuji.console.pages import Crumb, Desk, Page, desk, entry_page, show
from zuji.core.errors import Forbidden
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of, scope_of


class ParticipantTable(ListTable):
    name = Link("participant.name", route="console:participant", order_by=("sort_key", "pk"))
    kind = Word("participant.kind", prefix="participant_kind")
    joins_as = Word("participant.joins_as", prefix="joins_as")
    contact_name = Text("participant.contact_name", accessor="contact__name", empty="participants.no_contact")
    contact_phone = Code("participant.contact_phone", accessor="contact__phone")
    expected = Count("participants.expected")
    join_code = Code("participant.join_code", orderable=False)


class ParticipantFilters(ListFilters):
    q = KeySearch("search_key", key="participants.search")
    kind = Words("participant.kind", prefix="participant_kind", keys=ParticipantKind.values)
    joins_as = Words("participant.joins_as", prefix="joins_as", keys=JoinsAs.values)


LISTING = Listing(
    table=ParticipantTable,
    filters=ParticipantFilters,
    file="organisations",
    empty="participants.empty",
    template="console/participants.html",
    acts=(RECLASSIFY,),
)

HISTORY = {
    "name": ("participant.name", ""),
    "kind": ("participant.kind", "participant_kind"),
    "joins_as": ("participant.joins_as", "joins_as"),
    "expected": ("participants.expected", ""),
}


@needs(Right.SEE_ORGANISATIONS)
def participants(request: HttpRequest) -> HttpResponse:
    """The list, exported as shown."""
    account, at = desk(request)
    rows = queries.participants_by_name(visible_participants(account, at=at))
    return list_page(
        request, entry_page("organisations", "participants"), LISTING, rows, rights=rights_of(account, at=at)
    )


def _import() -> wizard.Wizard:
    def take(at_desk: Desk, file: Staged) -> wizard.Taken:
        register = min(scope_of(at_desk.account, Right.IMPORT_ORGANISATIONS, at=at_desk.at).associations, default=None)
        if register is None:
            raise Forbidden(Right.IMPORT_ORGANISATIONS)
        return actions.import_participants(
            actor=at_desk.account, association_id=register, data=file.data, file=file.name, at=at_desk.at
        )

    return wizard.Wizard(
        page=_below_list(gettext("participants.import.title"), gettext("participants.import.lead")),
        take=take,
        words="participant",
        example="participants.import.example",
        url=reverse("console:participants_import"),
        back=reverse("console:participants"),
    )


@needs(Right.IMPORT_ORGANISATIONS)
def import_choose(request: HttpRequest) -> HttpResponse:
    """Choose a workbook of organisations."""
    return wizard.choose(request, _import())


@needs(Right.IMPORT_ORGANISATIONS)
def import_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Look at it, and take it."""
    return wizard.confirm(request, _import(), token)


class ParticipantForm(Form):
    """What an office knows about a participant organisation."""

    keys = {
        "name": "participant.name",
        "kind": "participant.kind",
        "joins_as": "participant.joins_as",
        "expected": "participants.expected",
        "contact_name": "participant.contact_name",
        "contact_phone": "participant.contact_phone",
    }
    helped = ("expected", "contact_name")

    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=partial(words_of, "participant_kind", ParticipantKind.values))
    joins_as = forms.ChoiceField(choices=partial(words_of, "joins_as", JoinsAs.values))
    expected = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    contact_name = forms.CharField(max_length=80, required=False)
    contact_phone = forms.CharField(max_length=40, required=False)

    def values(self) -> ParticipantValues:
        """What was typed, as the action wants it."""
        data = self.cleaned_data
        kinds = {"kind": ParticipantKind(data["kind"]), "joins_as": JoinsAs(data["joins_as"])}
        return ParticipantValues(**{**data, **kinds})


@needs(Right.EDIT_ORGANISATIONS)
def participant_add(request: HttpRequest) -> HttpResponse:
    """Type one organisation."""
    account, at = desk(request)
    form = ParticipantForm(request.POST or None)
    register = min(scope_of(account, Right.EDIT_ORGANISATIONS, at=at).associations, default=0)
    made: list[ParticipantOrganisation] = []

    def act() -> None:
        values = form.values()
        made.append(actions.add_participant(actor=account, association_id=register, values=values, at=at))

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("participants.added"))
        return redirect("console:participant", made[0].pk)
    page = _below_list(gettext("participants.add.title"), gettext("participants.add.lead"))
    return _form(request, page, form, back=reverse("console:participants"))


@needs(Right.EDIT_ORGANISATIONS)
def participant_edit(request: HttpRequest, participant_id: int) -> HttpResponse:
    """Change one organisation."""
    account, at = desk(request)
    participant = access_participant(account, participant_id, Right.EDIT_ORGANISATIONS, at=at)
    contact = getattr(participant, "contact", None)
    initial = {field: getattr(participant, field) for field in ("name", "kind", "joins_as", "expected")}
    if contact:
        initial |= {"contact_name": contact.name, "contact_phone": contact.phone}
    form = ParticipantForm(request.POST or None, initial=initial)

    def act() -> None:
        actions.change_participant(actor=account, participant_id=participant_id, values=form.values(), at=at)

    back = reverse("console:participant", args=[participant_id])
    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("form.saved"))
        return redirect(back)
    return _form(request, _below_list(participant.name, gettext("participants.edit.lead")), form, back=back)


@needs(Right.SEE_ORGANISATIONS)
def participant(request: HttpRequest, participant_id: int) -> HttpResponse:
    """One organisation: its fields, its join code, its passes, and what has changed."""
    account, at = desk(request)
    found = access_participant(account, participant_id, Right.SEE_ORGANISATIONS, at=at)
    join = f"{settings.BASE_URL}/j/{found.join_code}"
    return show(
        request,
        "console/participant.html",
        _below_list(found.name, gettext("participants.record.lead")),
        found=found,
        contact=getattr(found, "contact", None),
        join=join,
        join_svg=qr.svg(join),
        walks=walks_of(found),
        timeline=timeline(found, HISTORY),
        rights=rights_of(account, at=at),
    )


def _below_list(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.participants"), reverse("console:participants"))
    return Page(task="organisations", entry="participants", title=title, lead=lead, crumbs=(crumb,))


def _form(request: HttpRequest, page: Page, form: Form, *, back: str) -> HttpResponse:
    return show(request, "console/form.html", page, form=form, back=back, status=422 if form.errors else 200)


@needs(Right.SEE_FRAME)
def rejects(request: HttpRequest, token: str) -> HttpResponse:
    """Rows that an import of this account gave back, as a workbook."""
    return wizard.rejects(request, token)
