"""What the cells of a column look like, in points per field: gained by cells that fit it, lost by the others."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from zuji.core.sheets.columns import Column
from zuji.core.sheets.enums import Kind
from zuji.core.sheets.folding import clean, compact
from zuji.core.sheets.places import written
from zuji.core.sheets.typed import Unfit, reader
from zuji.register.codes import CodeKind, read_code
from zuji.register.fields import Field
from zuji.register.towns import towns

Test = Callable[[str], float]

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项"
    "连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝区冼植招禤"
    "張劉陳楊黃趙吳許馮鄧蔣蘇呂盧鐘譚陸賈韋鄒賀顧錢嚴龔邵萬湯齊龐顏莊聶魯嶽葉羅鄭謝"
)
_FIRM = re.compile(
    r"有限|公司|[集團团]团?$|合伙|(?:中心|工作室|商行|经营部|服务部|事务所|合作社|厂|店|部|行|社|院|所|馆|园|吧|坊|铺|档|站|网吧|协会|学校|电商|科技|網絡|网络)$"
)
_WHOLE_FIRM = re.compile(r"公司|合伙|厂$|店$|部$|商行$|工作室$|中心$|经营部|分行$|事务所$")
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{2,3}|(?:欧阳|司徒|上官|诸葛|司马|东方|皇甫)[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,2}[*某×xX]{1,2}"
)
_PHONE = re.compile(r"(?:\+?86)?(?:1[3-9]\d{7,11}|0?[1-9]\d{1,2}\d{7,8}(?:转\d+)?|[2-8]\d{6,7}|400\d{7})|1\.\d+E\+10")
_PHONE_ENDS = re.compile(r"[/、,;，；(（].*$|[)）]|(?:办|宅|手机|电话)[:：]?")
_DATE = re.compile(
    r"(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?.{0,9}|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|[1-7]\d{4}(?:\.\d+)?|\d{1,2}[-/]\d{1,2}[-/](?:19|20)?\d{2}|[二〇零一九○Ｏ]{4}年.{2,7}"
)
_DOMAIN = re.compile(
    r"(?:https?://)?(?:[\w\u4e00-\u9fff-]+\.)+(?:[a-z]{2,10}|中国|公司|网络|网址|广东|佛山)(?::\d+)?(?:/\S*)?",
    re.IGNORECASE,
)
_FILING = re.compile(
    r"[京津沪渝粤冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵青藏川宁琼]?ICP[备證证]?\d{4,10}号?(?:-\d+)?|[粤京沪]?B[12]-\d{6,10}(?:-\d+)?|[粤]?备\d{6,10}号?(?:-\d+)?",
    re.IGNORECASE,
)
_POLICE = re.compile(r"[京津沪渝粤\u4e00-\u9fff]?公网安备?:?\d{14}号?|\d{14}")
_ALGORITHM = re.compile(r"网信算备:?\d{18,21}号?|\d{21}")
_INDUSTRY_CODE = re.compile(r"[A-T]?(?:0[1-9]|[1-8]\d|9[0-8])\d{0,2}|[A-T]")
_INDUSTRY = re.compile(
    r"业|服务|制造|零售|批发|开发|软件|互联网|技术|贸易|商务|游戏|动漫|媒|信息|平台|数据|金融|教育|设计|电信|物流|咨询"
)
_ADDRESS = re.compile(
    r"[省市区县镇街乡村].*(?:路|道|街|巷|村|号|栋|楼|室|房|园|里|社区)|(?:路|大道|街|巷).{0,4}\d+号?|\d+号"
)
_ROUGH_ADDRESS = re.compile(r"(?:省|市|区|县)")
_TOWN = re.compile(r".{1,12}(?:镇|街道|街|乡|街道办|街道办事处|社区|片区|税务所|分局|所|管理区)(?:[(（].*[)）])?")
_BUILDING = re.compile(r"园|大厦|楼|座|栋|中心|广场|城|基地|社区|路|大道|号|院|村|创意|空间|街|区")
_STATUS = re.compile(
    r"在[营业册]|开业|存续|[注吊撤]销|迁[出入移]|正常|停业|歇业|清算|非正常|已?关闭|筹建|休眠|营业|失联|经营异常|报停"
)
_COUNT = re.compile(r"(?:约)?\d{1,6}(?:\.0)?[人名个位]?|\d{1,3}(?:,\d{3})+人?")
_STAFF_BAND = re.compile(r"\d+[-~至—]\d+人?|\d+人?(?:以[上下]|及以[上下])|(?:少于|不足|超过)\d+人?")
_BAND = re.compile(r".*\d.*[万亿](?:元)?.*|规[上下]|[≥≤<>].*\d.*")
_MONEY = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_HOST = re.compile(
    r"企业|个体.{0,5}|个人|事业单位|社会团体|社团|机关|政府(?:机关)?|民办非企业.*|社会组织|基金会|有限.*公司.*|股份.*|合伙企业.*|国有.*|外资.*"
    r"|私营.*|民营.*|内资.*|港澳台.*|法人.*|非法人.*|外商.*|集体.*|合资.*|国防机构|其他.{0,4}|单位|企业法人|农民专业合作社.*|分支机构|分公司"
)
_ANSWER = re.compile(
    r"[是否有无√×✓✗xXyYnN]|正常(?:经营|运营)?|停业|歇业|不经营|经营中|未经营|停产|yes|no|不详|未知|待核实|已?搬离|查无",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Shape(NamedTuple):
    """How a field's cells look, and how many points a column gains when all do, or loses when none does."""

    fits: Test
    gain: float
    loss: float


def _full(pattern: re.Pattern[str]) -> Test:
    return lambda text: pattern.fullmatch(text) is not None


def _part(pattern: re.Pattern[str]) -> Test:
    return lambda text: pattern.search(text) is not None


def _is_code(text: str) -> float:
    """A registration number of fifteen digits is as good as half a code: a list may have a column of each."""
    kind = read_code(text).kind
    if kind is CodeKind.NONE or not any(sign.isdigit() for sign in text):
        return 0.0
    return 0.5 if kind is CodeKind.OLD else 1.0


def _is_firm(text: str) -> bool:
    return len(text) > 3 and _FIRM.search(text) is not None


def _is_person(text: str) -> bool:
    return text[0] in _SURNAMES and _PERSON.fullmatch(text) is not None and not _WHOLE_FIRM.search(text)


def _is_phone(text: str) -> bool:
    return _PHONE.fullmatch(_PHONE_ENDS.sub("", text).replace("-", "").replace(" ", "")) is not None


@cache
def _town_names() -> frozenset[str]:
    full = {town.name for town in towns().values()}
    return frozenset(full | {re.sub("街道$|镇$", "", name) for name in full})


def _is_town(text: str) -> bool:
    if text in _town_names() or text.replace("基", "碁") in _town_names():
        return True
    return len(text) < 16 and _TOWN.fullmatch(text) is not None and not re.search(r"\d|[路号室栋]", text)


def _is_address(text: str) -> bool:
    return _ADDRESS.search(text) is not None or (len(text) > 2 and _ROUGH_ADDRESS.search(text) is not None)


def _is_industry(text: str) -> bool:
    return bool(_CHINESE.search(text)) and bool(_INDUSTRY.search(text)) and not _WHOLE_FIRM.search(text)


def _is_site(text: str) -> bool:
    return not (_is_phone(text) or _DATE.fullmatch(text) or _DOMAIN.fullmatch(text) or _FILING.fullmatch(text))


def _is_brand(text: str) -> bool:
    return len(text) < 12 and _is_site(text)


def _is_staff(text: str) -> bool:
    return _COUNT.fullmatch(text) is not None or _STAFF_BAND.fullmatch(text) is not None


_date = _full(_DATE)
SHAPES: dict[Field, Shape] = {
    Field.CODE: Shape(_is_code, 5, 5),
    Field.NAME: Shape(_is_firm, 4, 1.5),
    Field.FORMER_NAME: Shape(_is_firm, 1.5, 2),
    Field.BRAND: Shape(_is_brand, 0.5, 1.5),
    Field.PERSON: Shape(_is_person, 3, 4),
    Field.CONTACT: Shape(_is_person, 3, 4),
    Field.PHONE: Shape(_is_phone, 5, 5),
    Field.ADDRESS: Shape(_is_address, 4, 3),
    Field.TOWN: Shape(_is_town, 4, 4),
    Field.BUILDING: Shape(_part(_BUILDING), 2, 2),
    Field.FOUNDED: Shape(_date, 3, 5),
    Field.STATUS: Shape(_part(_STATUS), 4, 4),
    Field.STATUS_SINCE: Shape(_date, 2, 5),
    Field.INDUSTRY_CODE: Shape(_full(_INDUSTRY_CODE), 3.5, 5),
    Field.INDUSTRY: Shape(_is_industry, 3, 4),
    Field.STAFF: Shape(_is_staff, 2.5, 4),
    Field.REVENUE: Shape(lambda text: bool(_BAND.fullmatch(text) or _MONEY.fullmatch(text)), 2.5, 3),
    Field.MEMBERS: Shape(_full(_COUNT), 1, 4),
    Field.HOST_KIND: Shape(_full(_HOST), 4, 4),
    Field.FILING: Shape(_full(_FILING), 5, 5),
    Field.POLICE_FILING: Shape(_full(_POLICE), 5, 5),
    Field.ALGORITHM_FILING: Shape(_full(_ALGORITHM), 5, 5),
    Field.AUDITED: Shape(_date, 3, 5),
    Field.SITE: Shape(_is_site, 1, 4),
    Field.DOMAIN: Shape(_full(_DOMAIN), 5, 5),
    Field.PREMISES: Shape(_full(_ANSWER), 2.5, 4),
    Field.OPERATING: Shape(_full(_ANSWER), 2.5, 4),
}
TELLING = frozenset(
    {
        *(Field.CODE, Field.NAME, Field.PHONE, Field.ADDRESS, Field.TOWN, Field.STATUS, Field.HOST_KIND),
        *(Field.FILING, Field.POLICE_FILING, Field.ALGORITHM_FILING, Field.DOMAIN, Field.PERSON),
    }
)
"""Fields whose cells look like no other field's, so that they are known without a heading."""
_SQUEEZED = frozenset(
    {Field.CODE, Field.PHONE, Field.FILING, Field.POLICE_FILING, Field.ALGORITHM_FILING, Field.FOUNDED}
)
_DAY = reader(Column("day", (), Kind.DATE))


def shares(cells: Sequence[object]) -> dict[Field, float]:
    """For each field, which part of the filled cells looks as its cells do; empty where nothing is filled."""
    texts = [text for text in (clean(written(cell)) for cell in cells) if text]
    if not texts:
        return {}
    tight = [compact(text) for text in texts]
    return {
        field: sum(map(shape.fits, tight if field in _SQUEEZED else texts)) / len(texts)
        for field, shape in SHAPES.items()
    }


def points(share: float, field: Field) -> float:
    """Points for a part of the cells that fit: all of the gain for all of them, all of the loss for none."""
    shape = SHAPES[field]
    return shape.gain * share - shape.loss * (1 - share)


def is_day(cell: object) -> bool:
    """Whether a cell can be read as a day."""
    try:
        return _DAY(cell) is not None
    except Unfit:
        return False
