"""The demo's register at a reduced size, built as an office would, on behalf of the cast."""

from datetime import UTC, date, datetime

from tests.cast import Cast
from zuji.briefing.queries import compute
from zuji.project.demo.cast import read_cast
from zuji.project.demo.office import cover_firms, found
from zuji.project.demo.register.building import Built, build
from zuji.project.demo.register.firms import Size, World
from zuji.project.demo.register.lists import write_lists
from zuji.project.demo.register.snapshot import begin_anew

SMALL = Size(240, 40)
BUILT_AT = datetime(2021, 7, 5, 1, 0, tzinfo=UTC)
CUT_OFF = date(2021, 7, 26)


def built(cast: Cast, size: Size = SMALL) -> Built:
    """A register in the cast's association."""
    begin_anew()
    lists = write_lists(World(2021, size), seed=2021)
    return build(lists, association=cast.panyu, actor=cast.tao, at=BUILT_AT)


def covered(cast: Cast) -> None:
    """The organisations of the demo's cast, with the firms that they cover."""
    plan = read_cast()
    found(cast.panyu, {"office_lead": cast.mei}, plan, at=BUILT_AT)
    cover_firms(cast.mei, plan, at=BUILT_AT)


def figures(cast: Cast, *names: str) -> dict[str, int]:
    """What the indicators count at the cut-off of the report."""
    return {name: compute(name, association=cast.panyu, as_of=CUT_OFF).value for name in names}
