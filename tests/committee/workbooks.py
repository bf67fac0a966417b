"""Lists as an office would send them."""

from collections.abc import Sequence

from tests.cast import DAY
from zuji.core.sheets import Heading, write_table

ORGANISATION_HEADINGS = ("单位名称", "单位性质", "参加身份", "联系人姓名", "联系人电话", "预计人数")
FIRM = ("荔湾软件（示例）", "企业", "企业党组织", "阿岚", "13800138000", 12)
MEMBER = ("龙眼科技（示例）", "企业", "区网络文化协会会员", None, None, None)
UNIT = ("水闸管理所（示例）", "事业单位", "共建单位", "老郭", None, 4)


def workbook(rows: Sequence[Sequence[object]], headings: Sequence[str] = ORGANISATION_HEADINGS) -> bytes:
    """A workbook with a title row above its header and a note below."""
    return write_table(
        [Heading(title) for title in headings],
        rows,
        sheet="名单",
        made_at=DAY.replace(tzinfo=None),
        title="徒步活动参加单位名单",
        notes=["注：以实际到场为准"],
    )
