"""A person's word on one field of a firm, which wins over every list."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from zuji.core.audit import audit
from zuji.core.errors import Invalid, Refused
from zuji.core.sheets.folding import clean
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register import access
from zuji.register.codes import is_sound
from zuji.register.enums import Answer, RuleKind, Verb
from zuji.register.errors import Refusal
from zuji.register.fields import PERSONAL, Field
from zuji.register.models import Enterprise, Overruling
from zuji.register.ruling import reason_given
from zuji.register.settling import show
from zuji.register.values import read_day, read_staff, read_status, read_town

VALUE_CHARS: Final = 200
OVERRULED: Final = {*(each.value for each in Field if each not in PERSONAL), RuleKind.INTERNET.value}
"""What a person may say of a firm: what lists say, but for persons, and whether it deals with the Internet."""
READABLE: Final[dict[str, Callable[[str], bool]]] = {
    Field.CODE: is_sound,
    Field.FOUNDED: lambda text: read_day(text) is not None,
    Field.STATUS_SINCE: lambda text: read_day(text) is not None,
    Field.STAFF: lambda text: read_staff(text) is not None,
    Field.STATUS: lambda text: read_status(text) != "unknown" or text == "unknown",
    Field.TOWN: lambda text: bool(read_town(text, "")),
    RuleKind.INTERNET: lambda text: text in (Answer.YES, Answer.NO),
}


@transaction.atomic
def overrule(*, actor: Account, enterprise_id: int, field: str, value: str, reason: str, at: datetime) -> Overruling:
    """Say what a field of a firm is, whatever the lists say, until this is ended; an earlier word on it ends."""
    firm = _firm(actor, enterprise_id, at)
    said, because = clean(value), reason_given(reason)
    if field not in OVERRULED:
        raise Invalid(Refusal.FIELD_NOT_OVERRULED, field="field")
    if not 0 < len(said) <= VALUE_CHARS or not READABLE.get(str(field), bool)(said):
        raise Invalid(Refusal.OVERRULING_UNREADABLE, field="value", found=said[:VALUE_CHARS])
    Overruling.objects.filter(enterprise=firm, field=field, ended_at=None).update(ended_at=at)
    about = {"field": str(field), "value": said, "reason": because}
    made = Overruling.objects.create(enterprise=firm, made_by=actor.pk, made_at=at, **about)
    audit(
        actor, Verb.VALUE_OVERRULED, firm, association_id=firm.association_id, at=at, reason=because, about=str(field)
    )
    show([firm.pk], firm.association, at=at)
    return made


@transaction.atomic
def end_overruling(*, actor: Account, overruling_id: int, at: datetime) -> Overruling:
    """Let the lists say again what a field is."""
    seen = access.visible_enterprises(actor, Right.EDIT_REGISTER, at=at)
    found = Overruling.objects.filter(pk=overruling_id, enterprise__in=seen).first()
    firm = access.access_enterprise(actor, found.enterprise_id if found else 0, Right.EDIT_REGISTER, at=at)
    association = access.access_register(actor, firm.association_id, Right.EDIT_REGISTER, at=at)
    made = Overruling.objects.get(pk=overruling_id)
    if made.ended_at is not None:
        raise Refused(Refusal.OVERRULING_ENDED)
    made.ended_at = at
    made.save(update_fields=["ended_at"])
    audit(actor, Verb.OVERRULING_ENDED, firm, association_id=association.pk, at=at, about=made.field)
    show([firm.pk], association, at=at)
    return made


def _firm(actor: Account, enterprise_id: int, at: datetime) -> Enterprise:
    found = access.access_enterprise(actor, enterprise_id, Right.EDIT_REGISTER, at=at)
    access.access_register(actor, found.association_id, Right.EDIT_REGISTER, at=at)
    found = access.access_enterprise(actor, enterprise_id, Right.EDIT_REGISTER, at=at)
    if found.merged_into_id is not None:
        raise Refused(Refusal.FIRM_IS_MERGED)
    return found
