"""How authorities word their headings, and lists made of them: nothing here is taken from the reader's own words."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from stdnum.cn import uscc

from tests.core.sheets.books import Sheet, book
from zuji.register.fields import Field

_LINES = Path(__file__).with_name("wordings.txt").read_text().splitlines()
WORDINGS = {Field(key): words.split() for key, words in (line.split(": ") for line in _LINES)}

_SURNAMES, _GIVEN = "陈李黄张梁林刘吴罗何郑谢", "志伟建国华明文辉强军丽敏静芳"
_TRADE, _BUSINESS = "创智云星辰海天博瑞恒信达盛", ("网络科技", "信息科技", "软件", "文化传播", "电子商务", "贸易")
TOWNS = ("市桥街道", "石碁镇", "大龙街道", "南村镇", "沙湾街道", "化龙镇", "小谷围街道")
_ROADS = ("番禺大道北", "兴业大道", "市莲路", "迎宾路", "亚运大道")
_PARKS = ("天安科技园A座", "节能科技园3栋", "万博中心", "四海城商务楼", "海伦堡创意园")
_INDUSTRIES = (("6490", "其他互联网服务"), ("6513", "应用软件开发"), ("5292", "互联网零售"), ("7251", "互联网广告服务"))
_BANDS = ("50万元以下", "50-100万元", "100-500万元", "1亿元以上")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _pick(r: random.Random, letters: str, count: int) -> str:
    return "".join(r.choices(letters, k=count))


def _code(r: random.Random) -> str:
    first = "91440101MA5" + _pick(r, _ALPHABET, 6)
    return first + uscc.calc_check_digit(first)


def _firm(r: random.Random) -> str:
    return r.choice(["广州", "广州市", "广东"]) + _pick(r, _TRADE, 2) + r.choice(_BUSINESS) + "有限公司"


def _person(r: random.Random) -> str:
    return r.choice(_SURNAMES) + _pick(r, _GIVEN, r.choice([1, 2, 2]))


def _phone(r: random.Random) -> object:
    mobile = "154" + _pick(r, "0123456789", 8)
    return r.choice([mobile, int(mobile), f"020-1{_pick(r, '0123456789', 7)}"])


def _day(r: random.Random) -> object:
    day = date(2005, 1, 1) + timedelta(days=r.randrange(5000))
    shapes = (f"{day.year}.{day.month}.{day.day}", day.isoformat(), f"{day.year}年{day.month}月{day.day}日", day)
    return r.choice(shapes)


def _address(r: random.Random) -> str:
    return f"广州市番禺区{r.choice(TOWNS)}{r.choice(_ROADS)}{r.randrange(1, 900)}号{r.randrange(101, 2500)}室"


def _filing(r: random.Random) -> str:
    return f"粤ICP备{r.randrange(10, 21)}{r.randrange(100000):06}号-{r.randrange(1, 5)}"


CELLS = {
    Field.CODE: _code,
    Field.NAME: _firm,
    Field.FORMER_NAME: lambda r: _firm(r) if r.random() < 0.1 else None,
    Field.BRAND: lambda r: _pick(r, _TRADE, 2),
    Field.PERSON: _person,
    Field.CONTACT: _person,
    Field.PHONE: _phone,
    Field.ADDRESS: _address,
    Field.TOWN: lambda r: r.choice(TOWNS),
    Field.BUILDING: lambda r: r.choice(_PARKS),
    Field.FOUNDED: _day,
    Field.STATUS: lambda r: r.choice(["在营（开业）企业"] * 9 + ["注销", "吊销，未注销", "迁出"]),
    Field.INDUSTRY_CODE: lambda r: r.choice(_INDUSTRIES)[0],
    Field.INDUSTRY: lambda r: r.choice(_INDUSTRIES)[1],
    Field.STAFF: lambda r: r.randrange(1, 500),
    Field.REVENUE: lambda r: r.choice(_BANDS),
    Field.HOST_KIND: lambda r: r.choice(["企业", "企业", "个体工商户"]),
    Field.FILING: _filing,
    Field.SITE: lambda r: _pick(r, _TRADE, 2) + r.choice(["官网", "网", "商城", "直播"]),
    Field.DOMAIN: lambda r: _pick(r, "abcdefgh", 6) + r.choice([".com", ".cn", ".net"]),
    Field.AUDITED: _day,
    Field.MEMBERS: lambda r: r.randrange(0, 12),
    Field.POLICE_FILING: lambda r: "粤公网安备" + _pick(r, "0123456789", 14) + "号",
    Field.ALGORITHM_FILING: lambda r: "网信算备" + _pick(r, "0123456789", 21) + "号",
}
BESIDE = {
    "备注": lambda r: r.choice([None, None, "已电话核实"]),
    "纳税信用等级": lambda r: r.choice("ABCM"),
    "经度": lambda r: round(113 + r.random(), 6),
    "纬度": lambda r: round(22 + r.random(), 6),
    "注册资本（万元）": lambda r: r.choice([10, 50, 100, 500]),
    "登记机关": lambda r: "广州市番禺区市场监督管理局",
    "电子邮箱": lambda r: _pick(r, "abcdefgh", 5) + "@example.com",
    "经营范围": lambda r: "软件开发;信息技术咨询服务;网络技术服务",
    "邮政编码": lambda r: "511400",
    "是否规上": lambda r: r.choice("是否"),
}
"""What else stands in such lists and is no field."""
LISTS = (
    "code name person address founded status industry_code industry phone former_name town",
    "name host_kind filing site domain code person audited address",
    "name town building contact phone staff code",
    "code name person staff revenue town address phone industry_code",
)
_GROUPS = ("基本信息", "基本情况", "登记情况", "相关信息")
_TITLES = ("番禺区互联网企业摸底表", "附件2", "2020年度企业名册", "互联网信息服务单位清单")
_FEET = ("注：以上数据截至2020年12月31日", "填表人：梅　　审核人：陶", "数据仅供内部使用")


@dataclass(frozen=True)
class Made:
    """A list that was made: the file, the 0-based column of each field, the numbers of its data rows, its headings."""

    data: bytes
    file: str
    sheet: str
    places: dict[Field, int]
    rows: list[int]
    titles: list[str]


def made(seed: int, *, count: int = 40, wording: dict[Field, str] | None = None) -> Made:
    """A list in a style of its own: which fields and words, their order, what stands above, beside and below."""
    r = random.Random(seed)
    fields = [Field(key) for key in LISTS[seed % len(LISTS)].split()]
    titles: list[tuple[str, Field | None]] = [
        ((wording or {}).get(field) or r.choice(WORDINGS[field]), field) for field in fields
    ]
    titles += [(title, None) for title in r.sample(sorted(BESIDE), r.randrange(0, 4))]
    r.shuffle(titles)
    if serial := r.random() < 0.7:
        titles.insert(0, (r.choice(["序号", "编号", "No.", "序 号"]), None))
    lines, merges = _above(r, len(titles))
    top = len(lines)
    lines += _header(r, [title for title, _ in titles], merges, top)
    rows = []
    for number in range(1, count + 1):
        if r.random() < 0.03:
            lines.append([])
        lines.append([_cell(r, title, field, number, serial=serial) for title, field in titles])
        rows.append(len(lines))
    lines += _below(r, len(titles), count, serial=serial)
    places = {field: place for place, (_, field) in enumerate(titles) if field}
    return _file(r, lines, merges, places, rows, [title for title, _ in titles])


def _cell(r: random.Random, title: str, field: Field | None, number: int, *, serial: bool) -> object:
    if field is None:
        return BESIDE[title](r) if title in BESIDE else number
    full = field in {Field.NAME, Field.STATUS, Field.STAFF, Field.REVENUE, Field.HOST_KIND, Field.FILING}
    return CELLS[field](r) if full or r.random() < 0.85 else None


def _above(r: random.Random, width: int) -> tuple[list[list[object]], list[str]]:
    lines: list[list[object]] = []
    merges: list[str] = []
    if r.random() < 0.8:
        lines.append([r.choice(_TITLES)])
        if r.random() < 0.7:
            merges.append(f"A1:{_letter(width)}1")
    if r.random() < 0.4:
        lines.append(["填报单位：番禺区", None, None, "截至2020年12月31日"])
    if r.random() < 0.3:
        lines.append([])
    return lines, merges


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _header(r: random.Random, titles: list[str], merges: list[str], top: int) -> list[list[object]]:
    if r.random() < 0.5:
        return [list(titles)]
    start = r.randrange(1, len(titles) - 3)
    group = range(start, start + r.choice([2, 3]))
    upper: list[object] = [None if place in group else title for place, title in enumerate(titles)]
    lower: list[object] = [title if place in group else None for place, title in enumerate(titles)]
    upper[start] = r.choice(_GROUPS)
    merges.append(f"{_letter(start + 1)}{top + 1}:{_letter(group.stop)}{top + 1}")
    merges += [
        f"{_letter(place + 1)}{top + 1}:{_letter(place + 1)}{top + 2}"
        for place in range(len(titles))
        if place not in group
    ]
    return [upper, lower]


def _below(r: random.Random, width: int, count: int, *, serial: bool) -> list[list[object]]:
    lines: list[list[object]] = []
    if serial and r.random() < 0.6:
        lines.append(["合计", f"共{count}家"])
    if r.random() < 0.3:
        lines.append([])
    if r.random() < 0.6:
        lines.append([r.choice(_FEET)])
    return lines


def _file(
    r: random.Random,
    lines: Sequence[Sequence[object]],
    merges: list[str],
    places: dict[Field, int],
    rows: list[int],
    titles: list[str],
) -> Made:
    if r.random() < 0.2:
        return Made(_csv(lines, r.choice(["gb18030", "utf-8", "utf-8-sig"])), "名单.csv", "", places, rows, titles)
    old = Sheet([["企业名称", "统一社会信用代码", "镇街"], *[[_firm(r), _code(r), r.choice(TOWNS)] for _ in range(80)]])
    sheets = (Sheet(lines, "名单", merges), Sheet(old.rows, "旧", hidden=True))
    return Made(book(*sheets), "名单.xlsx", "名单", places, rows, titles)


def _csv(lines: Sequence[Sequence[object]], encoding: str) -> bytes:
    out = io.StringIO()
    for line in lines:
        out.write(",".join("" if cell is None else str(cell) for cell in line) + "\r\n")
    return out.getvalue().encode(encoding)
