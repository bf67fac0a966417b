"""Names of firms taken apart: region + trade name (字号) + line of business + form, and a branch's own word behind.

What the general list of lines does not know is learnt from the names at hand, for the next district's firms do other
things. Texts are folded first, so that 網絡 and 网络, （） and 〔〕 are one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from zuji.register.places import DATA, NOWHERE, Region, leading_region

FORMS = (
    *(
        "合伙企业(有限合伙)",
        "合伙企业(普通合伙)",
        "(特殊普通合伙)",
        "(有限合伙)",
        "(普通合伙)",
        "集团股份有限公司",
        "股份有限公司",
        "有限责任公司",
    ),
    *(
        "个人独资企业",
        "集团有限公司",
        "集团公司",
        "股份公司",
        "责任公司",
        "有限公司",
        "合伙企业",
        "总公司",
        "公司",
        "集团",
    ),
)
"""Longest first, as the first that fits is taken."""
SHOPS = ("店", "行", "部", "室", "中心", "厂", "馆", "社", "院", "场")
"""Endings of those that have no form: sole traders and institutes."""
LONGEST_LINE = 10
ENOUGH, ENOUGH_SHARE = 8, 0.001
"""How often, and with how many words before it, an unknown ending must be met to be a line of business."""

_BRACKETS = str.maketrans("〔〕[]【】{}", "()()()()")
_EDGES = "'\"“”‘’·.,，。;；:：-_"
_BRANCH = r"(?:分公司|分店|营业部|办事处|代表处|门市部|分部|分行|分社|分校|分院)"
_WITH_FORM = re.compile(rf"^(.*?(?:公司|合伙\)|集团|中心|厂|店|行))((?:(?!公司).){{0,12}}{_BRANCH})$")
_WITHOUT_FORM = re.compile(rf"^(.{{2,}}?)((?:第[一二三四五六七八九十\d]+)?{_BRANCH})$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_simplify = OpenCC("t2s")


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name's parts, '' where it does not have one. One text gives one object, so they compare by identity."""

    whole: str
    region: Region
    trade: str
    line: str
    form: str
    branch: str
    stem: str
    """Trade name and line together, for where one ends is a guess."""
    sound: str
    """The trade name in pinyin."""

    @property
    def is_full(self) -> bool:
        """Whether it is a registered name by its looks, not a short one or a brand."""
        return bool(self.form) or (bool(self.line) and self.whole.endswith(SHOPS))


@lru_cache(maxsize=1 << 15)
def _simple(sign: str) -> str:
    return str(_simplify.convert(sign))


@lru_cache(maxsize=1 << 15)
def _sound(sign: str) -> str:
    return str(lazy_pinyin(sign)[0])


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Half-width, simplified, upper case, round brackets, without blanks and punctuation at the edges."""
    plain = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).upper()
    return "".join(map(_simple, plain)).translate(_BRACKETS).strip(_EDGES)


def pinyin(text: str) -> str:
    """The text's syllables with blanks between."""
    return " ".join(map(_sound, text))


def known_lines() -> frozenset[str]:
    """Words for lines of business that hold anywhere."""
    return frozenset((DATA / "lines.txt").read_text(encoding="utf-8").split())


class Parser:
    """Takes names apart by the words that it knows; keeps what it has answered."""

    def __init__(self, lines: Collection[str] | None = None, branches: Collection[str] = ()) -> None:
        self.lines = frozenset(known_lines() if lines is None else lines)
        self.branches = tuple(sorted(branches, key=lambda word: (-len(word), word)))
        self._kept: dict[str, Name] = {}

    @classmethod
    def learnt(cls, texts: Iterable[str]) -> "Parser":
        """A parser that also knows the lines and branches which these folded names share."""
        names = sorted(set(texts))
        first = cls()
        parsed = [first.parse(each) for each in names]
        branches = {name.branch for name in parsed if name.branch and name.form}
        trades = [name.trade for name in parsed if name.form]
        return cls(first.lines | frozenset(_shared_endings(trades)), branches)

    def parse(self, text: str) -> Name:
        """The parts of a folded name."""
        kept = self._kept.get(text)
        if kept is None:
            kept = self._kept[text] = self._parse(text)
        return kept

    def _parse(self, text: str) -> Name:
        body, branch = self._without_branch(text)
        body, form = _without_form(body)
        body, bracketed = _without_bracketed_region(body)
        region, end = leading_region(body)
        if len(body) - end < 2:
            region, end = NOWHERE, 0
        stem = body[end:]
        line = self._line_of(stem)
        trade = stem[: len(stem) - len(line)]
        return Name(text, bracketed if bracketed != NOWHERE else region, trade, line, form, branch, stem, pinyin(trade))

    def _without_branch(self, text: str) -> tuple[str, str]:
        found = _WITH_FORM.match(text)
        if found:
            return found[1], found[2]
        for word in self.branches:
            if text.endswith(word) and len(text) >= len(word) + 2:
                return text[: -len(word)], word
        found = _WITHOUT_FORM.match(text)
        return (found[1], found[2]) if found else (text, "")

    def _line_of(self, stem: str) -> str:
        """The longest ending made of known words that leaves a trade name of two characters, or else of one."""
        starts = {len(stem)}
        for start in range(len(stem) - 1, max(0, len(stem) - LONGEST_LINE) - 1, -1):
            if any(stem[start:end] in self.lines for end in starts):
                starts.add(start)
        usable = [start for start in starts if start >= 2] if len(stem) > 2 else [len(stem)]
        return stem[min(usable, default=len(stem)) :]


def _without_form(text: str) -> tuple[str, str]:
    for form in FORMS:
        if text.endswith(form) and len(text) > len(form) + 1:
            return text[: -len(form)], form
    return text, ""


def _without_bracketed_region(text: str) -> tuple[str, Region]:
    found = _BRACKETED.search(text)
    if not found:
        return text, NOWHERE
    region, end = leading_region(found[1])
    if end == len(found[1]) and end:
        return text[: found.start()] + text[found.end() :], region
    return text.replace("(", "").replace(")", ""), NOWHERE


def _shared_endings(trades: list[str]) -> Iterator[str]:
    """Endings of long trade names that many different ones share: a line of business that no list has."""
    before: dict[str, set[str]] = {}
    met: Counter[str] = Counter()
    for trade in trades:
        for length in (2, 3, 4):
            if len(trade) >= length + 2:
                met[trade[-length:]] += 1
                before.setdefault(trade[-length:], set()).add(trade[-length - 2 : -length])
    enough = max(ENOUGH, len(trades) * ENOUGH_SHARE)
    return (ending for ending, times in met.items() if times >= enough and len(before[ending]) >= ENOUGH)
