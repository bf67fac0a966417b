"""Whatever a test writes to the audit trail, the console must have words for: its kind and its facts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.signals import post_save

from zuji.core.models import AuditEntry


def must_have_words(instance: AuditEntry, **_: Any) -> None:
    from zuji.console.blocks.facts import KNOWN
    from zuji.console.blocks.objects import BY_KIND

    assert instance.kind in BY_KIND, f"{instance.kind} has no line in THINGS of console/blocks/objects.py"
    # what belongs to no association is shown to nobody
    unknown = set(instance.facts) - KNOWN if instance.association_id else ()
    assert not unknown, f"{unknown} stand in no table of console/blocks/facts.py"


@pytest.fixture(scope="session", autouse=True)
def whatever_is_audited_has_words() -> Iterator[None]:
    """The actions are run by their own tests; this watches what they write."""
    post_save.connect(must_have_words, sender=AuditEntry)
    yield
    post_save.disconnect(must_have_words, sender=AuditEntry)
