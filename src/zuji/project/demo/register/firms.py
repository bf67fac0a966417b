"""Firms that do not exist, as a seed makes them up, and what is true of each. Pure; the same seed gives the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path
from random import Random

import msgspec
from stdnum.cn import uscc

from zuji.register.towns import towns

FOLDER = Path(__file__).parent
FOUNDED_FROM, FOUNDED_DAYS = date(2004, 3, 1), 6200
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
INNER_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SHOPS, SIBLINGS, BRANCHES, FORMER, OLD_CODES, AGENTS, BLOCKS = 0.09, 0.1, 0.025, 0.04, 0.3, 0.1, 0.06
TRADE_PARTS = (("first", "last"), ("first", "first"), ("first", "last", "last"))
NEAR_MISSES = 1.6
"""Firms that the census found not to be three-haves, or of which it could not tell, for each that is."""


class Kind(StrEnum):
    """Whether a firm counts for R1, or what keeps it from that."""

    COUNTED = "counted"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    OTHER_TRADE = "other_trade"
    UNLISTED = "unlisted"


SHARES = {Kind.COUNTED: 90.0, Kind.CLOSED: 4.0, Kind.ELSEWHERE: 1.5, Kind.OTHER_TRADE: 1.5, Kind.UNLISTED: 3.0}
ENDED = ("注销", "注销", "吊销，未注销", "迁出")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What names, persons and addresses are put together from; words with blanks between."""

    first: str
    last: str
    lines: str
    shops: str
    forms: str
    surnames: str
    given: str
    streets: str
    parks: str
    branches: str
    elsewhere: str
    core: str
    related: str
    others: str


class Named(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A firm that is there at every size; `survey` is what the census found of premises and operation."""

    name: str
    brand: str
    town: str
    staff: int
    survey: tuple[str, str] | None = None


class NamedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of named firms."""

    firms: list[Named]


def words() -> Words:
    """The words that firms are made of."""
    return msgspec.toml.decode((FOLDER / "words.toml").read_bytes(), type=Words)


def named() -> list[Named]:
    """The firms that are there at every size."""
    return msgspec.toml.decode((FOLDER / "named.toml").read_bytes(), type=NamedFile).firms


@dataclass(frozen=True, slots=True)
class Size:
    """How many firms are to count, and how many of them are three-haves."""

    counted: int
    three_haves: int


FULL = Size(24_386, 526)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the census found: head-count, whether there are premises, whether it operates; "" where nobody knew."""

    staff: int
    premises: str
    operating: str
    members: int

    @property
    def is_three_haves(self) -> bool:
        """Under the demo's rule: ten people, premises, and operating."""
        return self.staff >= 10 and self.premises == self.operating == "是"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm. `alone` says that no other has its trade name; `by_filing` that only its site makes it count; `plain`
    that every list writes its name and code as they are.
    """

    number: int
    kind: Kind
    name: str
    trade: str
    line: str
    code: str
    old_number: str
    person: str
    phone: str
    town: str
    address: str
    building: str
    founded: date
    status: str
    industry: str
    staff: int
    filing: str
    brand: str
    by_filing: bool = False
    alone: bool = True
    plain: bool = False
    former: str = ""
    survey: Survey | None = None


class World:
    """All firms of a size."""

    def __init__(self, seed: int, size: Size) -> None:
        self.random = Random(seed)  # noqa: S311  (a play)
        told: dict[str, str] = msgspec.structs.asdict(words())
        self._texts = {name: text.split() for name, text in told.items()}
        self._numbers = count(1)
        self._taken: set[str] = set()
        self._agents = [self.phone() for _ in range(max(2, size.counted // 500))]
        self._blocks = [self._street() for _ in range(max(2, size.counted // 2000))]
        self.firms = [self._of_name(each) for each in named()]
        self._taken |= {firm.trade for firm in self.firms}
        self._fill(size.counted)
        self._take_census(size.three_haves)

    def often(self, share: float) -> bool:
        """Whether something happens that does so often."""
        return self.random.random() < share

    def a(self, what: str) -> str:
        """One of the words of a kind."""
        return self.random.choice(self._texts[what])

    def phone(self) -> str:
        """A number under a prefix that no exchange gives out."""
        return f"154{self.random.randrange(10**8):08d}"

    def person(self) -> str:
        """Somebody's name."""
        return self.a("surnames") + "".join(self.a("given") for _ in range(self.random.choice((1, 2, 2))))

    def _fill(self, counted: int) -> None:
        left = counted - sum(firm.kind == Kind.COUNTED for firm in self.firms)
        while left > 0:
            for firm in self._next():
                if left > 0 or firm.kind != Kind.COUNTED:
                    self.firms.append(firm)
                    left -= firm.kind == Kind.COUNTED

    def _next(self) -> Iterator[Firm]:
        """A firm of its own, and now and then siblings or a branch of it."""
        firm = self._new()
        is_shop = firm.line in self._texts["shops"]
        siblings = self.random.choice((1, 1, 2)) if not is_shop and self.often(SIBLINGS) else 0
        has_branch = not is_shop and self.often(BRANCHES)
        if not siblings and not has_branch:
            yield firm
            return
        yield replace(firm, alone=False, brand=firm.trade)
        lines = self.random.sample([line for line in self._texts["lines"] if line != firm.line], siblings)
        for line in lines:
            yield self._sibling(firm, line=line)
        if has_branch:
            yield self._sibling(firm, line=firm.line, branch=self.a("branches"))

    def _new(self) -> Firm:
        trade = self._trade()
        line = self.a("shops") if self.often(SHOPS) else self.a("lines")
        kind = self.random.choices(list(SHARES), list(SHARES.values()))[0]
        firm = self._with(kind, trade, line, "" if line in self._texts["shops"] else self.a("forms"))
        former = f"广州{self._trade()}科技有限公司" if self.often(FORMER) else ""
        return replace(firm, former=former)

    def _sibling(self, firm: Firm, *, line: str, branch: str = "") -> Firm:
        """Another firm with this one's trade name, and often its person and telephone."""
        kind = self.random.choices(list(SHARES), list(SHARES.values()))[0]
        made = self._with(kind, firm.trade, line, "有限公司" + branch)
        person = firm.person if self.often(0.75) else made.person
        phone = firm.phone if self.often(0.5) else made.phone
        return replace(made, person=person, phone=phone, brand=firm.trade, alone=False)

    def _of_name(self, plan: Named) -> Firm:
        survey = Survey(plan.staff, *plan.survey, members=self._members(plan.staff)) if plan.survey else None
        made = self._with(Kind.COUNTED, plan.brand, "", "")
        place = f"广州市番禺区{plan.town}{self.a('streets')}{self.random.randrange(1, 900)}号"
        here = replace(made, name=plan.name, brand=plan.brand, town=plan.town, address=place)
        return replace(
            here, status="存续", industry="6490", by_filing=False, staff=plan.staff, survey=survey, plain=True
        )

    def _with(self, kind: Kind, trade: str, line: str, form: str) -> Firm:
        random, is_old = self.random, self.often(OLD_CODES)
        town, address, building = self._place(kind)
        by_filing = kind == Kind.COUNTED and self.often(0.015)
        return Firm(
            number=next(self._numbers),
            kind=kind,
            name=f"{self._region(town, form)}{trade}{line}{form}",
            trade=trade,
            line=line,
            code=self._code(kind, is_old=is_old),
            old_number=f"440126{random.randrange(10**9):09d}" if is_old else "",
            person=self.person(),
            phone=random.choice(self._agents) if self.often(AGENTS) else self.phone(),
            town=town,
            address=address,
            building=building,
            founded=FOUNDED_FROM + timedelta(days=random.randrange(FOUNDED_DAYS)),
            status=random.choice(ENDED) if kind == Kind.CLOSED else random.choice(("存续", "在营", "开业")),
            industry=self._industry(kind, by_filing=by_filing),
            staff=int(random.lognormvariate(1.5, 1.0)) + 1,
            filing=f"粤ICP备{random.randrange(31, 90)}{random.randrange(10**6):06d}号",
            brand=trade,
            by_filing=by_filing,
        )

    def _region(self, town: str, form: str) -> str:
        if not form:
            return f"广州市番禺区{town}" if town else "广州市"
        return self.random.choice(("广州", "广州", "广州", "广州市", "广东"))

    def _industry(self, kind: Kind, *, by_filing: bool) -> str:
        if by_filing or kind == Kind.OTHER_TRADE:
            return self.a("others")
        return self.a("core") if self.often(0.8) else self.a("related")

    def _trade(self) -> str:
        """A trade name that nobody else has."""
        while True:
            parts = self.random.choices((("first", "last"), ("first", "first"), ("first", "last", "last")), (3, 4, 3))[
                0
            ]
            trade = "".join(self.a(part) for part in parts)
            if trade not in self._taken:
                self._taken.add(trade)
                return trade

    def _code(self, kind: Kind, *, is_old: bool) -> str:
        """A sound code that nobody has, since the organisation's part within it has a wrong check character."""
        random = self.random
        district = "440106" if kind == Kind.ELSEWHERE else random.choice(("440101", "440113"))
        body = f"{random.randrange(10**7, 10**8)}" if is_old else "MA5" + "".join(random.choices(SIGNS[:31], k=5))
        right = (11 - sum(w * INNER_SIGNS.index(sign) for w, sign in zip(INNER_WEIGHTS, body, strict=True)) % 11) % 11
        wrong = random.choice([sign for sign in "0123456789" if sign != str(right)])
        head = f"91{district}{body}{wrong}"
        return head + uscc.calc_check_digit(head)

    def _place(self, kind: Kind) -> tuple[str, str, str]:
        """Town, address and building."""
        if kind == Kind.ELSEWHERE:
            return "", f"{self.a('elsewhere')}{self._street()}", ""
        town = self.random.choice([each.name for each in towns().values()])
        building = self.a("parks") + self.random.choice("ABC") + "座" if self.often(0.35) else ""
        street = self.random.choice(self._blocks) if self.often(BLOCKS) else self._street()
        room = f"{self.random.randrange(1, 25)}{self.random.randrange(1, 30):02d}室" if building else ""
        return town, f"广州市番禺区{town}{street}{building}{room}", building

    def _street(self) -> str:
        return f"{self.a('streets')}{self.random.randrange(1, 900)}号"

    def _members(self, staff: int) -> int:
        return self.random.randrange(max(1, staff // 8))

    def _take_census(self, three_haves: int) -> None:
        """Survey as many firms as are wanted that turn out three-haves, and more that miss it by one thing."""
        missing = three_haves - sum(bool(each.survey and each.survey.is_three_haves) for each in self.firms)
        asked = [at for at, firm in enumerate(self.firms) if firm.survey is None and at >= len(named())]
        self.random.shuffle(asked)
        counted = [at for at in asked if self.firms[at].kind == Kind.COUNTED]
        yes, rest = counted[:missing], counted[missing : missing + int(NEAR_MISSES * three_haves)]
        # firms that do not count may well have all three
        ended = [at for at in asked if self.firms[at].kind == Kind.CLOSED][: three_haves // 20]
        for at in (*yes, *ended):
            self._survey(at, 10, "是", "是")
        for at in rest:
            self._survey(at, *self.random.choice(((1, "是", "是"), (10, "否", "是"), (10, "", "是"), (10, "是", "否"))))

    def _survey(self, at: int, least: int, premises: str, operating: str) -> None:
        staff = 10 + int(self.random.lognormvariate(2.0, 1.0)) if least == 10 else self.random.randrange(3, 10)
        found = Survey(staff, premises, operating, self._members(staff))
        self.firms[at] = replace(self.firms[at], staff=staff, survey=found)
