"""Personal details that this package keeps: who to call at a participant organisation."""

from datetime import datetime, timedelta

from zuji.committee.models import ContactDetail
from zuji.core.personal import PersonalTable

CONTACT_DAYS = 400
"""A programme runs for a year; a contact that nobody has confirmed since the last one is nobody's business any more."""


def erase_contacts(at: datetime) -> int:
    """Erase contacts that were last entered too long before `at`; returns how many went."""
    return ContactDetail.objects.filter(kept_since__lte=at - timedelta(days=CONTACT_DAYS)).delete()[0]


CONTACTS = PersonalTable(
    model=ContactDetail, purpose="contact_of_participant", days=CONTACT_DAYS, erase_due=erase_contacts
)
