"""What four authorities write of the same firms, each in its own way and with its own slips."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import xlsxwriter

from bench.linkage.world import Firm, World
from zuji.register.fields import Field
from zuji.register.linking import Key, Record

HEADINGS: dict[str, tuple[str, dict[Field, str]]] = {
    "registry": (
        "互联网企业登记信息表",
        {
            Field.CODE: "统一社会信用代码",
            Field.NAME: "企业名称",
            Field.PERSON: "法定代表人",
            Field.ADDRESS: "住所",
            Field.PHONE: "联系电话",
            Field.INDUSTRY_CODE: "行业代码",
            Field.FORMER_NAME: "曾用名",
            Field.TOWN: "所属镇街",
        },
    ),
    "filings": (
        "网站备案信息",
        {
            Field.NAME: "主办单位名称",
            Field.FILING: "网站备案号",
            Field.SITE: "网站名称",
            Field.CODE: "证件号码",
            Field.PERSON: "主体负责人",
        },
    ),
    "contacts": (
        "企业走访联系表",
        {
            Field.NAME: "企业（品牌）",
            Field.TOWN: "镇街",
            Field.BUILDING: "园区/楼宇",
            Field.CONTACT: "联系人",
            Field.PHONE: "联系电话",
            Field.STAFF: "职工人数",
            Field.CODE: "信用代码",
        },
    ),
    "tax": (
        "涉税企业信息统计表",
        {
            Field.CODE: "纳税人识别号",
            Field.NAME: "纳税人名称",
            Field.PERSON: "法定代表人姓名",
            Field.STAFF: "从业人员",
            Field.TOWN: "镇街",
            Field.ADDRESS: "生产经营地址",
            Field.PHONE: "办税人电话",
            Field.INDUSTRY_CODE: "行业代码",
        },
    ),
}
CODED = {"registry": 0.985, "filings": 0.42, "contacts": 0.06, "tax": 0.86}
SLIPS = {"O": "0", "0": "O", "1": "I", "8": "B", "5": "S"}
SIMILAR = {
    "帆": "凡",
    "木": "本",
    "光": "广",
    "星": "兴",
    "水": "永",
    "明": "名",
    "海": "害",
    "青": "清",
    "晨": "辰",
    "达": "大",
}
FIRST_ROW = 3
"""Of the data: a title and a header stand above."""


class Lists(NamedTuple):
    """Records of all lists, and whose each row is."""

    records: list[Record]
    truth: dict[Key, int]


class Clerk:
    """Writes one list's rows."""

    def __init__(self, name: str, world: World) -> None:
        self.list, self.world, self.random = name, world, world.random

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def name(self, firm: Firm) -> str:
        if firm.former and self.often(0.25 if self.list != "registry" else 0.02):
            return firm.former
        region, trade, form = firm.region, firm.trade, firm.form
        if self.often(0.05):
            region = ""
        elif self.often(0.08):
            region = {"广州": "广州市", "广州市": "广州"}.get(region, region)
        if self.often(0.012):
            trade = "".join(SIMILAR.get(sign, sign) for sign in trade)
        if form and self.often(0.05):
            form = self.random.choice(("", "公司"))
        name = f"{region}{trade}{firm.line}{form}{firm.branch}"
        return name + self.random.choice((" ", "　", "\xa0")) if self.often(0.05) else name

    def short(self, firm: Firm) -> str:
        if not firm.form:
            return self.name(firm)
        ways = (
            *(firm.brand,) * 4,
            *(firm.trade + firm.line,) * 2,
            *(firm.trade + firm.line[-2:], firm.region[:2] + firm.trade, self.name(firm), self.name(firm)),
        )
        return self.random.choice(ways) + (firm.branch if self.often(0.7) else "")

    def code(self, firm: Firm) -> str:
        if not self.often(CODED[self.list]):
            return ""
        if firm.old_number and self.often(0.12):
            return firm.old_number
        if firm.code.isdigit() and self.often(0.2):
            return self.random.choice((f"{int(firm.code):.2E}", firm.code[:15] + "000"))
        slips = [at for at, sign in enumerate(firm.code) if sign in SLIPS]
        if slips and self.often(0.02):
            at = self.random.choice(slips)
            return firm.code[:at] + SLIPS[firm.code[at]] + firm.code[at + 1 :]
        return firm.code

    def phone(self, firm: Firm, told: float) -> str:
        if not self.often(told):
            return ""
        written = (
            firm.phone,
            firm.phone,
            firm.phone,
            f"+86 {firm.phone}",
            f"{firm.phone}/{self.world.phone()}",
            "1.54E+10",
        )
        return self.random.choice(written)

    def person(self, firm: Firm, right: float) -> str:
        return firm.person if self.often(right) else self.world.person()

    def address(self, firm: Firm) -> str:
        text = str(firm.place)
        return text.removeprefix("广州市") if self.often(0.3) else text

    def registry(self, firm: Firm) -> Iterator[dict[Field, str]]:
        for _ in range(0 if self.often(0.06) else 2 if self.often(0.015) else 1):
            yield {
                Field.CODE: self.code(firm),
                Field.NAME: self.name(firm),
                Field.PERSON: self.person(firm, 0.97),
                Field.ADDRESS: self.address(firm),
                Field.PHONE: self.phone(firm, 0.6),
                Field.TOWN: firm.place.town,
                Field.INDUSTRY_CODE: firm.industry,
                Field.FORMER_NAME: firm.former if self.often(0.5) else "",
            }

    def filings(self, firm: Firm) -> Iterator[dict[Field, str]]:
        if not self.often(0.38):
            return
        for site in range(1, self.random.choices((1, 2, 3, 5, 8), (66, 18, 9, 5, 2))[0] + 1):
            yield {
                Field.NAME: self.name(firm),
                Field.FILING: f"{firm.filing}-{site}",
                Field.CODE: self.code(firm),
                Field.SITE: firm.brand + self.random.choice(("", "网", "官网", "商城"))
                if self.often(0.5)
                else firm.name,
                Field.PERSON: self.person(firm, 0.8) if self.often(0.7) else "",
            }

    def contacts(self, firm: Firm) -> Iterator[dict[Field, str]]:
        if not self.often(0.35 if firm.staff >= 10 else 0.04):
            return
        yield {
            Field.NAME: self.short(firm),
            Field.TOWN: firm.place.town,
            Field.CONTACT: self.person(firm, 0.3),
            Field.BUILDING: firm.place.building or firm.place.street if self.often(0.75) else "",
            Field.PHONE: self.phone(firm, 0.6),
            Field.STAFF: str(max(1, int(firm.staff * self.random.uniform(0.7, 1.3)))),
            Field.CODE: self.code(firm),
        }

    def tax(self, firm: Firm) -> Iterator[dict[Field, str]]:
        if not self.often(0.66):
            return
        yield {
            Field.CODE: self.code(firm),
            Field.NAME: self.name(firm),
            Field.PERSON: self.person(firm, 0.95),
            Field.STAFF: str(max(1, int(firm.staff * self.random.uniform(0.9, 1.1)))),
            Field.TOWN: firm.place.town,
            Field.ADDRESS: self.address(firm) if self.often(0.5) else "",
            Field.PHONE: self.phone(firm, 0.5),
            Field.INDUSTRY_CODE: firm.industry,
        }


def write_lists(seed: int, firms: int) -> Lists:
    """The four lists about so many firms; about 56,000 rows for 24,000."""
    world = World(seed, firms)
    records: list[Record] = []
    truth: dict[Key, int] = {}
    for name in HEADINGS:
        clerk = Clerk(name, world)
        write: Callable[[Firm], Iterator[dict[Field, str]]] = getattr(clerk, name)
        told = [(firm.number, fields) for firm in world.firms for fields in write(firm)]
        Random(seed).shuffle(told)
        for at, (number, fields) in enumerate(told, FIRST_ROW):
            records.append(Record(name, at, fields))
            truth[Key(name, at)] = number
    return Lists(records, truth)


def write_workbooks(lists: Lists, folder: Path) -> list[Path]:
    """One workbook a list, with a title above its header."""
    files = []
    for name, (title, headings) in HEADINGS.items():
        files.append(folder / f"{name}.xlsx")
        with xlsxwriter.Workbook(str(files[-1]), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_string(0, 0, title)
            sheet.write_row(1, 0, list(headings.values()))
            for record in lists.records:
                if record.list == name:
                    sheet.write_row(record.row - 1, 0, [record.fields.get(each, "") for each in headings])
    return files
