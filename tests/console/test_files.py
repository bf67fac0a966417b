"""Exports of any length: read row by row, sent piece by piece, in the reader's words and hours, and let go early."""

import asyncio
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.http import HttpRequest
from django.utils import timezone, translation
from openpyxl import load_workbook

from tests.cast import DAY
from zuji.console.blocks import files
from zuji.core.sheets import Heading, Kind, csv_pieces

HEADINGS = [Heading("名称"), Heading("员工，人", Kind.COUNT), Heading("更新", Kind.DATE)]
ROWS = 1200


class Source:
    """Rows that know how many of them were read, and whether whoever read them has let go."""

    def __init__(self, rows=ROWS):
        self.rows, self.read, self.let_go = rows, 0, False

    def __iter__(self):
        try:
            for number in range(self.rows):
                self.read += 1
                yield [f"企业{number}", number, timezone.localtime(datetime(2021, 7, 26, 20, tzinfo=UTC))]
        finally:
            self.let_go = True


def answer(source, kind="csv", request=None):
    return files.streamed(request or HttpRequest(), kind, HEADINGS, source, file="firms", made_at=DAY)


def test_csv_begins_before_the_rows_are_all_read():
    source = Source()
    pieces = iter(answer(source).streaming_content)
    first = next(pieces)
    assert first.decode("utf-8-sig").startswith("名称")
    assert source.read < ROWS
    rest = b"".join(pieces)
    assert len((first + rest).decode("utf-8-sig").splitlines()) == ROWS + 1


def test_pieces_put_together_are_the_whole():
    whole = b"".join(csv_pieces(HEADINGS, Source(3)))
    assert whole.decode("utf-8-sig").splitlines()[1].startswith("企业0,0,")
    assert whole.count(b"\xef\xbb\xbf") == 1


def test_a_workbook_is_whole_and_named_by_its_hour():
    found = answer(Source(), "xlsx")
    with timezone.override("Asia/Shanghai"):
        again = answer(Source(2), "xlsx")
    assert again["Content-Disposition"] == 'attachment; filename="firms-20210726-0930.xlsx"'
    assert (found["Content-Type"], found["Cache-Control"]) == (files.TYPES["xlsx"], "no-store")
    sheet = load_workbook(BytesIO(found.getvalue()), read_only=True).active
    rows = list(sheet.iter_rows(values_only=True))
    assert (len(rows), rows[0], rows[-1][:2]) == (ROWS + 1, ("名称", "员工，人", "更新"), ("企业1199", 1199))


def test_rows_are_written_in_the_hours_and_words_of_whoever_asked_though_the_view_is_over():
    def rows():
        for _ in range(2):
            moment = timezone.localtime(datetime(2021, 7, 26, 20, tzinfo=UTC))
            yield [translation.get_language(), moment.hour, moment]

    with timezone.override("Asia/Tokyo"), translation.override("en"):
        found = answer(rows())
    with timezone.override("UTC"), translation.override("zh-hans"):
        lines = found.getvalue().decode("utf-8-sig").splitlines()
        assert timezone.get_current_timezone_name() == "UTC"
    assert lines[1].startswith("en,5,2021-07-27 05:00")


@pytest.fixture
def served(rf, monkeypatch):
    """A request as the server of a home makes it."""
    monkeypatch.setattr(files, "ASGIRequest", HttpRequest)
    return rf.get("/")


def test_a_server_on_asyncio_is_handed_pieces_and_not_the_whole(served):
    source = Source()
    found = answer(source, request=served)
    assert found.is_async

    async def first():
        return await anext(aiter(found))

    assert asyncio.run(first()).decode("utf-8-sig").startswith("名称")
    assert 0 < source.read < ROWS


def test_a_reader_who_leaves_early_lets_the_rows_go(served):
    source = Source()
    found = answer(source, request=served)

    async def leave():
        pieces = aiter(found)
        await anext(pieces)
        await pieces.aclose()

    asyncio.run(leave())
    assert source.let_go


def test_a_served_export_is_the_same_as_any(served):
    async def whole(found):
        return b"".join([piece async for piece in found])

    gathered = asyncio.run(whole(answer(Source(7), request=served)))
    assert gathered == b"".join(csv_pieces(HEADINGS, Source(7)))
