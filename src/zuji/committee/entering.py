"""What may be entered as a name or a contact, and whether a name is taken; asked under the list's lock."""

from zuji.committee.errors import Refusal
from zuji.committee.models import Organisation, ParticipantOrganisation
from zuji.committee.names import folded
from zuji.committee.values import CONTACT_NAME_CHARS, CONTACT_PHONE_CHARS, NAME_CHARS, ParticipantValues
from zuji.core.errors import CoreRefusal, Invalid, Refused
from zuji.core.sheets.folding import clean, unreadable

CONTACT_CHARS = {"contact_name": CONTACT_NAME_CHARS, "contact_phone": CONTACT_PHONE_CHARS}


def judge_name(name: str) -> None:
    """Invalid says why a name cannot be used as it is."""
    name = clean(name)
    if not name:
        raise Invalid(Refusal.PARTICIPANT_NAME_MISSING, field="name")
    if unreadable(name):
        raise Invalid(CoreRefusal.TEXT_HAS_NUL, field="name")
    if len(name) > NAME_CHARS:
        raise Invalid(Refusal.PARTICIPANT_NAME_TOO_LONG, field="name", limit=NAME_CHARS)


def judge(values: ParticipantValues) -> None:
    """Invalid says what of a participant organisation's values cannot be used as it is."""
    judge_name(values.name)
    for field, limit in CONTACT_CHARS.items():
        text = clean(getattr(values, field))
        if unreadable(text) or len(text) > limit:
            raise Invalid(CoreRefusal.TEXT_HAS_NUL if unreadable(text) else Refusal.CONTACT_TOO_LONG, field=field)


def known_names(association_id: int, *, but: int = 0) -> set[str]:
    """Folded names of an association's participant organisations, but for one of them."""
    rows = ParticipantOrganisation.objects.filter(association=association_id).exclude(pk=but)
    # folded here, since the unique constraint tells only exact names apart
    return {folded(name) for name in rows.values_list("name", flat=True)}


def refuse_known_organisation(association_id: int, name: str, *, but: int = 0) -> None:
    """Refused where another organisation of the association is called so already."""
    rows = Organisation.objects.filter(association=association_id).exclude(pk=but)
    if folded(name) in {folded(each) for each in rows.values_list("name", flat=True)}:
        raise Refused(Refusal.ORGANISATION_NAME_TAKEN, field="name", name=clean(name))
