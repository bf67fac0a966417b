"""What five authorities write of the same firms, each in its own way and with its own slips. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from zuji.core.sheets import Heading, write_table
from zuji.project.demo.register.firms import Firm, Kind, World
from zuji.register.fields import Field

FIRST_ROW = 3
"""Of the data: a title and a header stand above."""
WRITTEN_AT = datetime(2021, 7, 1, 9)  # noqa: DTZ001  (workbooks know no zone)
SLIPS = {"0": "O", "1": "I", "8": "B", "5": "S", "2": "Z"}

SOUNDS_LIKE = dict(zip("帆棉舟汀渔榕荔晴鲤蕉", "凡绵州厅鱼容力清里焦", strict=True))

Row = dict[Field, str]


@dataclass(frozen=True)
class Sender:
    """An authority and its list: the file, the day that it is about, its title, and its headings."""

    key: str
    authority: str
    file: str
    as_of: date
    title: str
    headings: Mapping[Field, str]


SENDERS = (
    Sender(
        "registry",
        "区市场监管局（示例）",
        "互联网企业登记信息.xlsx",
        date(2021, 5, 31),
        "互联网企业登记信息表（示例）",
        {
            Field.CODE: "统一社会信用代码",
            Field.NAME: "企业名称",
            Field.PERSON: "法定代表人",
            Field.ADDRESS: "住所",
            Field.TOWN: "所属镇街",
            Field.PHONE: "联系电话",
            Field.FOUNDED: "成立日期",
            Field.STATUS: "登记状态",
            Field.INDUSTRY_CODE: "行业代码",
            Field.FORMER_NAME: "曾用名",
        },
    ),
    Sender(
        "filings",
        "区网信办（示例）",
        "网络基础数据.xlsx",
        date(2021, 4, 30),
        "网站备案基础数据（示例）",
        {
            Field.NAME: "主办单位名称",
            Field.FILING: "网站备案号",
            Field.SITE: "网站名称",
            Field.CODE: "证件号码",
            Field.PERSON: "主体负责人",
        },
    ),
    Sender(
        "tax",
        "区税务局（示例）",
        "涉税企业信息.xlsx",
        date(2021, 3, 31),
        "涉税企业信息统计表（示例）",
        {
            Field.CODE: "纳税人识别号",
            Field.NAME: "纳税人名称",
            Field.PERSON: "法定代表人姓名",
            Field.STAFF: "从业人数",
            Field.TOWN: "镇街",
            Field.ADDRESS: "生产经营地址",
            Field.PHONE: "办税人电话",
        },
    ),
    Sender(
        "contacts",
        "区互联网企业联系服务组（示例）",
        "企业走访联系表.xlsx",
        date(2021, 6, 15),
        "企业走访联系表（示例）",
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
    Sender(
        "census",
        "区互联网企业普查（示例）",
        "2021年互联网企业普查.xlsx",
        date(2021, 6, 30),
        "2021年互联网企业普查结果（示例）",
        {
            Field.CODE: "统一社会信用代码",
            Field.NAME: "企业名称",
            Field.TOWN: "镇街",
            Field.STAFF: "员工人数",
            Field.PREMISES: "是否有固定经营场所",
            Field.OPERATING: "是否正常经营",
            Field.MEMBERS: "党员数",
        },
    ),
)


@dataclass(frozen=True)
class Listed:
    """A list: who sends it, its rows, and by row number in the sheet the number of the firm that each is about."""

    sender: Sender
    rows: Sequence[Row]
    truth: Mapping[int, int]

    def workbook(self) -> bytes:
        """The list as a file: the same bytes each time."""
        titles = [Heading(title) for title in self.sender.headings.values()]
        rows = [[row.get(field, "") for field in self.sender.headings] for row in self.rows]
        return write_table(titles, rows, sheet="名单", made_at=WRITTEN_AT, title=self.sender.title)


def write_lists(world: World, *, seed: int) -> list[Listed]:
    """The five lists about a world's firms."""
    return [_listed(_Clerk(sender, world, Random(f"{seed} {sender.key}")), seed) for sender in SENDERS]  # noqa: S311


def _listed(clerk: "_Clerk", seed: int) -> Listed:
    told = [(firm.number, row) for firm in clerk.world.firms for row in clerk.rows(firm)]
    Random(seed).shuffle(told)  # noqa: S311  (a play)
    truth = {at: number for at, (number, _) in enumerate(told, FIRST_ROW)}
    return Listed(clerk.sender, [row for _, row in told], truth)


class _Clerk:
    """Writes one list's rows."""

    def __init__(self, sender: Sender, world: World, chance: Random) -> None:
        self.sender, self.world, self.random = sender, world, chance

    def rows(self, firm: Firm) -> Iterator[Row]:
        """What this list says of a firm; nothing where it does not know it."""
        of = {
            "registry": self._registry,
            "filings": self._filings,
            "tax": self._tax,
            "contacts": self._contacts,
            "census": self._census,
        }
        return of[self.sender.key](firm)

    def _often(self, share: float) -> bool:
        return self.random.random() < share

    def _registry(self, firm: Firm) -> Iterator[Row]:
        if firm.kind == Kind.UNLISTED:
            return
        times = 2 if self._often(0.012) else 1
        for _ in range(times):
            yield {
                # twice on one list without a code would be two firms
                Field.CODE: firm.code if times > 1 else self._code(firm, 0.97),
                Field.NAME: self._name(firm, 0.02),
                Field.PERSON: firm.person,
                Field.ADDRESS: self._address(firm),
                Field.TOWN: firm.town,
                Field.PHONE: self._phone(firm, 0.6),
                Field.FOUNDED: self._day(firm.founded),
                Field.STATUS: firm.status,
                Field.INDUSTRY_CODE: firm.industry,
                Field.FORMER_NAME: firm.former if self._often(0.7) else "",
            }

    def _filings(self, firm: Firm) -> Iterator[Row]:
        if firm.kind == Kind.OTHER_TRADE or not (firm.by_filing or self._often(0.34)):
            return
        for site in range(1, self.random.choices((1, 2, 3, 5), (70, 18, 8, 4))[0] + 1):
            yield {
                Field.NAME: self._name(firm, 0.05),
                Field.FILING: f"{firm.filing}-{site}",
                Field.CODE: self._code(firm, 0.6),
                Field.SITE: firm.brand + self.random.choice(("", "网", "官网", "商城")),
                Field.PERSON: firm.person if self._often(0.6) else "",
            }

    def _tax(self, firm: Firm) -> Iterator[Row]:
        if firm.kind != Kind.UNLISTED and not self._often(0.38):
            return
        yield {
            Field.CODE: firm.code if firm.kind == Kind.UNLISTED else self._code(firm, 0.85),
            Field.NAME: self._name(firm, 0.05),
            Field.PERSON: firm.person if self._often(0.96) else self.world.person(),
            Field.STAFF: str(max(1, round(firm.staff * self.random.uniform(0.9, 1.1)))),
            Field.TOWN: firm.town,
            Field.ADDRESS: self._address(firm) if self._often(0.6) else "",
            Field.PHONE: self._phone(firm, 0.6),
        }

    def _contacts(self, firm: Firm) -> Iterator[Row]:
        known = self._often(0.3 if firm.staff >= 10 else 0.06) and firm.kind not in (Kind.ELSEWHERE, Kind.CLOSED)
        if not known and not firm.plain:
            return
        name, phone = self._short(firm), "" if firm.plain else self._phone(firm, 0.45)
        # a brand alone is taken for a firm's whose trade name begins alike, so something else must speak for its own
        is_bare = name == firm.brand
        yield {
            Field.NAME: name,
            Field.TOWN: firm.town,
            Field.BUILDING: firm.building,
            Field.CONTACT: firm.person if is_bare or self._often(0.3) else self.world.person(),
            Field.PHONE: phone,
            Field.STAFF: str(max(1, round(firm.staff * self.random.uniform(0.7, 1.3)))),
            Field.CODE: firm.code if self._often(0.1) and not firm.plain else "",
        }

    def _short(self, firm: Firm) -> str:
        """The name as those who call on firms say it."""
        if firm.plain:
            return firm.brand
        if not firm.alone or self._often(0.5):
            return firm.name
        return firm.brand if self._often(0.6) else firm.trade + firm.line

    def _census(self, firm: Firm) -> Iterator[Row]:
        if firm.survey is None:
            return
        yield {
            Field.CODE: firm.code,
            Field.NAME: self._name(firm, 0.02),
            Field.TOWN: firm.town,
            Field.STAFF: str(firm.survey.staff),
            Field.PREMISES: firm.survey.premises,
            Field.OPERATING: firm.survey.operating,
            Field.MEMBERS: str(firm.survey.members),
        }

    def _name(self, firm: Firm, share: float) -> str:
        """The name as it is registered, or with one slip."""
        if firm.former and self.sender.key != "registry" and self._often(0.25):
            return firm.former
        if firm.plain or not self._often(share):
            return firm.name
        slips = (
            firm.name + self.random.choice((" ", "　", "\xa0")),
            firm.name.replace("有限公司", "公司"),
            firm.name.replace("广州市", "广州").replace("（", "("),
            firm.name.removeprefix("广州市").removeprefix("广州"),
            self._misheard(firm),
        )
        return self.random.choice(slips)

    def _misheard(self, firm: Firm) -> str:
        """The name with another character of the same sound in the trade name, where there is one."""
        trade = "".join(SOUNDS_LIKE.get(sign, sign) for sign in firm.trade)
        return firm.name.replace(firm.trade, trade) if firm.alone else firm.name

    def _code(self, firm: Firm, share: float) -> str:
        """The code; where nobody shares the firm's trade name also without it, lost, mistyped, or an old number."""
        # what nobody could tell apart from a sibling's, or what makes a firm count, must not come without its code
        if firm.plain or firm.by_filing or not firm.alone:
            return firm.code
        if not self._often(share):
            return ""
        if firm.old_number and self._often(0.05):
            lost = [f"{float(firm.code):.2E}", firm.code[:15] + "000"] if firm.code.isdigit() else []
            return self.random.choice([*lost, firm.old_number])
        return self._mistyped(firm.code) if self._often(0.01) else firm.code

    def _mistyped(self, code: str) -> str:
        """The code with one character for another that looks like it, where it has such a one."""
        slips = [at for at, sign in enumerate(code) if at >= 8 and sign in SLIPS]
        if not slips:
            return code
        at = self.random.choice(slips)
        return code[:at] + SLIPS[code[at]] + code[at + 1 :]

    def _phone(self, firm: Firm, told: float) -> str:
        if not self._often(told):
            return ""
        return self.random.choice((firm.phone, firm.phone, firm.phone, f"+86 {firm.phone}", "1.54E+10"))

    def _address(self, firm: Firm) -> str:
        return firm.address.removeprefix("广州市") if self._often(0.3) else firm.address

    def _day(self, day: date) -> str:
        return self.random.choice((f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day.year}.{day.month}.{day.day}"))
