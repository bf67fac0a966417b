"""Whatever any test of any action writes to the audit trail must be of a kind that the console can name."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.signals import post_save

from zuji.core.models import AuditEntry


def must_have_a_name(instance: AuditEntry, **_: Any) -> None:
    from zuji.console.blocks.objects import BY_KIND

    assert instance.kind in BY_KIND, f"{instance.kind} has no line in THINGS of console/blocks/objects.py"


@pytest.fixture(scope="session", autouse=True)
def every_audited_kind_has_a_name() -> Iterator[None]:
    """The actions are run by their own tests; this watches what they write."""
    post_save.connect(must_have_a_name, sender=AuditEntry)
    yield
    post_save.disconnect(must_have_a_name, sender=AuditEntry)
