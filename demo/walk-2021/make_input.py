"""Writes organisations.xlsx and walkers.xlsx, the lists that an office would send before the walk.

Run it as `python demo/walk-2021/make_input.py [FOLDER]`. The same bytes come out each time. Seven firms are named in
the public brief; every other organisation is invented and says so by （示例） at the end of its name, and all
contacts, head-counts, capacities, nicknames and groups are invented too.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FOLDER = Path(__file__).parent
SENT_AT = datetime(2021, 7, 20, 8, 0, tzinfo=UTC)
SAMPLE = "（示例）"

NAMED = ("华多科技", "虎牙科技", "YY直播", "百果园科技", "艾媒数聚", "盖得排行", "今之港")
TRADE_NAMES = (
    *("云桥", "榕荫", "听涛", "星屿", "青萍", "墨石", "南屏", "晴川", "木棉", "蕉影", "渔歌", "石榴", "灯塔", "白鹭"),
    *("飞檐", "蓝汐", "竹简", "沙田", "莲蓬", "砚池", "麦浪", "春汛", "瓦当", "龙眼树", "满洲窗", "骑楼", "水巷"),
)
LINES_OF_BUSINESS = ("网络科技", "信息技术", "数字传媒", "软件", "互动娱乐")
MEMBERS = "网络文化协会会员"
COBUILDING = "共建单位"
COMPANY = "企业党组织"
OTHERS = (
    ("青年网络文明志愿队", "社会组织", MEMBERS),
    ("岭南网络文化研习社", "社会组织", MEMBERS),
    ("数字媒体职业学校", "事业单位", MEMBERS),
    ("融媒体实验室", "事业单位", MEMBERS),
    ("塱边村党群服务站", "村居", COBUILDING),
    ("沙湾北村文物保护小组", "村居", COBUILDING),
    ("网络安全宣传站", "机关", COBUILDING),
    ("图书馆网络分馆", "事业单位", COBUILDING),
    ("石碁镇文化站", "事业单位", COBUILDING),
)
# How many walk for each firm and for each of the others, in the order above; the figures are counted from the rows.
FIRM_SIZES = (12, 11, 10, 9, 9, 7, 7, *islice(cycle((5, 6, 5, 4, 7, 5)), 26), 8)
OTHER_SIZES = (3, 4, 3, 3, 4, 4, 3, 4, 3)
CONTACTS = ("黎", "区", "谢", "何", "陈", "梁", "邓", "屈", "韩", "苏")
GROUPS = ("第一组", "第二组", "第三组", "第四组", "第五组", "第六组", "第七组", "第八组")
NICKNAMES = (
    *("小榕", "阿棉", "石榴", "青柠", "白鹭", "大步", "慢慢走", "鱼丸", "番茄", "云吞", "阿茶", "橘子", "松果", "晴天"),
    *("豆角", "蓝天", "拾贝", "小桥", "木瓜", "阿笙", "芒果", "荔枝", "山风", "阿莲", "小满", "谷雨", "阿舟", "流沙"),
)


class Organisation(NamedTuple):
    """A line of the first list; `size` people walk for it."""

    name: str
    nature: str
    capacity: str
    contact: str
    phone: str
    expected: str | int
    size: int


def organisations() -> list[Organisation]:
    """All of them, firms first."""
    return [*_firms(), *_others()]


def walkers(listed: Sequence[Organisation]) -> Iterator[tuple[str, str, str]]:
    """Organisation, nickname or nothing, and group of each walker; an organisation walks as one group."""
    names = cycle(NICKNAMES)
    number = 0
    for place, organisation in enumerate(listed):
        for _ in range(organisation.size):
            number += 1
            nickname = "" if number % 5 in (2, 4) else f"{next(names)}{number}"
            yield organisation.name, nickname, GROUPS[place % len(GROUPS)]


def _firms() -> Iterator[Organisation]:
    lines = cycle(LINES_OF_BUSINESS)
    invented = [f"广州{trade}{next(lines)}有限公司{SAMPLE}" for trade in TRADE_NAMES]
    for place, (name, size) in enumerate(zip((*NAMED, *invented), FIRM_SIZES, strict=True)):
        capacity = MEMBERS if place % 3 == 1 else COMPANY
        if name in NAMED:
            yield Organisation(name, "企业", capacity, "", "", size, size)
        else:
            yield Organisation(name, "企业", capacity, *_contact(place), _expected(place, size), size)


def _others() -> Iterator[Organisation]:
    for place, ((name, nature, capacity), size) in enumerate(zip(OTHERS, OTHER_SIZES, strict=True), len(FIRM_SIZES)):
        yield Organisation(f"{name}{SAMPLE}", nature, capacity, *_contact(place), _expected(place, size), size)


def _contact(place: int) -> tuple[str, str]:
    """A surname and a number that no exchange gives out; one in seven is left out, one in four is full-width."""
    if place % 7 == 0:
        return "", ""
    phone = f"020-000000{place:02}"
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    return f"{CONTACTS[place % len(CONTACTS)]}{SAMPLE}", phone.translate(wide) if place % 4 == 0 else phone


def _expected(place: int, size: int) -> str | int:
    """A head-count as people write it: a number, a number with a word, or nothing yet."""
    return ("", f"{size + 1}人", size, size, size + 2)[place % 5]


class Looks(NamedTuple):
    """Cell formats of one workbook."""

    title: Format
    head: Format
    cell: Format


def write_organisations(file: Path, listed: Sequence[Organisation]) -> None:
    """A title above a header of two lines with merged cells, a serial column, a total and notes below."""
    with xlsxwriter.Workbook(file) as book:
        looks = _looks(book)
        page = book.add_worksheet("参加单位")
        page.merge_range("A1:H1", f"“线下徒步 线上打卡”参加单位登记表{SAMPLE}", looks.title)
        page.merge_range("A2:H2", "填报日期：2021年7月20日", looks.cell)
        for column, words in {
            "A": "序号",
            "B": "单位名称",
            "C": "单位性质",
            "D": "参加身份",
            "G": "预计人数\n（人）",
        }.items():
            page.merge_range(f"{column}3:{column}4", words, looks.head)
        page.merge_range("E3:F3", "联系人", looks.head)
        _row(page, 3, ["姓名", "电话"], looks.head, first=4)
        page.merge_range("H3:H4", "备注", looks.head)
        for line, organisation in enumerate(listed, 4):
            remark = "参加身份、人数为示例" if organisation.name in NAMED else None
            _row(page, line, [line - 3, *organisation[:6], remark], looks.cell)
        below = len(listed) + 4
        _row(page, below, ["合计", f"{len(listed)} 家"], looks.head)
        page.write(below + 2, 0, "注：1. 名称末尾标有“（示例）”的单位均为虚构，联系方式亦为虚构。")
        page.write(below + 3, 0, "2. 每个参加单位均可不填姓名，人数以实到为准。")
        _widths(page, (6, 36, 10, 18, 14, 18, 10, 24))
        choices = book.add_worksheet("选项")
        for line, (nature, capacity) in enumerate(
            zip(("企业", "社会组织", "事业单位"), (COMPANY, MEMBERS, COBUILDING), strict=True)
        ):
            _row(choices, line, [nature, capacity], looks.cell)
        choices.hide()


def write_walkers(file: Path, listed: Sequence[Organisation]) -> None:
    """A title above a header of one line, one row a walker, a note below."""
    with xlsxwriter.Workbook(file) as book:
        looks = _looks(book)
        page = book.add_worksheet("徒步人员")
        page.merge_range("A1:D1", f"徒步人员分组名单{SAMPLE}", looks.title)
        _row(page, 1, ["序号", "单位名称", "昵称（可不填）", "分组"], looks.head)
        line = 1
        for line, walker in enumerate(walkers(listed), 2):
            _row(page, line, [line - 1, *walker], looks.cell)
        page.write(line + 2, 0, "注：昵称可不填；请勿填写真实姓名和证件信息。")
        _widths(page, (6, 36, 16, 10))


def _looks(book: xlsxwriter.Workbook) -> Looks:
    book.set_properties({"created": SENT_AT, "title": "demo", "comments": "sample data, CC0"})
    box = {"border": 1, "valign": "vcenter", "text_wrap": True}
    return Looks(
        book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        book.add_format({**box, "bold": True, "align": "center", "bg_color": "#F1EEE7"}),
        book.add_format(box),
    )


def _row(page: Worksheet, line: int, values: Sequence[object], look: Format, *, first: int = 0) -> None:
    for column, value in enumerate(values, first):
        page.write(line, column, None if value == "" else value, look)


def _widths(page: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths):
        page.set_column(column, column, width)


def main(folder: Path = FOLDER) -> None:
    """Write both workbooks into a folder."""
    listed = organisations()
    write_organisations(folder / "organisations.xlsx", listed)
    write_walkers(folder / "walkers.xlsx", listed)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
