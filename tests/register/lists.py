"""Lists as authorities would send them, the way into the register, and the register as text to compare."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import DAY, Cast
from zuji.core import works
from zuji.core.models import Work
from zuji.core.sheets import Heading, Kind, write_table
from zuji.register import actions
from zuji.register.enums import DoubtState
from zuji.register.models import Authority, Card, Doubt, Enterprise, Link, SourceList
from zuji.register.writing import merged_into

HEADINGS = ("序号", "企业名称", "统一社会信用代码", "法定代表人", "联系电话", "住所", "从业人数")
CODES = ("91440113MA59AAAA0", "91440113MA59BBBB1", "91440113MA59CCCC2", "91440113MA59DDDD3", "91440113MA59EEEE4")
NAMES = (
    "广州木棉数科有限公司",
    "广州榕声互动网络科技有限公司",
    "广州荔湾软件有限公司",
    "广州龙眼文化传播有限公司",
    "广州水闸信息技术有限公司",
)
PERSONS = ("陈阿木", "梁榕", "黄荔", "何龙", "周水")
AS_OF = date(2021, 7, 1)
WEIGHTS = [3**place % 31 for place in range(17)]
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

CARD = ("name", "code", "town", "status", "staff", "internet", "in_district", "active", "rows", "lists", "search_key")

Row = tuple[object, ...]


def sound(code: str) -> str:
    """Seventeen characters with the check character that makes them a sound code."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in zip(WEIGHTS, code, strict=True))
    return code + SIGNS[-total % 31]


def firm(number: int, **changes: object) -> Row:
    """The row of one of five firms."""
    told: dict[str, object] = {
        "name": NAMES[number],
        "code": sound(CODES[number]),
        "person": PERSONS[number],
        "phone": f"1380013800{number}",
        "address": f"广州市番禺区市桥街大北路{number + 1}号",
        "staff": 12 + number,
    }
    return (number + 1, *(told | changes).values())


def workbook(rows: Sequence[Row], headings: Sequence[str] = HEADINGS, *, sheet: str = "名单") -> bytes:
    """A workbook with a title row above its header."""
    columns = [Heading(title, Kind.TEXT) for title in headings]
    return write_table(columns, rows, sheet=sheet, made_at=DAY.replace(tzinfo=None), title="企业名单")


def authority(cast: Cast, name: str = "市场监管局") -> Authority:
    found = Authority.objects.filter(association=cast.panyu, name=name).first()
    return found or actions.add_authority(actor=cast.tao, association_id=cast.panyu.pk, name=name, at=DAY)


def staged(cast: Cast, rows: Sequence[Row], *, name: str = "市场监管局", at: datetime = DAY, **more: Any) -> SourceList:
    """A list of an authority, staged."""
    sender = authority(cast, name)
    data = workbook(rows, **more)
    return actions.stage_list(actor=cast.tao, authority_id=sender.pk, file="名单.xlsx", data=data, as_of=AS_OF, at=at)


def ran(work: Work, *, at: datetime = DAY) -> Work:
    done = works.run(work.pk, now=lambda: at)
    assert done is not None
    return done


def taken(cast: Cast, *lists: SourceList, at: datetime = DAY) -> Work:
    """Lists taken in, with the work that did it."""
    work = actions.take_in(actor=cast.tao, list_ids=[each.pk for each in lists], at=at)
    return ran(work, at=at)


def back(cast: Cast, source: SourceList, *, at: datetime = DAY + timedelta(hours=1)) -> Work:
    """A list taken back, with the work that brought the firms in line."""
    return ran(actions.take_back(actor=cast.tao, list_id=source.pk, at=at), at=at)


def exported(association_id: int) -> bytes:
    """The register as it stands, without keys: its firms by their rows, with why each row is there, their
    cards, and its doubts.
    """
    merged = merged_into(association_id)
    firms: dict[int, list[object]] = {}
    links = Link.objects.filter(ended_at=None, enterprise__association=association_id).select_related("row__source")
    for link in links.order_by("row__source__digest", "row__source", "row__number"):
        root = link.enterprise_id
        while root in merged:
            root = merged[root]
        said = [_key(link.row), link.band, link.score, link.why, link.row.values]
        firms.setdefault(root, []).append(said)
    for root, said in firms.items():
        said.append(_card(root))
    asked = Doubt.objects.filter(association=association_id).exclude(state=DoubtState.OUTDATED)
    doubts = [
        [sorted((_key(each.one), _key(each.other))), each.state, each.score, each.why, each.rank]
        for each in asked.select_related("one__source", "other__source")
    ]
    return json.dumps([sorted(firms.values(), key=str), sorted(doubts, key=str)], ensure_ascii=False).encode()


def _card(firm: int) -> list[str]:
    card = Card.objects.filter(enterprise=firm).values(*CARD).first() or {}
    return [f"{name}: {value}" for name, value in card.items()]


def _key(row: Any) -> str:
    return f"{row.source.authority.name}/{row.source.digest[:8]}/{row.number}"


def names(association_id: int) -> list[list[str]]:
    """The names under which each firm is known, firm by firm."""
    merged = merged_into(association_id)
    found: dict[int, list[str]] = {}
    for link in Link.objects.filter(ended_at=None, enterprise__association=association_id).select_related("row"):
        root = link.enterprise_id
        while root in merged:
            root = merged[root]
        found.setdefault(root, []).append(link.row.values.get("name", ""))
    return sorted(map(sorted, found.values()))


def firms(association_id: int) -> set[int]:
    """The keys of firms that have rows, merged ones too."""
    rows = Enterprise.objects.filter(association=association_id, links__ended_at=None, links__isnull=False)
    return set(rows.values_list("pk", flat=True))
