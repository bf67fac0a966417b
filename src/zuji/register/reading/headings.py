"""What a heading says of its column, in points per field: word parts, no list of whole headings."""

import re
from dataclasses import dataclass
from functools import cache

from zuji.core.sheets.folding import squeeze
from zuji.core.sheets.header import Path
from zuji.register.fields import Field

STRONG, WEAK = 6.0, 3.0
_IN_BRACKETS, _LOWER_ALONE, _GROUP_ALONE = 0.5, 0.9, 0.7
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
# who a heading speaks of: a firm, under any of its official names
_FIRM = (
    "企业|单位|公司|机构|主体|经营者|经营户|商户|商家|店铺|纳税人|缴费人|主办者|主办方|主办人|开办者|运营者|运营方|使用者|"
    "组织|法人|厂商|申请人|申报人|用人单位|个体户|工商户|当事人|实体|会员|对象"
)
_HEADS = "法定代表人|法人代表|法人|法代|负责人|投资人|经营者|企业主|业主|合伙人|代表人|董事长|总经理|当家人"
_HELPERS = (
    "联系人|联络人|联络员|联系员|经办人|对接人|办税人|办税员|填报人|专管员|接口人|代办人|受访人|专干|报送人|"
    "信息员|对接人员|经办人员|联系人员|办税人员|联络专员|紧急联系人|业务联系人|日常联系人|财务人员|财务负责人"
)
_BEGUN = "开张|成立|注册|设立|开业|创办|创立|开办|组建|创建|登记注册|注册登记|设立登记|成立登记|开业登记"


@dataclass(frozen=True, slots=True)
class Clue:
    """The words by which a field is known, strongly or weakly, and those that rule it out."""

    strong: str
    weak: str = ""
    never: str = ""


CLUES: dict[Field, Clue] = {
    Field.CODE: Clue(
        strong=r"统一.{0,4}(?:代码|编码|信用)|信用(?:代)?[码号]|信用编码|识别[号码]|税务?登记证?号|税号|统一代码|uscc|usci|creditcode"
        rf"|(?:{_FIRM})(?:身份|登记|唯一|统一)*(?:代码|编码|标识码?|识别码)|营业执照.{{0,3}}号|执照(?:编)?号|注册(?:编|登记)?号码?$"
        r"|登记(?:编)?号码?$|注册登记号|证照(?:编)?号|taxid",
        weak=r"代码$|证件(?:编)?号|证件$|编码$|^code$|代码证|证号$|标识$|(?:企业|单位|主体)编号",
        never=r"行业|区划|邮政|邮编|街|镇|国民经济|产业|门类|小类|党|园区|楼|网格|房屋|备案|许可|算法|居民|负责|法定|联系"
        r"|机构类型|域名|商品|项目|证书",
    ),
    Field.NAME: Clue(
        strong=rf"(?:{_FIRM})(?:的|登记|注册|详细|法定|中文|规范|标准|正式|现|或字号|及字号|\(字号\))*(?:全称|名称|名字|名|称谓|抬头)$"
        rf"|^(?:.{{0,8}}(?:企业|单位|公司|主体|机构|商户|商家|店铺|纳税人|缴费人|主办者|经营户|厂商))$|^商?字号名称|^户名$|开票抬头"
        r"|companyname|enterprisename|firmname|^company$|^enterprise$|执照(?:上的?)?名称|登记名称|注册名称|现(?:用)?名称?$",
        weak=r"名称$|全称$|^名$|抬头|^name$|^(?:经营者|会员|字号)$|对象$",
        never=r"(?:网站|站点|平台|域名|app|应用|小程序|公众号)(?!.*(?:企业|单位|公司|主办|开办|运营|主体|者))|行业|产业|街|镇|社区|村|园|楼|大厦|党|支部|曾用|^原|变更前|旧|前名"
        r"|历史|品牌|商标|负责|联系|联络|算法|项目|产品|税务[所局分]|登记机关|类型|性质|是否|有无|上级|主管|姓名|经办|服务商|接入"
        r"|母公司|总公司|股东|软件|简称|俗称|别称|法定|代表|^法人名$|隶属|分支|规模|类别|行业主管|银行",
    ),
    Field.FORMER_NAME: Clue(
        strong=r"曾用|曾名|^原(?:企业|单位|公司|登记|注册|主体|有)?.{0,2}(?:名称?|字号)|变更前.*名|旧名|前名称|历史.*名|更名前|以前.*名"
        r"|former|previousname|^原用名|过往名称|既往名称",
    ),
    Field.BRAND: Clue(
        strong=r"品牌|商标|简称|俗称|别称|对外名称|招牌|常用名|惯用名|店招|brand|shortname|市场名",
        never=r"网站|站点|平台|app|价值|数量|数$|等级|注册号|代码|商标号|负责",
    ),
    Field.PERSON: Clue(
        strong=rf"(?:{_HEADS})(?:或负责人|或经营者|代表)?(?:姓名|名字|名称|名)?$|法定代表|法人代表|主要负责|legalrep|representative|掌门|老板",
        weak=r"^姓名$|负责人|经营者|^联系人/负责人",
        never=r"电话|手机|联系方式|号码|号$|单位$|企业$|公司$|党|支部|书记|职务|性别|日期|地址|邮箱|微信|财务|代码|类型|国籍|年龄|办税",
    ),
    Field.CONTACT: Clue(
        strong=rf"(?:{_HELPERS})(?:的)?(?:姓名|名字|名)?$|contactperson|^contact$|contactname",
        weak=r"联系|联络|^姓名$|负责人$",
        never=r"电话|手机|方式|号码|号$|地址|单位$|邮箱|微信|职务|部门|日期|时间|领导|主要负责|法定",
    ),
    Field.PHONE: Clue(
        strong=r"电话|手机|联系方式|联络方式|联系办法|固话|座机|热线|移动号码|^tel|phone|mobile|通讯方式|通信方式|联系号|通讯号|通信号"
        r"|联络号|号码\(手机",
        weak=r"^联系信息$|^号码$",
        never=r"是否|次数|传真|费用|核实|回访|接通",
    ),
    Field.ADDRESS: Clue(
        strong=r"地址$|住所|住址|经营场所$|所在地$|所在地址|详址|坐落|座落|营业场所|注册地$|经营地$|登记地$|办公地$|地址|address|通讯处"
        r"|位置$|门牌",
        weak=r"地点$|场所$|所在|注册地|经营地|^地$",
        never=r"网站地址|网址|邮箱|^ip|mac|电子|服务器|镇|街道|有无|是否|面积|活动场所|变更前|原.*址|坐标|代码|邮编|网络地址|主页"
        r"|域名|属性|性质|类型",
    ),
    Field.TOWN: Clue(
        strong=r"镇街|街镇|镇\(|街\(|乡镇|街道|属地|片区|辖区|管辖区|所属区域|所属镇|所在镇|镇$|所属街|税务[所分]|工商所|监管所|管理所"
        r"|镇\/街|街\/镇|镇、街|township|^town$|subdistrict|管区",
        weak=r"区域|片$|网格$|社区$|所在区|归属地|归口|划片|^地区$|归属|辖$|所属地|街$",
        never=r"电话|代码|编码|地址|负责|联系|住所|通讯|联络|办公地|意见|人数",
    ),
    Field.BUILDING: Clue(
        strong=r"楼宇|园区|大厦|写字楼|产业园|孵化|载体|办公地点|办公楼|楼栋|集聚区|众创|商圈|科技园|入驻|大楼|楼盘|物业|^楼$|基地|园$"
        r"|聚集区|办公点|驻点",
        weak=r"地点|位置|驻地|办公地|所在地$|办公场所$|园|楼",
        never=r"面积|租金|代码|电话|负责|联系|时间|日期|有无|是否|注册|楼层$|网格|公园",
    ),
    Field.FOUNDED: Clue(
        strong=rf"(?:{_BEGUN})(?:的)?(?:日期|时间|年月日?|日|时|年份)|established|founded|成立于|注册成立|incorporat|establishment"
        r"|执照(?:签发|核发)?日期|(?:首次|初次)登记",
        weak=r"登记(?:日期|时间)|^日期$|^时间$|起始|营业期限自|发照|经营期限自|注册年|成立|设立|创办|开业",
        never=r"审核|备案|注销|吊销|党|支部|变更|核准|状态|迁|是否|情况|工会",
    ),
    Field.STATUS: Clue(
        strong=r"(?:登记|经营|企业|存续|主体|营业|注册|单位|运营|工商|纳税人|开业|生存|存活|市场|机构|户|在业|公司|执照)状[态况]"
        r"|^状态$|存续情况|营业情况|存续状|状态标识|是否在营|在营情况|开业状|^status$|经营现状|目前状态|当前状态|主体现状",
        weak=r"状[态况]|现状|存续|登记情况",
        never=r"审核|备案|网站|日期|时间|信用|党|财务|接入|年报|走访|算法|健康|认证",
    ),
    Field.STATUS_SINCE: Clue(
        strong=r"(?:注销|吊销|迁出|状态|停业|歇业|注吊销|迁移|注销/吊销)(?:变更|变动|更新|登记|或吊销)*(?:日期|时间|年月)",
    ),
    Field.INDUSTRY_CODE: Clue(
        strong=r"(?:行业|产业|国民经济|门类|大类|中类|小类).{0,6}(?:代码|编码|代号|码|编号)|gb/?t?4754|industrycode",
        weak=r"行业|国民经济|小类",
        never=r"名称|主管|描述|信用",
    ),
    Field.INDUSTRY: Clue(
        strong=r"行业|业态|所属领域|产业类[别型]|业务领域|^industry|业务类[别型]|经营类别|经营门类|产业分类",
        weak=r"领域|产业|主营|业务类|门类|小类|经营项目|赛道",
        never=r"代码|编码|代号|主管|部门|协会|组织|党|编号|负责|收入|范围|产业园",
    ),
    Field.STAFF: Clue(
        strong=r"(?:职工|员工|从业|在职|在岗|用工|人员|参保|雇员|就业|社保|在册|团队|用人|缴费|期末|工作人员|全职|企业|单位|公司|劳动者|雇佣)"
        r"(?:人员|职工|员工|从业)*(?:总|合计|平均)?(?:人数|数|数量|规模|总数)|^(?:员工|职工|从业人员|从业人数|人员)$|人数$|从业人员(?!代)"
        r"|人员规模|用工|headcount|employees|^staff|职工总|规模\(人|员工总",
        weak=r"规模|人头|员工|职工|人数",
        never=r"党|团员|女|研发|高管|占比|比例|姓名|外籍|会员|户数|增长|工会|代表|收入|营收|大学|本科|硕士|残疾|退休|档案",
    ),
    Field.REVENUE: Clue(
        strong=r"营业?收|年收入|销售额|营业额|收入.{0,3}(?:档|区间|规模|范围|段|等级|级|水平|情况)|产值|收入$|revenue|turnover|sales|营收"
        r"|年产值|经营收入|收入总|销售收入|收入\(|销售规模|经营规模",
        weak=r"收入|规模|档次|区间",
        never=r"增长|同比|增速|占比|利润|研发|人均|人数|注册|工资",
    ),
    Field.MEMBERS: Clue(
        strong=r"(?:党员|党组织成员)(?:总|人|数|量|合计)+(?:量)?|党员\(|partymembers",
        weak=r"党员$",
        never=r"活动|姓名|名单|是否|预备|流动",
    ),
    Field.HOST_KIND: Clue(
        strong=r"(?:主办|单位|企业|主体|备案|组织|开办|主办者|主办方|机构|法人|经营者|商事|纳税人|主办人|申请人|公司|登记注册|经济)"
        r"(?:单位|主体|者|登记|注册)*的?(?:性质|类型|类别|属性|种类|形式)|^性质$",
        weak=r"性质|类型$|类别$|属性|种类",
        never=r"行业|网站|证件|服务|产业|业务|证照|接入|党|算法|产品|资金|规模|用地",
    ),
    Field.FILING: Clue(
        strong=r"icp|备案.{0,6}(?:编)?号|许可证(?:编)?号|备案许可|备案编码|备案证|网站备案$|filingn|工信部备案|备案信息",
        weak=r"备案|许可|^许可证",
        never=r"公安|网安|公网|算法|日期|时间|状态|主体$|单位|类型|地区|人$|者|性质|情况|机关|名称|(?<!互)联网|是否|证件|企业",
    ),
    Field.POLICE_FILING: Clue(
        strong=r"公网安?备?|公安.{0,6}(?:备|号)|网安.{0,6}(?:备|号)|联网(?:单位)?备案|网警备案",
        never=r"日期|时间|状态|单位$|机关$|是否",
    ),
    Field.ALGORITHM_FILING: Clue(
        strong=r"算法.{0,8}(?:号|编码|备案)|网信算备|算备", never=r"日期|时间|状态|名称|类型|角色|是否|产品"
    ),
    Field.AUDITED: Clue(
        strong=r"(?:审核|备案|审批|复核|核验|审定|审查)(?:通过|完成|登记|办结|生效|批准|成功|更新|变更|审核)*(?:日期|时间|日|年月)|auditdate|通过(?:日期|时间)",
        weak=r"(?:核准|批准|通过|发证|许可|办理|审核|更新)(?:日期|时间|日)|^日期$|^时间$|办结|备案日",
        never=r"成立|设立|党|走访|算法|公安|网安",
    ),
    Field.SITE: Clue(
        strong=r"(?:网站|站点|平台|app|应用|小程序|公众号|主页|系统|网店|店铺网站)(?:的|中文|备案)*(?:名称|名字|名|标题|全称|简称)|^网站$|站名|sitename"
        r"|websitename|^网站或|网站\(app|首页标题|^站点$",
        weak=r"网站|站点|平台",
        never=r"域名|网址|地址|编号|号$|负责|url|数量|类型|性质|状态|时间|日期|主办|内容|语言|接入|许可|链接|首页$|备案信息",
    ),
    Field.DOMAIN: Clue(
        strong=r"域名|网址|网站地址|url|domain|首页地址|网站首页|网站链接|主页地址|官网|官方网|网页|链接|主页$|网络地址|首页网|website$|站点地址",
        never=r"注册商|到期|证书|时间|日期|数量|服务器|是否|名称$",
    ),
    Field.PREMISES: Clue(
        strong=r"(?:有无|是否有|是否具备|是否具有|是否存在|是否拥有|有否).{0,6}(?:场所|场地|办公地)|(?:固定|实际|独立|生产).{0,6}(?:场所|场地)"
        r"(?:情况|核实)?|场所(?:有无|情况|核查)|场地情况",
        never=r"面积|地址|党|活动",
    ),
    Field.OPERATING: Clue(
        strong=r"是否.{0,6}(?:经营|营业|运营|运作|开业)|(?:正常|实际|持续)(?:经营|运营|开展)|经营情况|运营情况|开业情况|经营核查",
        never=r"场所|场地|地址|异常|许可|范围|面积|收入",
    ),
    Field.NOTE: Clue(strong=r"^备注|^说明|附注|^remarks?$|^notes?$|其他情况|^其他$|备注说明|备注$|补充说明"),
}

_ELSE = re.compile(
    r"序号|^编号$|^no$|项次|行号|顺序号|^#|经度|纬度|坐标|经纬|资本|资金|实缴|认缴|出资|经营范围|业务范围|登记机关|发证机关|机关$|主管部门"
    r"|邮编|邮政|邮箱|email|邮件|微信|qq|传真|等级|信用评|级别|年报|年度|^年份|户数|占比|比例|面积|税额|利润|纳税额|缴税|税收|研发"
    r"|专利|高新|走访(?:日期|时间|人|情况|次数|记录|领导)|填报|数据来源|^来源|接入|服务商|^ip|服务器|证件类型|证照类型|证件种类|职务|性别|年龄|学历|党组织|支部|书记|工会"
    r"|^是否|所有制|控股|币种|股东|年检|期限|规上|^省|^市$|^区$|区县|城市|国家|国别|核查人|录入|更新|入库|批次|得分|排名|评价|荣誉"
    r"|知识产权|诉求|意见|困难|抽查|处罚|异常|标签|分类码|街道代码|镇街代码|区划"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a heading says: points for each field that its words fit, and whether they name something else."""

    points: dict[Field, float]
    other: bool

    @property
    def strange(self) -> bool:
        """Whether the words say nothing at all."""
        return not self.points and not self.other


_COMPILED = {
    field: tuple(re.compile(part) if part else None for part in (clue.strong, clue.weak, clue.never))
    for field, clue in CLUES.items()
}


@cache
def said(path: Path) -> Said:
    """The points of a heading, of one line or two."""
    points = dict(_points(squeeze("".join(path.names))))
    if path.grouped:
        # what the group says by itself, it says of all its columns
        for field in points.keys() & {field for field, _ in _points(squeeze(path.names[0]))}:
            points[field] *= _GROUP_ALONE
        lower = squeeze(path.names[-1])
        points = {field: each for field, each in points.items() if not _ruled_out(field, lower)}
        for field, more in _points(lower):
            points[field] = max(points.get(field, 0.0), more * _LOWER_ALONE)
    last = squeeze(path.names[-1]) if path.names else ""
    return Said(points, _ELSE.search(_BRACKETS.sub("", last)) is not None)


def _points(heading: str) -> list[tuple[Field, float]]:
    """Points of one line: its words without brackets, and by half what the brackets hold."""
    plain = _BRACKETS.sub("", heading)
    inside = "".join(_BRACKETS.findall(heading))
    found = dict[Field, float]()
    for field in CLUES:
        full = max(_of(field, plain), _of(field, inside) * _IN_BRACKETS if inside else 0.0)
        if full:
            found[field] = full
    return list(found.items())


def _ruled_out(field: Field, words: str) -> bool:
    never = _COMPILED[field][2]
    return never is not None and never.search(words) is not None


def _of(field: Field, words: str) -> float:
    strong, weak, _ = _COMPILED[field]
    if not words or _ruled_out(field, words):
        return 0.0
    if strong and strong.search(words):
        return STRONG
    return WEAK if weak and weak.search(words) else 0.0
