"""Lists that come in as workbooks: which columns are looked for, and how good rows and bad ones part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.errors import Refusal
from zuji.committee.names import folded
from zuji.committee.values import ParticipantValues
from zuji.core.sheets import Column, Kind, Problem, Row, Table, read_table, write_rejects
from zuji.core.texts import both, say

# Words as offices write them. One that is not here comes back with its row: whether a sender
# is a firm decides T2, so it is never guessed.
FIRM, INSTITUTION = ParticipantKind.FIRM.value, ParticipantKind.INSTITUTION.value
KIND_WORDS = {
    **dict.fromkeys(("企业", "公司", "民营企业", "国有企业"), FIRM),
    **dict.fromkeys(("机关", "机关单位", "政府部门", "事业单位", "学校", "医院"), INSTITUTION),
    **dict.fromkeys(("社会组织", "社会团体", "协会", "街道", "镇街", "村居", "社区", "其他", "其他单位"), INSTITUTION),
}
JOINS_AS_WORDS = {
    **dict.fromkeys(("企业党组织", "企业组织", "互联网企业党组织"), JoinsAs.FIRM_ORGANISATION.value),
    **dict.fromkeys(
        ("协会会员", "网络文化协会会员", "区网络文化协会会员", "网络文化协会会员单位", "区网络文化协会会员单位"),
        JoinsAs.ASSOCIATION_MEMBER.value,
    ),
    **dict.fromkeys(("共建单位", "联建单位", "共建"), JoinsAs.COBUILDING_UNIT.value),
}
NAME_HEADERS = ("单位名称", "参加单位", "参加单位名称", "企业名称", "单位", "名称")
COLUMNS = (
    Column("name", NAME_HEADERS, required=True, limit=120),
    Column("kind", ("单位性质", "性质", "单位类型"), Kind.CHOICE, required=True, choices=KIND_WORDS),
    Column(
        "joins_as", ("参加身份", "参加类别", "参加方式", "类别"), Kind.CHOICE, required=True, choices=JOINS_AS_WORDS
    ),
    Column("contact_name", ("联系人姓名", "联系人", "姓名"), limit=80),
    Column("contact_phone", ("联系人电话", "联系电话", "联系方式", "电话", "手机"), Kind.PHONE, limit=40),
    Column("expected", ("预计人数", "预计参加人数", "参加人数", "报名人数", "人数"), Kind.COUNT),
)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of a list: keys of what was added, and the rows that come back with their problems."""

    added: list[int]
    rejects: list[Row]
    table: Table

    def returned(self, *, made_at: datetime, language: str) -> bytes:
        """The rows that were not taken as a workbook with the reasons beside them; `language` is "zh" or "en"."""

        def reason(problem: Problem) -> str:
            return say(problem.code, problem.facts)[language]

        heading = both("sheet.reasons")[language]
        return write_rejects(self.rejects, self.table, reasons=reason, heading=heading, made_at=made_at)


def sift(table: Table, check: Callable[[Row], None]) -> tuple[list[Row], list[Row]]:
    """The good rows and the bad ones of a table; `check` looks at each row that is typed and may reject it."""
    good: list[Row] = []
    bad: list[Row] = []
    for row in table.rows():
        # a row that could not be typed has no values to look at
        if not row.problems:
            check(row)
        (bad if row.problems else good).append(row)
    return good, bad


def read_participants(data: bytes, file: str, *, known: set[str]) -> tuple[Table, list[Row], list[Row]]:
    """A list of participant organisations: the table, its good rows and its bad ones.

    `known` are folded names that the association has already; Invalid when the workbook as a whole cannot be used.
    """
    table = read_table(data, file=file, columns=COLUMNS)
    seen: set[str] = set()

    def check(row: Row) -> None:
        name = folded(row["name"])
        if name in known:
            row.reject(Refusal.PARTICIPANT_ON_LIST, "name")
        elif name in seen:
            row.reject(Refusal.PARTICIPANT_TWICE_IN_FILE, "name")
        seen.add(name)

    return table, *sift(table, check)


def values_of(row: Row) -> ParticipantValues:
    """A good row as what somebody would have typed."""
    return ParticipantValues(
        name=row["name"],
        kind=ParticipantKind(row["kind"]),
        joins_as=JoinsAs(row["joins_as"]),
        expected=row["expected"],
        contact_name=row["contact_name"] or "",
        contact_phone=row["contact_phone"] or "",
    )
