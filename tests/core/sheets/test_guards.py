import io
import zipfile

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.core.sheets.books import FILES, HEADER, MEI, Sheet, book
from zuji.core.errors import Invalid
from zuji.core.sheets import Limits, SheetRefusal
from zuji.core.sheets.columns import LIMITS
from zuji.core.sheets.guards import Form, form_of

BOOK = book(Sheet([HEADER, MEI]))
XLS = (FILES / "organisations.xls").read_bytes()
FIRST_RECORD = 20  # bytes after the beginning of the workbook's stream
STREAM = bytes.fromhex("0908100000060500")
FILE_PASS = bytes.fromhex("2f0002000100")


def judged(data: bytes, file: str = "a.xlsx", limits: Limits = LIMITS) -> Form | SheetRefusal:
    try:
        return form_of(data, file, limits)
    except Invalid as refused:
        return SheetRefusal(refused.code)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def locked_xlsx() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(BOOK)).encrypt("walk offline", out)
    return out.getvalue()


def locked_xls() -> bytes:
    data = bytearray(XLS)
    at = data.index(STREAM) + FIRST_RECORD
    data[at : at + len(FILE_PASS)] = FILE_PASS
    return bytes(data)


def test_workbooks_are_known_by_their_first_bytes_whatever_their_name():
    assert judged(BOOK, "a.csv") is Form.WORKBOOK
    assert judged(XLS, "a") is Form.WORKBOOK


@pytest.mark.parametrize("file", ["a.csv", "A.CSV", "a.txt", "a.tsv"])
def test_text_is_taken_under_the_names_of_text(file):
    assert judged("单位名称\n甲".encode(), file) is Form.TEXT


@pytest.mark.parametrize("file", ["a.xlsx", "a.xls", "a.pdf", "a"])
def test_text_under_another_name_is_no_workbook(file):
    assert judged(b"hello", file) is SheetRefusal.NOT_A_WORKBOOK


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_refused_as_empty(data):
    assert judged(data) is SheetRefusal.WORKBOOK_EMPTY


def test_a_password_on_an_xlsx_is_recognised():
    assert judged(locked_xlsx()) is SheetRefusal.WORKBOOK_LOCKED


def test_a_password_on_an_xls_is_recognised():
    assert judged(locked_xls(), "a.xls") is SheetRefusal.WORKBOOK_LOCKED


def test_a_password_on_the_zip_itself_is_recognised():
    data = bytearray(zipped(**{"xl/workbook.xml": b"<workbook/>"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert judged(bytes(data)) is SheetRefusal.WORKBOOK_LOCKED


@pytest.mark.parametrize(
    "data",
    [
        BOOK[:400],
        b"PK\x03\x04" + b"x" * 100,
        zipped(**{"word/document.xml": b"<document/>"}),
        XLS[:700],
        XLS[:8] + b"\x00" * 1000,
        XLS.replace("Workbook".encode("utf-16-le"), "Wordbook".encode("utf-16-le")),
    ],
    ids=["cut zip", "false zip", "a document", "cut xls", "false xls", "another stream"],
)
def test_what_only_begins_like_a_workbook_is_none(data):
    assert judged(data) is SheetRefusal.NOT_A_WORKBOOK


def test_a_text_document_of_the_old_kind_is_no_workbook(monkeypatch):
    class Document:
        format = "doc97"

        def is_encrypted(self) -> bool:
            return False

    monkeypatch.setattr(msoffcrypto, "OfficeFile", lambda file: Document())
    assert judged(XLS) is SheetRefusal.NOT_A_WORKBOOK


def test_a_file_over_the_limit_is_refused_with_the_limit():
    with pytest.raises(Invalid) as caught:
        form_of(b"a" * 2_000_001, "a.csv", Limits(file_bytes=2_000_000))
    assert (caught.value.code, caught.value.facts["limit"]) == (SheetRefusal.WORKBOOK_TOO_LARGE, "2 MB")


def test_a_small_zip_that_unpacks_to_much_is_refused_unread():
    bomb = zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 5_000_000})
    assert len(bomb) < 20_000
    assert judged(bomb, limits=Limits(unpacked_bytes=1_000_000)) is SheetRefusal.WORKBOOK_TOO_LARGE
