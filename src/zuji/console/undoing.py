"""Which acts can be taken back from a record's timeline, how, and why others cannot. One line a verb."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model

from zuji.checkin import actions as of_passes
from zuji.checkin.enums import Verb as OfCheckins
from zuji.checkin.listings import same_person
from zuji.committee import actions as of_organisations
from zuji.committee.access import access_organisation, access_participant
from zuji.committee.enums import Verb as OfOrganisations
from zuji.committee.models import Affiliation, Guidance
from zuji.committee.queries import affiliations_of, guidances_of, organisation_values, participant_values
from zuji.console.blocks.changes import FIELDS
from zuji.console.blocks.history import Step, timeline
from zuji.console.blocks.undo import CHANGED_SINCE, UNDO, WHY_NOT, Undo, still_so
from zuji.console.errors import Refusal
from zuji.console.pages import Desk
from zuji.core.errors import Refused
from zuji.core.models import AuditEntry
from zuji.people.enums import Right
from zuji.register import actions as of_firms
from zuji.register.access import access_enterprise, visible_enterprises
from zuji.register.enums import Verb as OfFirms
from zuji.trail.enums import Verb as OfTrails

Relation = Affiliation | Guidance


def _before(row: Model, entry: AuditEntry) -> dict[str, Any]:
    """The values that a step changed, as they were; Refused where something has changed since."""
    # looked up anew: the page that offered it may have been open for long
    steps = timeline(row, FIELDS[entry.kind])
    step = next(step for step in steps if step.entry is not None and step.entry.pk == entry.pk)
    if still_so(row, steps, step):
        raise Refused(Refusal.CHANGED_SINCE)
    return {change.name: change.was for change in step.changes}


def _participant_changed(at_desk: Desk, entry: AuditEntry) -> None:
    account, at = at_desk
    row = access_participant(account, int(entry.key), Right.EDIT_ORGANISATIONS, at=at)
    now = participant_values(row)
    values = replace(now, **_before(row, entry))
    of_organisations.change_participant(actor=account, participant_id=row.pk, values=values, seen=now, at=at)


def _organisation_changed(at_desk: Desk, entry: AuditEntry) -> None:
    account, at = at_desk
    row = access_organisation(account, int(entry.key), Right.EDIT_ORGANISATIONS, at=at)
    now, before = organisation_values(row), _before(row, entry)
    if "existed" in before:
        before["since"] = before.pop("existed").lower
    values = replace(now, **before)
    of_organisations.change_organisation(actor=account, organisation_id=row.pk, values=values, seen=now, at=at)


def _organisation_ended(at_desk: Desk, entry: AuditEntry) -> None:
    of_organisations.resume_organisation(actor=at_desk.account, organisation_id=int(entry.key), at=at_desk.at)


def _related(relations: Callable[[Any], Any], take_back: Callable[..., object]) -> Undo:
    """Taking back a relation, as long as it is the last of its kind and has no end."""

    def why_not(row: Model, steps: Sequence[Step], step: Step) -> str:
        entry, last = step.entry, relations(row).first()
        return "" if entry and last and _is_told_by(last, entry) else CHANGED_SINCE

    def act(at_desk: Desk, entry: AuditEntry) -> None:
        account, at = at_desk
        row = access_organisation(account, int(entry.key), Right.EDIT_ORGANISATIONS, at=at)
        last = relations(row).first()
        if last is None or not _is_told_by(last, entry):
            raise Refused(Refusal.CHANGED_SINCE)
        take_back(actor=account, organisation_id=row.pk, at=at)

    return Undo(right=Right.EDIT_ORGANISATIONS, act=act, why_not=why_not)


def _is_told_by(last: Relation, entry: AuditEntry) -> bool:
    begun = (last.to_id, str(last.during.lower)) == (entry.facts.get("to"), entry.facts.get("since"))
    return begun and last.during.upper is None


def _is_over(row: Any, steps: Sequence[Step], step: Step) -> str:  # noqa: ANN401 - an organisation
    return "" if row.existed.upper is not None else CHANGED_SINCE


def _marked_same(at_desk: Desk, entry: AuditEntry) -> None:
    keys = {"first_id": int(entry.key), "second_id": int(entry.facts["other"])}
    of_passes.undo_same_person(actor=at_desk.account, **keys, at=at_desk.at)


def _is_marked(row: Any, steps: Sequence[Step], step: Step) -> str:  # noqa: ANN401 - a pass
    other = step.entry.facts.get("other") if step.entry else None
    return "" if other in {each.pk for each in same_person(row)} else CHANGED_SINCE


def _overruled(at_desk: Desk, entry: AuditEntry) -> None:
    account, at = at_desk
    row = access_enterprise(account, int(entry.key), Right.EDIT_REGISTER, at=at)
    of_firms.end_overruling(actor=account, overruling_id=_in_force(row.overrulings, entry).pk, at=at)


def _is_overruled(row: Any, steps: Sequence[Step], step: Step) -> str:  # noqa: ANN401 - a firm
    entry = step.entry
    of_it = row.overrulings.filter(field=entry.facts.get("about"), made_at=entry.at, ended_at=None) if entry else ()
    return "" if of_it else CHANGED_SINCE


def _in_force(overrulings: Any, entry: AuditEntry) -> Any:  # noqa: ANN401 - a firm's
    found = overrulings.filter(field=entry.facts.get("about"), made_at=entry.at, ended_at=None).first()
    if found is None:
        raise Refused(Refusal.CHANGED_SINCE)
    return found


def _merged(at_desk: Desk, entry: AuditEntry) -> None:
    account, at = at_desk
    row = access_enterprise(account, int(entry.key), Right.EDIT_REGISTER, at=at)
    found = _merges(row, entry).first()
    if found is None:
        raise Refused(Refusal.CHANGED_SINCE)
    of_firms.undo_merge(actor=account, merge_id=found.pk, at=at)


def _is_merged(row: Any, steps: Sequence[Step], step: Step) -> str:  # noqa: ANN401 - a firm
    return "" if step.entry and _merges(row, step.entry) else CHANGED_SINCE


def _merges(row: Any, entry: AuditEntry) -> Any:  # noqa: ANN401 - a firm, and its merges
    return row.merges_in.filter(gone=entry.facts.get("gone"), made_at=entry.at, undone_at=None)


def _split(at_desk: Desk, entry: AuditEntry) -> None:
    account, at = at_desk
    seen = visible_enterprises(account, Right.EDIT_REGISTER, at=at).exclude(pk=entry.key)
    # the firm that rows of this one left for at that instant
    made = seen.filter(made_at=entry.at, links__row__links__enterprise=int(entry.key)).first()
    if made is None:
        raise Refused(Refusal.CHANGED_SINCE)
    of_firms.undo_split(actor=account, enterprise_id=made.pk, at=at)


EDIT = Right.EDIT_ORGANISATIONS
UNDO.update(
    {
        OfOrganisations.PARTICIPANT_CHANGED: Undo(right=EDIT, act=_participant_changed, why_not=still_so),
        OfOrganisations.ORGANISATION_CHANGED: Undo(right=EDIT, act=_organisation_changed, why_not=still_so),
        OfOrganisations.ORGANISATION_ENDED: Undo(right=EDIT, act=_organisation_ended, why_not=_is_over),
        OfOrganisations.ORGANISATION_AFFILIATED: _related(affiliations_of, of_organisations.take_back_affiliation),
        OfOrganisations.ORGANISATION_GUIDED: _related(guidances_of, of_organisations.take_back_guidance),
        OfFirms.VALUE_OVERRULED: Undo(right=Right.EDIT_REGISTER, act=_overruled, why_not=_is_overruled),
        OfFirms.ENTERPRISES_MERGED: Undo(right=Right.EDIT_REGISTER, act=_merged, why_not=_is_merged),
        OfFirms.ENTERPRISE_SPLIT: Undo(right=Right.EDIT_REGISTER, act=_split),
        OfCheckins.PASSES_MARKED_SAME: Undo(right=Right.MARK_SAME_PERSON, act=_marked_same, why_not=_is_marked),
    }
)
WHY_NOT.update(
    {
        OfOrganisations.AFFILIATION_ENDED: "undo.relate_again",
        OfOrganisations.GUIDANCE_ENDED: "undo.relate_again",
        OfCheckins.PASS_WITHDRAWN: "undo.pass_withdrawn",
        OfCheckins.PASS_REPLACED: "undo.pass_replaced",
        OfTrails.TRAIL_OPENED: "undo.trail_opened",
        OfTrails.LOCATION_WAIVED: "undo.location_waived",
    }
)
