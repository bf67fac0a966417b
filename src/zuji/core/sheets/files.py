"""From a file's bytes to its sheets, cell by cell as they stand."""

import codecs
import csv
import io
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from zuji.core.errors import Invalid
from zuji.core.sheets import parser
from zuji.core.sheets.columns import Limits
from zuji.core.sheets.enums import SheetRefusal
from zuji.core.sheets.guards import Form, form_of, too_large

Merge = tuple[tuple[int, int], tuple[int, int]]

_DELIMITERS = ",\t;"
_SAMPLE_LINES = 20
_MARKUP = ("<html", "<!doctype", "<?xml", "<table", "<head", "%pdf", "{\\rtf")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PLAIN_ENCODINGS = ("utf-8", "gb18030")
_GRACE_S = 30


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands: rows from the first one on, merged ranges as 0-based corners. CSV has no name."""

    name: str
    visible: bool
    rows: list[list[object]]
    merges: list[Merge]

    def at(self, row: int, column: int) -> object:
        """What a 0-based cell holds; outside of the sheet is blank."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]


def read_sheets(data: bytes, file: str, limits: Limits) -> list[RawSheet]:
    """All sheets of a file, hidden ones too. Refused when the file is empty, too large, locked or no workbook."""
    form = form_of(data, file, limits)
    sheets = [_text_sheet(data, file, limits)] if form is Form.TEXT else _workbook_sheets(data, file, limits)
    if not any(cell != "" for sheet in sheets for row in sheet.rows for cell in row):
        raise Invalid(SheetRefusal.WORKBOOK_EMPTY, file=file)
    return sheets


def _workbook_sheets(data: bytes, file: str, limits: Limits) -> list[RawSheet]:
    # isolated and without our environment: the parser needs neither our modules nor our secrets
    command = [sys.executable, "-I", str(Path(parser.__file__)), str(limits.cells)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=parser.SECONDS + _GRACE_S, env={}, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Invalid(SheetRefusal.WORKBOOK_UNREADABLE, file=file) from late
    if done.returncode == parser.LARGE:
        raise too_large(file, str(limits.cells))
    # 3 is the parser's own word for a damaged file; anything else means that the file has ended it
    if done.returncode:
        raise Invalid(SheetRefusal.WORKBOOK_UNREADABLE, file=file)
    sheets = msgspec.msgpack.decode(done.stdout, type=list[parser.Parsed])
    return [RawSheet(sheet.name, sheet.visible, sheet.rows, sheet.merges) for sheet in sheets]


def _text_sheet(data: bytes, file: str, limits: Limits) -> RawSheet:
    text = _decoded(data, file)
    if text.lstrip().lower().startswith(_MARKUP):
        raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows, cells = list[list[object]](), 0
    try:
        for line in lines:
            # blank lines count as well, or a file of nothing but line ends would fill the memory
            cells += 1 + len(line)
            if cells > limits.cells:
                raise too_large(file, str(limits.cells))
            rows.append([*line])
    except csv.Error as damaged:
        raise Invalid(SheetRefusal.WORKBOOK_UNREADABLE, file=file) from damaged
    return RawSheet("", True, rows, [])


def _decoded(data: bytes, file: str) -> str:
    # UTF-8 goes first: few texts in GB 18030 are sound UTF-8 by chance, but many in UTF-8 are sound GB 18030
    marked = [encoding for bom, encoding in _BOMS if data.startswith(bom)]
    for encoding in marked or _PLAIN_ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file)


def _delimiter(text: str) -> str:
    head = Counter("".join(islice(io.StringIO(text), _SAMPLE_LINES)))
    return max(_DELIMITERS, key=lambda mark: head[mark])
