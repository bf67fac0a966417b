"""What no sheet may bring in: a person's Party membership, politics, religion or identity-card number.

Found by the words of a header and by what cells hold. Counts of members per organisation and published offices are
welcome, and so are their headers.
"""

import re
import unicodedata
from datetime import date

from stdnum.cn import uscc

from zuji.core.sheets.folding import compact, squeeze

# words that ask for it whatever stands beside them
_ALWAYS = re.compile(
    r"是否.{0,8}(?:党员|共青团员|入党)|政治(?:面貌|身份|状况|信仰)|宗教|信教|信仰$"
    r"|身份证|公民身份|证件号|护照号|党员(?:姓名|名单|身份|标识|类别|编号)|党籍|党龄"
    r"|ispartymember|politicalstatus|politicalaffiliation|religio|idcard|identitycard|nationalid|citizenid|passportn|^idn(?:o|umber)"
)
# 证件号码 is a firm's where a list of website hosts asks for it, and its credit codes stand below
_PAPERS = re.compile(r"(?:有效)?证件号码?")
_WHOSE = re.compile(r"人(?!民)|姓名|居民|身份")
# words that are a person's in one header and a number of persons in another; 集团员工 is neither
_UNLESS_COUNTED = re.compile(r"党员|入党|党派|团员(?!工)|partymember|(?:ccp|cpc)member")
_COUNTED = re.compile(r"人数|总数|数量|数$|数\(|\([人名]\)|占比|比例|count|numberof|total|membersno")
_PLACES = re.compile(r"党员(?:活动室|活动中心|活动阵地|教育基地|大会|服务中心|之家|驿站)")
# for cells that may be data: whole words only, since an activity's theme may speak of faith or of members
_ALONE = re.compile(
    r"(?:本人|法人|法定代表人|负责人|联系人)?(?:是否(?:为|中共|正式|预备)*党员|是否(?:共青)?团员|政治(?:面貌|身份)|宗教信仰"
    r"|(?:居民)?身份证(?:件)?号码?|公民身份号码?|(?:有效)?证件号码?|入党(?:时间|日期|年月)|党龄)"
    r"|ispartymember|politicalstatus|idcardn(?:umber|o)|idnumber"
)
# 群众 and 党员 alone are left out: they also say whom an activity is for
_STATUSES = frozenset({"中共党员", "中共预备党员", "预备党员", "共青团员", "无党派人士", "非党员", "非中共党员"})
_CARD = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_CARD_LENGTH = 18
_LOST_CODE = re.compile(r"9\.[0-9]+E\+17")
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECKS = "10X98765432"
_BIRTHS = range(1900, 2100)  # most all-digit credit codes hold no day there; about a tenth of them pass the check


def asks_personal(header: str) -> bool:
    """Whether a header, its upper and lower line joined, asks for what may not be asked of a person."""
    name = squeeze(header)
    if _ALWAYS.search(name):
        return True
    return bool(_UNLESS_COUNTED.search(_PLACES.sub("", name))) and not _COUNTED.search(name)


def asks_papers(header: str) -> bool:
    """Whether a header asks for the number of somebody's papers and leaves open whether of a firm or of a person."""
    name = squeeze(header)
    return bool(_PAPERS.search(name)) and not _WHOSE.search(name) and not asks_personal(_PAPERS.sub("", name))


def is_credit_code(raw: object) -> bool:
    """Whether a cell holds a firm's credit code, or what an office program has left of its digits."""
    text = compact(str(raw)).upper().removeprefix("'")
    return uscc.is_valid(text) or _LOST_CODE.fullmatch(text) is not None


def is_personal_header(raw: object) -> bool:
    """The same for a cell of which it is not known whether it is a header: it must say so and nothing else."""
    return isinstance(raw, str) and _ALONE.fullmatch(squeeze(raw)) is not None


def holds_identity_number(raw: object) -> bool:
    """Whether a cell holds 18 characters that pass the identity-card check around a real birth date."""
    if not isinstance(raw, str) or len(raw) < _CARD_LENGTH:
        return False
    texts = {raw if raw.isascii() else unicodedata.normalize("NFKC", raw), compact(raw).replace("-", "")}
    return any(is_identity_number(match[0]) for text in texts for match in _CARD.finditer(text))


def is_identity_number(text: str) -> bool:
    """Whether 18 characters pass the identity-card check and hold a real birth date of 1900 or later."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return _CHECKS[total % 11] == text[17].upper() and _is_birth(text[6:14])


def is_status(raw: object) -> bool:
    """Whether a cell under a header reads as a person's political status."""
    return isinstance(raw, str) and raw.strip() in _STATUSES


def _is_birth(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if year not in _BIRTHS:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
