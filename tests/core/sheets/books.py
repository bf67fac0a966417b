"""Workbooks made on the spot, as offices send them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from zuji.core.errors import Invalid
from zuji.core.sheets import Column, Kind, Table, read_table
from zuji.core.sheets.files import Merge, RawSheet

FILES = Path(__file__).parent / "files"
MADE_AT = datetime(2021, 7, 26, 1, 30, tzinfo=UTC)

COLUMNS = (
    Column("name", ("单位名称", "名称"), required=True, unique=True),
    Column("kind", ("单位性质",), Kind.CHOICE, choices={"企业": "firm", "非企业": "other"}),
    Column("contact", ("联系人",)),
    Column("phone", ("联系电话", "电话"), Kind.PHONE),
    Column("expected", ("预计人数",), Kind.COUNT),
)
HEADER = ["单位名称", "单位性质", "联系人", "联系电话", "预计人数"]
MEI = ["美的网络（示例）", "企业", "梅", "13800138000", 6]
TAO = ["陶的文化馆（示例）", "非企业", "陶", "020-34812345", 3]


@dataclass(frozen=True)
class Sheet:
    """A sheet to be made: its rows from A1 on, merged ranges by name, whether it is hidden."""

    rows: Sequence[Sequence[object]]
    name: str = "名单"
    merges: Sequence[str] = ()
    hidden: bool = False


def book(*sheets: Sheet) -> bytes:
    """An .xlsx workbook of these sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False, "strings_to_formulas": False}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = made.add_worksheet(sheet.name)
            for line, row in enumerate(sheet.rows):
                for place, value in enumerate(row):
                    if value is not None:
                        page.write(line, place, value, day if isinstance(value, date) else None)
            for merge in sheet.merges:
                row, column = xl_cell_to_rowcol(merge.partition(":")[0])
                page.merge_range(merge, sheet.rows[row][column])
            if sheet.hidden:
                page.hide()
    return out.getvalue()


def read(*rows: Sequence[object], columns: Sequence[Column] = COLUMNS, merges: Sequence[str] = ()) -> Table:
    """The table in a workbook of one sheet with these rows."""
    return read_table(book(Sheet(rows, merges=merges)), file="名单.xlsx", columns=columns)


def raw(*rows: Sequence[object], merges: Sequence[Merge] = ()) -> RawSheet:
    """A sheet as the parser hands it over."""
    return RawSheet("名单", True, [["" if cell is None else cell for cell in row] for row in rows], list(merges))


def refusal(data: bytes, *, file: str = "名单.xlsx", sheet: str | None = None) -> Invalid:
    """How the reader refuses a file."""
    with pytest.raises(Invalid) as caught:
        read_table(data, file=file, columns=COLUMNS, sheet=sheet)
    return caught.value


def names(table: Table) -> list[str]:
    """The names in a table, in order."""
    return [row["name"] for row in table.rows()]
