"""Days on which the home's clock stands, for pages and for the history that triggers write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.models import Home


@contextmanager
def standing(at: datetime) -> Iterator[datetime]:
    """Within this block it is this instant, in Python and in SQL."""
    stand(at)
    with clock.frozen(at):
        yield at


def stand(at: datetime) -> None:
    """From now on triggers write this instant."""
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO, "held_at": at})
