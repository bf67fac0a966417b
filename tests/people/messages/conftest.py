"""A receiver on this machine in the place of every service."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.checkin.conftest import committing
from tests.console.conftest import demo

if TYPE_CHECKING:
    from zuji.people.messages.receiver import Receiver

__all__ = ["committing", "demo"]


@pytest.fixture
def receiver(settings) -> "Iterator[Receiver]":
    from zuji.people.messages.receiver import Receiver

    started = Receiver()
    settings.MESSAGES_TO = started.base
    yield started
    started.close()
