"""Counters and codes of the cast's walk. What needs Django is imported once it is set up, after this file."""

from typing import TYPE_CHECKING

import pytest

from zuji.checkin.enums import CodeKind

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.checkin.desks import Counter
    from zuji.checkin.models import CodeSerial, Pass


@pytest.fixture
def counter() -> "Counter":
    from tests.checkin.desks import Counter

    return Counter()


@pytest.fixture
def walker(cast: "Cast") -> "Pass":
    """A pass of the firm."""
    from tests.checkin.desks import new_pass

    return new_pass(cast.firm, cast.campaign)


def of_guo(cast: "Cast", kind: CodeKind) -> "CodeSerial":
    from tests.checkin.desks import serial

    return serial(cast.entrance, cast.guo, kind)


@pytest.fixture
def screen(cast: "Cast") -> "CodeSerial":
    """Guo's screen at the entrance, today."""
    return of_guo(cast, CodeKind.SCREEN)


@pytest.fixture
def poster(cast: "Cast") -> "CodeSerial":
    """The poster at the entrance."""
    return of_guo(cast, CodeKind.POSTER)


@pytest.fixture
def grant(cast: "Cast") -> "CodeSerial":
    """Guo's grant at the entrance, today."""
    return of_guo(cast, CodeKind.GRANT)


@pytest.fixture
def committing(transactional_db: None) -> None:
    """For tests that really commit: each ends with empty tables, so what migrations put there is put back first."""
    from zuji.checkin.models import LogHead
    from zuji.core.models import Home

    Home.objects.get_or_create(pk=1)
    LogHead.objects.get_or_create(pk=1)
