"""Participant organisations: the list, the import, one organisation's record."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from zuji.checkin.listings import walks_of
from zuji.committee import actions, queries
from zuji.committee.access import access_participant, visible_participants
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.models import ParticipantOrganisation, ParticipantOrigin
from zuji.console.blocks import qr, wizard
from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm
from zuji.console.blocks.columns import Code, Count, Link, Text, Word
from zuji.console.blocks.filters import KeySearch, ListFilters, Words
from zuji.console.blocks.history import Step, as_it_was, recorded_since
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.record import Origin, Shown, Then, asked, history, origin_of, told
from zuji.console.blocks.staging import Staged
from zuji.console.bulk_acts import RECLASSIFY
from zuji.console.pages import Crumb, Desk, Page, desk, entry_page, show
from zuji.core.errors import Forbidden
from zuji.core.templatetags.words import say
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of, scope_of


class ParticipantTable(ListTable):
    name = Link("participant.name", route="console:participant", order_by=("sort_key", "pk"))
    kind = Word("participant.kind", prefix="participant_kind")
    joins_as = Word("participant.joins_as", prefix="joins_as")
    contact_name = Text("participant.contact_name", accessor="contact__name", empty="participants.no_contact")
    contact_phone = Code("participant.contact_phone", accessor="contact__phone")
    expected = Count("participant.expected")
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


AddForm = ActForm.of(actions.add_participant, words="participant", given=("association_id",))
ChangeForm = ActForm.of(actions.change_participant, words="participant", given=("participant_id",))


@needs(Right.EDIT_ORGANISATIONS)
def participant_add(request: HttpRequest) -> HttpResponse:
    """Type one organisation."""
    account, at = desk(request)
    register = min(scope_of(account, Right.EDIT_ORGANISATIONS, at=at).associations, default=0)
    act = Act(
        page=_below_list(gettext("participants.add.title"), gettext("participants.add.lead")),
        form=AddForm,
        given={"association_id": register},
        goes=_page_of,
        back=reverse("console:participants"),
        said="participants.added",
        do="participants.add",
    )
    return act_page(request, act)


@needs(Right.EDIT_ORGANISATIONS)
def participant_edit(request: HttpRequest, participant_id: int) -> HttpResponse:
    """Change one organisation."""
    account, at = desk(request)

    def found() -> ParticipantOrganisation:
        return access_participant(account, participant_id, Right.EDIT_ORGANISATIONS, at=at)

    act = Act(
        page=_below(found(), "participants.edit"),
        form=ChangeForm,
        given={"participant_id": participant_id},
        read=lambda: queries.participant_values(found()),
        steps=lambda: _steps(request, found(), asked(request)),
        traces={"contact_name": "contact", "contact_phone": "contact"},
        goes=_page_of,
        back=reverse("console:participant", args=[participant_id]),
    )
    return act_page(request, act)


@needs(Right.SEE_ORGANISATIONS)
def participant(request: HttpRequest, participant_id: int) -> HttpResponse:
    """One organisation: its fields, its join code, its passes, and what has changed."""
    account, at = desk(request)
    found, then = access_participant(account, participant_id, Right.SEE_ORGANISATIONS, at=at), asked(request)
    was = as_it_was(found, then.until) if then.until else found
    with timezone.override(account.association.time_zone):
        steps = _steps(request, found, then)
        record = _record(was, steps, then) if was else None
    join = f"{settings.BASE_URL}/j/{found.join_code}"
    return show(
        request,
        "console/participant.html",
        _below_list(found.name, gettext("participants.record.lead")),
        found=found,
        then=then,
        record=record,
        since=recorded_since(found),
        join=join,
        join_svg=qr.svg(join),
        walks=walks_of(found),
        timeline=steps,
        rights=rights_of(account, at=at),
    )


def _steps(request: HttpRequest, row: ParticipantOrganisation, then: Then) -> list[Step]:
    """The timeline, which for a row of a list begins with that list."""
    steps = history(request, row, then)
    origin: ParticipantOrigin | None = getattr(row, "origin", None)
    if origin is not None:
        who = names_of([origin.taken_by]).get(origin.taken_by) or gettext("account.erased")
        where = gettext("list.comma").join([origin.file, say("participants.row", sheet=origin.sheet, row=origin.row)])
        imported = Step(origin.taken_at, gettext("verb.participants_imported"), who, unsaid=[where])
        steps += then.of([imported])
    return steps


def _record(row: ParticipantOrganisation, steps: list[Step], then: Then) -> list[Shown]:
    """The fields with their origins; who to call has no history, and so is told of now alone."""
    origin: ParticipantOrigin | None = getattr(row, "origin", None)
    cells = {name: Origin(origin.file, _place(origin, cell)) for name, cell in origin.cells.items()} if origin else {}
    contact = getattr(row, "contact", None)
    if then.day is not None:
        return [*told(row, steps, cells), Shown("participants.contact", "", gettext("participants.contact.no_history"))]
    if contact is None:
        nobody = format_html('<span class="un">{}</span>', gettext("participants.no_contact"))
        return [*told(row, steps, cells), Shown("participants.contact", nobody)]
    reached = format_html('{} <span class="code">{}</span>', contact.name, contact.phone)
    cell = cells.get("contact_phone") or cells.get("contact_name")
    origin_of_it = origin_of("contact", steps, {"contact": cell} if cell else {})
    return [*told(row, steps, cells), Shown("participants.contact", reached, origin=origin_of_it)]


def _place(origin: ParticipantOrigin, cell: str) -> str:
    return f"{origin.sheet} › {cell}" if origin.sheet else cell


def _page_of(row: ParticipantOrganisation) -> str:
    return reverse("console:participant", args=[row.pk])


def _below_list(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.participants"), reverse("console:participants"))
    return Page(task="organisations", entry="participants", title=title, lead=lead, crumbs=(crumb,))


def _below(row: ParticipantOrganisation, key: str) -> Page:
    above = _below_list(say(f"{key}.title", name=row.name), gettext(f"{key}.lead"))
    return replace(above, crumbs=(*above.crumbs, Crumb(row.name, _page_of(row))))


@needs(Right.SEE_FRAME)
def rejects(request: HttpRequest, token: str) -> HttpResponse:
    """Rows that an import of this account gave back, as a workbook."""
    return wizard.rejects(request, token)
