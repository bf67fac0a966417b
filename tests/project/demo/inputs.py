"""Input for a small play: the real trail, and lists cut down to a few organisations."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.cast import DAY
from zuji.core.sheets import Heading, write_table
from zuji.project import home

REAL = home.CHECKOUT / "demo" / "walk-2021"
FIRMS = ("荔湾软件（示例）", "龙眼科技（示例）", "榕声互动（示例）", "木棉数科（示例）", "水松网络（示例）")
UNITS = ("水闸管理所（示例）", "骑楼文化站（示例）")
OF_FIRMS, OF_UNITS = 6, 3
GUESTS = 4
"""Four join on the spot, for the first four organisations, which are firms."""


def cut_down(folder: Path, *, fewer: int = 0) -> Path:
    """A folder of input with five firms of six walkers and two units of three; `fewer` rows less of the last firm."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("trail.toml", "places.toml"):
        shutil.copy(REAL / name, folder / name)
    shutil.copytree(REAL / "media", folder / "media", dirs_exist_ok=True)
    firms = [(name, "企业", "企业党组织", OF_FIRMS) for name in FIRMS]
    units = [(name, "事业单位", "共建单位", OF_UNITS) for name in UNITS]
    write(folder / "organisations.xlsx", ("单位名称", "单位性质", "参加身份", "预计人数"), [*firms, *units])
    walkers: list[tuple[str, str | None, str]] = [
        (name, None, f"第{place % 3}组") for place, name in enumerate(FIRMS) for _ in range(OF_FIRMS)
    ]
    walkers = walkers[: len(walkers) - fewer]
    walkers += [(name, "小水", "第4组") for name in UNITS for _ in range(OF_UNITS)]
    write(folder / "walkers.xlsx", ("单位名称", "昵称", "分组"), walkers)
    return folder


def write(file: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A workbook of one table."""
    table = write_table([Heading(title) for title in headings], rows, sheet="名单", made_at=DAY.replace(tzinfo=None))
    file.write_bytes(table)
