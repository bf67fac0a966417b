"""Pages on the morning of the walk: clients of the cast, a trail, and a few check-ins."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.api.conftest import as_, morning  # noqa: F401  (what others made serves here too)

if TYPE_CHECKING:
    from tests.console.walks import Pages, Walked
    from zuji.people.models import Account


@pytest.fixture(autouse=True)
def staged_here(settings, tmp_path) -> None:
    """Uploads of a test lie in its own folder."""
    settings.STAGED_ROOT = tmp_path / "staged"


@pytest.fixture
def pages(as_) -> "Callable[[Account], Pages]":  # noqa: F811
    """Pages as an account sees them."""
    from tests.console.walks import Pages

    return lambda account: Pages(as_(account))


@pytest.fixture
def demo(cast) -> None:
    """A demo home, where no second factor is asked for."""
    from zuji.core.enums import HomeKind
    from zuji.core.models import Home

    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO})


@pytest.fixture
def walked(cast, demo, morning) -> "Walked":  # noqa: F811
    """The cast's walk with a trail, two walkers of the firm, one of the unit, and what they handed in."""
    from tests.console.walks import walk

    return walk(cast)
