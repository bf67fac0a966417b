from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.briefing.walk import Walk
    from tests.cast import Cast


@pytest.fixture
def walk(cast: "Cast") -> "Walk":
    """The cast's walk, its entrance at one site and its hall at another."""
    from tests.briefing.walk import Walk, lay_trail, site  # models need Django, which is set up after this file is read

    school, house = site(cast.panyu, "S1"), site(cast.panyu, "S2")
    lay_trail(cast.activity, [(cast.entrance, school), (cast.hall, house)])
    return Walk(cast, school, house)
