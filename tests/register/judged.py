"""Firms with cards as they stand, and what the rules say of them."""

from datetime import date, datetime

from tests.cast import DAY
from zuji.core.models import Association
from zuji.register.fields import Field
from zuji.register.judging import judge
from zuji.register.models import Card, Enterprise, Standing
from zuji.register.rules.actions import lay_rules
from zuji.register.standings import Judged

ON = date(2021, 7, 26)


def card(
    association: Association, name: str = "番禺数科有限公司", *, made_at: datetime = DAY, **values: object
) -> Card:
    """A firm with a card; what is no column of it stands among its values, as a person's word would."""
    firm = Enterprise.objects.create(association=association, made_at=made_at)
    texts = {key: values.pop(key) for key in list(values) if key in set(Field) - {"town", "status"}}
    told = {key: {"value": str(text), "row": None} for key, text in texts.items()}
    own = {"staff": texts["staff"]} if "staff" in texts else {}
    return Card.objects.create(
        enterprise=firm, association=association, name=name, sort_key=name, values=told, **own | values
    )


INTERNET = {"industry_code": "6513", "town": "440113102", "status": "active"}
"""What makes a firm active, in the district and of the Internet."""


def judged(association: Association, on: date = ON, *, only: list[int] | None = None) -> Judged:
    """Judge all firms of an association, or only some, on a day; its first rules are laid if it has none."""
    if not association.rule_versions.exists():
        lay_rules(association_id=association.pk, since=date(2021, 1, 1), at=DAY)
    return judge(only, association_id=association.pk, on=on, at=DAY)


def answers(of: Card) -> dict[str, str]:
    """The five answers on a card."""
    of.refresh_from_db()
    return {kind: getattr(of, kind) for kind in ("internet", "in_district", "active", "three_haves", "key")}


def course(of: Card, kind: str) -> list[tuple[str, date, date | None]]:
    """What a rule said of a firm, range after range."""
    rows = Standing.objects.filter(enterprise=of.enterprise, kind=kind).order_by("during")
    return [(row.answer, row.during.lower, row.during.upper) for row in rows]
