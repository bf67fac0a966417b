"""How authorities word their headings, and lists made of them: nothing here is taken from the reader's own words."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.cn import uscc

from tests.core.sheets.books import Sheet, book
from zuji.register.fields import Field

WORDINGS: dict[Field, str] = {
    Field.CODE: """
        统一社会信用代码 社会统一信用代码 信用代码 统一代码 统一信用代码 社会信用码 统一社会信用代码（18位） 企业统一社会信用代码 主体代码 市场主体代码
        商事主体统一社会信用代码 经营主体代码 纳税人识别号 纳税识别号 税号 企业税号 纳税人识别码 统一社会信用代码/纳税人识别号 组织机构代码（统一社会信用代码）
        营业执照号 营业执照编号 营业执照注册号 注册号 工商注册号 企业注册号 登记号 证照号码 主体证件号码 单位代码 机构代码 法人代码 企业代码 企业标识码
        统一社会信用代码或注册号 信用代码证号 执照号码 代码 社会信用代码/注册号 *统一社会信用代码 企业机构代码 主体身份代码 缴费人识别号 USCC 商户代码
        单位统一社会信用代码 主办单位证件号码 主办者证件号 单位信用代码 公司税号 企业信用编码""",
    Field.NAME: """
        企业名称 单位名称 公司名称 机构名称 名称 市场主体名称 商事主体名称 经营主体名称 主体名称 纳税人名称 缴费人名称 单位全称 企业全称 单位名称（全称） 公司全称
        单位详细名称 法人单位名称 主办单位 主办者 主办单位全称 主办者名称 备案主体 备案主体名称 备案单位 开办者名称 网站主办单位 网站主办者名称 经营者名称 商户名称 商家名称
        企业（单位）名称 单位（企业）名称 企业名 公司名 户名 登记名称 注册名称 营业执照名称 企业登记名称 用人单位 用人单位名称 参保单位名称 缴费单位 缴存单位名称
        走访企业 受访单位 重点企业 企业 单位 公司 申报单位 申请单位 组织名称 会员单位 会员企业 企业中文名称 互联网企业名称 平台企业 被检查单位 成员单位 入驻企业
        入驻企业名称 承租企业 当事人名称 主体 运营单位 运营主体""",
    Field.FORMER_NAME: "曾用名 曾用名称 企业曾用名 原名称 原企业名称 原单位名称 变更前名称 原名 历史名称 更名前名称 曾用名（如有） 以前名称 旧名称 变更前企业名称",
    Field.BRAND: "品牌 品牌名称 简称 企业简称 公司简称 主要品牌 自有品牌 商标 对外品牌 单位简称 品牌（简称） 俗称",
    Field.PERSON: """
        法定代表人 法人代表 法人 负责人 法定代表人姓名 法人姓名 法人代表姓名 企业负责人 单位负责人 主要负责人 法定代表人（负责人） 法定代表人/负责人 法定代表人或负责人
        负责人姓名 企业法人 公司法人 法人（负责人） 投资人 经营者 经营者姓名 企业主要负责人 公司负责人 主体负责人 主体负责人姓名 法代 业主姓名 执行事务合伙人 法定代表(负责)人
        单位法人 法定代表人（经营者） 法定负责人 法人/负责人 法人名 董事长 总经理 企业主 机构负责人 单位负责人姓名 企业负责人姓名 备案负责人 网站负责人 法定代表人名称
        法人代表（负责人） 工商法人""",
    Field.CONTACT: """
        联系人 联络人 联络员 企业联系人 单位联系人 联系人姓名 联络员姓名 经办人 经办人姓名 办税人 办税人员 办税员 填报人 对接人 对接人员 企业联络员 日常联系人 业务联系人 专职联络员 联系人员
        企业对接人 公司联系人 具体经办人 工作联系人 联系人名字 人事联系人 财务联系人 企业经办人 报送人 统计联系人 疫情防控联络员 财务负责人 政企联络员 单位经办人 紧急联系人
        企业填报人 园区联系人 党建联络员 信息员 受访人""",
    Field.PHONE: """
        联系电话 电话 手机 手机号 手机号码 联系方式 联系手机 联系人电话 联系人手机 联络人手机 联络电话 联系号码 移动电话 固定电话 座机 办公电话 企业电话 单位电话 公司电话
        负责人电话 法人电话 法定代表人电话 法人联系电话 经办人电话 办税人员手机号 联系电话（手机） 联系电话1 电话号码 联系人联系方式 联系人手机号码 通讯方式 咨询电话 热线电话
        企业联系电话 单位联系电话 注册电话 登记电话 固话 负责人手机 联络员电话 联络方式 法人手机 预留电话 财务人员电话 常用电话 对接人手机""",
    Field.ADDRESS: """
        地址 注册地址 住所 登记地址 企业地址 单位地址 公司地址 经营地址 生产经营地址 住所（经营场所） 经营场所 详细地址 注册地 办公地址 通讯地址 通信地址 企业住所 登记住所
        主办单位地址 实际经营地址 注册住所 注册地详细地址 住址 联系地址 工商登记地址 所在地 所在地址 企业所在地 单位所在地 营业地址 营业场所 主体地址 具体地址 单位详细地址
        企业注册地址 住所地址 机构地址 坐落地址 营业执照地址 单位注册地（详细地址） 主体所在地 地址（门牌号） 主要经营场所""",
    Field.TOWN: """
        镇街 镇（街） 街镇 街道 镇街名称 所属镇街 所在镇街 乡镇街道 街道（镇） 属地 属地镇街 辖区 所属街道 所在街道 镇（街道） 所属辖区 管辖镇街 所属镇（街） 街道/镇
        所在镇（街） 属地街道 片区 所属片区 归属镇街 行政区域（镇街） 所属乡镇 所在街镇 主管税务分局 主管税务所 管辖税务所 登记所属镇街 所属区域 属地（镇街） 行政街镇 监管所
        所属市场监管所 管辖单位（镇街） 镇街别 街（镇） 税务所""",
    Field.BUILDING: """
        园区 楼宇 园区/楼宇 楼宇名称 园区名称 所在园区 所在楼宇 所属园区 所属楼宇 办公地点 办公楼宇 写字楼 产业园区 产业园 楼宇（园区） 园区（楼宇） 入驻园区 入驻楼宇 所在大厦
        大厦名称 楼栋 办公大楼 商务楼宇 所在载体 载体名称 科技园区 孵化器 所在园区（楼宇） 商圈楼宇 集聚区 园区或楼宇 创意园区 办公楼 所在写字楼 所在产业园 园区、楼宇
        办公大厦 园区/大厦 楼宇/园区名称 所属产业园区""",
    Field.FOUNDED: """
        成立日期 成立时间 注册日期 注册时间 设立日期 设立时间 开业日期 开业时间 成立年月 企业成立时间 公司成立日期 注册登记日期 登记注册日期 登记日期 创办时间 工商注册时间
        营业执照成立日期 单位成立时间 开业（成立）时间 成立日 企业注册时间 首次注册日期 注册成立日期 设立登记日期 创立时间 企业设立日期 成立登记日期 开办日期 执照签发日期 发照日期
        开业年月 工商登记时间 企业开业时间 成立的时间 组建时间 主体成立日期 企业注册日期 成立日期（年月日） 注册成立时间 登记时间""",
    Field.STATUS: """
        登记状态 经营状态 企业状态 状态 主体状态 存续状态 营业状态 市场主体状态 注册状态 工商状态 经营状况 企业经营状态 当前状态 登记（经营）状态 企业登记状态 运营状态 开业状态
        纳税人状态 目前状态 单位状态 营业状况 生存状态 存续情况 企业存续状态 机构状态 状态（在营/注销） 工商登记状态 经营主体状态 商事主体状态 现状 登记状况 存续（在营）状态
        经营现状 主体登记状态 企业现状 状况 公司状态 在营状态 企业当前状态 工商经营状态""",
    Field.INDUSTRY_CODE: """
        行业代码 国民经济行业代码 行业小类代码 行业编码 国民经济行业分类代码 行业分类代码 所属行业代码 行业代码（四位） GB/T4754代码 行业小类码 行业门类代码 产业代码 主营行业代码
        行业代号 登记行业代码 小类代码 行业类别代码 国标行业代码 行业代码(小类) 国民经济行业小类代码 统计行业代码 行业码""",
    Field.INDUSTRY: """
        行业 行业名称 所属行业 行业类别 行业分类 行业门类 国民经济行业 行业小类 国民经济行业名称 主营行业 从事行业 所在行业 行业类型 行业领域 产业类别 所属领域 行业小类名称
        登记行业 行业（小类） 业态 企业所属行业 行业大类 国民经济行业分类 产业领域 业务领域 所属行业名称 行业描述 细分行业 主要行业 行业中文名""",
    Field.STAFF: """
        从业人数 职工人数 员工人数 员工数 从业人员 从业人员数 期末从业人数 人数 员工总数 职工总数 在职人数 在职员工数 企业人数 用工人数 参保人数 社保人数 员工数量 从业人员期末人数
        职工数 在岗职工人数 企业职工人数 人员规模 员工规模 从业人员总数 用工总数 企业员工数 员工（人） 职工人数（人） 平均从业人数 就业人数 从业人员平均人数 单位人数 期末人数
        缴费人数 公司人数 员工 职工 雇员人数 从业人员（人） 用工规模 在册员工 全职员工数""",
    Field.REVENUE: """
        营业收入 营收 年收入 年营业收入 营业收入（万元） 营业收入档次 年收入区间 营收规模 营业收入区间 主营业务收入 年营业额 营业额 销售额 年销售额 产值 年产值 营收区间
        收入规模 营业收入规模 收入档次 收入区间 年度营业收入 销售收入 上年营业收入 2020年营业收入 营收档次 收入等级 年营收 营业收入分段 收入总额 经营收入 营业总收入 全年营业收入
        2019年营收（万元） 收入（万元） 主营收入 年营业收入分档 营收水平 收入分档 年销售收入""",
    Field.HOST_KIND: """
        主办单位性质 单位性质 主体性质 主办者性质 备案主体性质 企业性质 主体类型 主办单位类型 单位类型 性质 主体类别 主办者类型 单位类别 备案主体类型 组织性质 机构性质 机构类型
        企业类型 主办者类别 主体属性 单位属性 开办者性质 企业类别 组织类型 主办方性质 法人类型 主体种类 备案单位性质 市场主体类型 备案类型（主体）""",
    Field.FILING: """
        备案号 ICP备案号 网站备案号 ICP备案/许可证号 备案/许可证号 备案编号 网站备案编号 ICP号 ICP备案编号 备案许可证号 网站备案/许可证号 ICP备案 备案许可号 ICP许可证号
        网站ICP备案号 备案号（ICP） ICP证号 工信部备案号 服务备案号 域名备案号 备案证号 互联网备案号 ICP备案证书号 备案/许可号 ICP/IP备案号 网站许可证号 备案号码 粤ICP备号 主体备案号 网站备案""",
    Field.SITE: """
        网站名称 站点名称 网站名 网站 平台名称 网站（APP）名称 APP名称 网站中文名 网站中文名称 站名 应用名称 网站/平台名称 互联网应用名称 平台（网站）名称 备案网站名称 网站标题
        网站及平台名称 主页名称 小程序名称 网站简称 APP/网站名称 站点 网站全称 网站或APP名称 系统名称 网站（平台）名称 公众号名称""",
    Field.DOMAIN: """
        域名 网站域名 网址 网站地址 网站网址 主域名 首页网址 网站首页网址 网站首页 备案域名 官网 官网地址 官方网站 企业网址 网站URL URL 网站链接 顶级域名 域名地址 企业官网 站点域名
        首页地址 公司网址 网站首页地址 网页地址 已备案域名 服务域名 网站主页 单位网址 主页""",
    Field.AUDITED: """
        审核日期 审核时间 审核通过日期 审核通过时间 备案日期 备案时间 备案通过时间 备案审核时间 核准日期 审批日期 ICP备案时间 备案审核日期 网站备案时间 通过日期 备案完成时间 备案生效日期
        审批通过时间 审批时间 复核日期 备案办结时间 备案登记日期 网站备案日期 通过时间 审核完成时间 备案批准日期 最近审核时间 备案更新时间 审定日期 最新审核日期 备案通过日期""",
    Field.MEMBERS: "党员数 党员人数 党员总数 党员数量 企业党员数 党员人数（人） 党员（人）",
    Field.POLICE_FILING: "公安备案号 公网安备号 公安联网备案号 网安备案号 公安机关备案号 联网备案号 粤公网安备号 公安网备案编号",
    Field.ALGORITHM_FILING: "算法备案号 算法备案编号 网信算备号 算法编号 互联网信息服务算法备案编号",
}

_SURNAMES, _GIVEN = "陈李黄张梁林刘吴罗何郑谢", "志伟建国华明文辉强军丽敏静芳"
_TRADE, _LINES = "创智云星辰海天博瑞恒信达盛", ("网络科技", "信息科技", "软件", "文化传播", "电子商务", "贸易")
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
    return r.choice(["广州", "广州市", "广东"]) + _pick(r, _TRADE, 2) + r.choice(_LINES) + "有限公司"


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
        ((wording or {}).get(field) or r.choice(WORDINGS[field].split()), field) for field in fields
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
    sheets = [Sheet(lines, "名单", merges), Sheet(old.rows, "旧", hidden=True)]
    return Made(book(*r.sample(sheets, 2)), "名单.xlsx", "名单", places, rows, titles)


def _csv(lines: Sequence[Sequence[object]], encoding: str) -> bytes:
    out = io.StringIO()
    for line in lines:
        out.write(",".join("" if cell is None else str(cell) for cell in line) + "\r\n")
    return out.getvalue().encode(encoding)
