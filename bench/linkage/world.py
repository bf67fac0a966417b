"""Firms that do not exist, as a seed makes them: siblings, branches, shops, office blocks and agents among them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from stdnum.cn import uscc

from zuji.register.places import TOWNS

TRADE_SIGNS = (
    "云帆木棉拾光星桥水色蕉门莲花飞檐白鹭春汛麦浪灯塔青禾远山长河晨曦锦鲤明月朝阳海棠丹枫翠竹玉兰金穗银杏紫荆红豆蓝鲸"
    "赤兔玄武朱雀彩虹晴川暖风初雪新芽嘉木知秋听雨观澜问渠致远博雅弘毅笃行睿思慧心卓越恒信诚达汇通联创智科鼎盛瑞祥"
)
LINES = (
    *("网络科技", "信息科技", "科技", "软件", "电子商务", "文化传播", "文化传媒", "智能科技", "数字科技", "广告"),
    *("信息技术", "通信技术", "贸易", "供应链管理", "动漫科技", "互动娱乐", "数据服务", "品牌管理", "影视", "教育科技"),
)
SHOP_LINES = ("经营部", "工作室", "网店", "商行", "服务部")
FORMS = (*("有限公司",) * 18, "有限责任公司", "股份有限公司", "合伙企业（有限合伙）")
SURNAMES = "陈李黄张梁林刘吴罗何郑谢杨邓冯彭曾叶周王钟郭卢蔡"
GIVEN = "志伟建国华明文辉强军丽敏静芳秀英俊杰嘉欣浩然子轩雪梅婷慧玲燕晓东海波永康健威锋"
STREETS = ("市莲路", "兴业大道", "迎宾路", "东环路", "平康路", "光明北路", "福德路", "清河中路", "桥南路", "环城东路")
PARKS = ("天安科技园", "节能科技园", "万博中心", "四海城商务楼", "创意园")
BRANCHES = ("番禺分公司", "第一分公司", "大学城分公司")
INDUSTRIES = ("6490", "6513", "6560", "5292", "6572", "6450", "7251", "6422")
OLD_UNTIL = 0.4
"""Share of firms with an all-digit code and an old registration number."""


@dataclass(frozen=True)
class Place:
    town: str
    street: str
    building: str
    room: str

    def __str__(self) -> str:
        return f"广州市番禺区{self.town}{self.street}{self.building}{self.room}"


@dataclass(frozen=True)
class Firm:
    number: int
    region: str
    trade: str
    line: str
    form: str
    code: str
    old_number: str
    person: str
    phone: str
    place: Place
    staff: int
    industry: str
    filing: str
    brand: str
    branch: str = ""
    former: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        return f"{self.region}{self.trade}{self.line}{self.form}{self.branch}"


class World:
    """As many firms as asked for; the same seed gives the same."""

    def __init__(self, seed: int, firms: int) -> None:
        self.random = Random(seed)
        self._numbers = count(1)
        self._weights = [1 / (at + 20) for at in range(len(TRADE_SIGNS))]
        self.agents = [self.phone() for _ in range(max(2, firms // 500))]
        self.blocks = [self.place() for _ in range(max(2, firms // 2400))]
        self.firms: list[Firm] = []
        self._names: set[str] = set()
        while len(self.firms) < firms:
            for firm in self._next():
                if firm.name not in self._names:
                    self._names.add(firm.name)
                    self.firms.append(firm)

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def trade(self) -> str:
        return "".join(
            self.random.choices(TRADE_SIGNS, self._weights, k=self.random.choices((2, 3, 4), (78, 18, 4))[0])
        )

    def person(self) -> str:
        return self.random.choice(SURNAMES) + "".join(self.random.choices(GIVEN, k=self.random.choice((1, 2, 2))))

    def phone(self) -> str:
        return f"154{self.random.randrange(10**8):08d}"

    def place(self) -> Place:
        random = self.random
        building = random.choice(PARKS) + random.choice("ABC") + "座" if self.often(0.35) else ""
        room = f"{random.randrange(1, 25)}{random.randrange(1, 30):02d}室" if building or self.often(0.6) else ""
        return Place(random.choice(TOWNS), f"{random.choice(STREETS)}{random.randrange(1, 900)}号", building, room)

    def firm(self) -> Firm:
        """A firm of its own."""
        random, is_old, trade = self.random, self.often(OLD_UNTIL), self.trade()
        body = (
            f"{random.randrange(10**8, 10**9)}"
            if is_old
            else "MA5" + "".join(random.choices("0123456789ABCDEFGH", k=6))
        )
        head = "91" + random.choice(("440101", "440113", "440113")) + body
        return Firm(
            number=next(self._numbers),
            region=random.choice(("广州", "广州", "广州", "广州市", "广东")),
            trade=trade,
            line=random.choice(LINES),
            form=random.choice(FORMS),
            code=head + uscc.calc_check_digit(head),
            old_number=f"440126{random.randrange(10**9):09d}" if is_old else "",
            person=self.person(),
            phone=random.choice(self.agents) if self.often(0.1) else self.phone(),
            place=random.choice(self.blocks) if self.often(0.06) else self.place(),
            staff=int(random.lognormvariate(1.6, 1.1)) + 1,
            industry=random.choice(INDUSTRIES),
            filing=f"粤ICP备{random.randrange(5, 21):02d}{random.randrange(10**6):06d}号",
            brand=trade if self.often(0.8) else self.trade(),
            former=f"广州{self.trade()}科技有限公司" if self.often(0.05) else "",
        )

    def _next(self) -> Iterator[Firm]:
        firm = self.firm()
        if self.often(0.1):
            yield replace(
                firm, region=f"广州市番禺区{firm.place.town}", line=self.random.choice(SHOP_LINES), form="", former=""
            )
            return
        yield firm
        if self.often(0.06):
            for _ in range(self.random.choice((1, 1, 2, 3))):
                yield self._sibling(firm)
        if self.often(0.03):
            yield replace(self._sibling(firm), line=firm.line, branch=self.random.choice(BRANCHES))

    def _sibling(self, firm: Firm) -> Firm:
        """Another firm with the trade name, and often the person, the telephone and the address, of this one."""
        shared = {name for name, share in (("person", 0.75), ("place", 0.5), ("phone", 0.6)) if self.often(share)}
        taken = {name: getattr(firm, name) for name in (*sorted(shared), "trade", "region", "form", "brand")}
        return replace(self.firm(), **taken, former="")
