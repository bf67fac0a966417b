"""A small round of the census."""

from datetime import date

from tests.cast import DAY, Cast
from tests.register.judged import INTERNET, card, judged
from zuji.register.census.actions import open_round
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.census.questionnaire import default
from zuji.register.census.values import InScope, RoundValues

FULL = {"operating": "yes", "premises": "yes", "staff": "12", "members": "3", "has_site": "no"}
"""Everything that is required, and a small count."""


def values(**changes: object) -> RoundValues:
    named = {
        "name": "2021年普查",
        "opens_on": date(2021, 7, 1),
        "closes_on": date(2021, 7, 31),
        "questionnaire": default(),
    }
    return RoundValues(**named | changes)


def a_round(cast: Cast, *, firms: int = 1, scope: InScope | None = None, **changes: object) -> CensusRound:
    """A round that is open on the day of the walk, of this many firms."""
    for number in range(firms):
        card(cast.panyu, f"企业{number}", **INTERNET)
    judged(cast.panyu, date(2021, 7, 1))
    return open_round(
        actor=cast.mei, association_id=cast.panyu.pk, values=values(**changes), scope=scope or InScope(), at=DAY
    )


def a_form(cast: Cast, **changes: object) -> CensusForm:
    return a_round(cast, **changes).forms.get()
