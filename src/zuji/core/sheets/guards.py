"""What a file is, judged before anything reads it as a sheet."""

import io
import zipfile
from enum import StrEnum

import msoffcrypto

from zuji.core.errors import Invalid
from zuji.core.sheets.columns import Limits
from zuji.core.sheets.enums import SheetRefusal

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_WORKBOOK_PART = "xl/workbook.xml"
_ENCRYPTED_FLAG = 1
_XLS = "xls97"


class Form(StrEnum):
    """How a file is read."""

    WORKBOOK = "workbook"
    TEXT = "text"


def form_of(data: bytes, file: str, limits: Limits) -> Form:
    """How to read a file, judged by its first bytes and then by its name.

    Refused when it is empty, too large, locked with a password, or nothing that an office program writes as a sheet.
    """
    if not data.strip():
        raise Invalid(SheetRefusal.WORKBOOK_EMPTY, file=file)
    if len(data) > limits.file_bytes:
        raise too_large(file, _megabytes(limits.file_bytes))
    # content goes before the name: workbooks arrive called .csv, and the other way round
    if data.startswith((_ZIP, _OLE)):
        check = _check_zip if data.startswith(_ZIP) else _check_ole
        check(data, file, limits)
        return Form.WORKBOOK
    if not file.lower().endswith(_TEXT_ENDINGS):
        raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file)
    return Form.TEXT


def too_large(file: str, limit: str) -> Invalid:
    """The refusal of a file that is over a limit, which it names."""
    return Invalid(SheetRefusal.WORKBOOK_TOO_LARGE, file=file, limit=limit)


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} MB"


def _check_ole(data: bytes, file: str, limits: Limits) -> None:
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked, kind = office.is_encrypted(), office.format
    except Exception as damaged:  # the library lets a damaged container's errors through, of many classes
        raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file) from damaged
    if locked:
        raise Invalid(SheetRefusal.WORKBOOK_LOCKED, file=file)
    if kind != _XLS:
        raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file)


def _check_zip(data: bytes, file: str, limits: Limits) -> None:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError) as damaged:
        raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file) from damaged
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise Invalid(SheetRefusal.WORKBOOK_LOCKED, file=file)
    if _WORKBOOK_PART not in {member.filename for member in members}:
        raise Invalid(SheetRefusal.NOT_A_WORKBOOK, file=file)
    # the sizes may lie, but the parser's own limits hold then; this spares honest senders the wait
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise too_large(file, _megabytes(limits.unpacked_bytes))
