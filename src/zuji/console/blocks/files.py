"""Answers that are files."""

import tempfile
from collections.abc import AsyncIterator, Generator, Iterable, Sequence
from datetime import datetime, tzinfo
from functools import partial

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from zuji.core.sheets import Heading, csv_pieces, save_table, write_csv, write_table

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "json": "application/json",
}
PIECE = 1 << 16

Pieces = Generator[bytes, None, None]


def file_answer(content: bytes, *, name: str, at: datetime, inline: bool = False) -> HttpResponse:
    """A file named after what it is and when it was made, in the page's time zone; never kept by a cache."""
    answer = HttpResponse(content)
    _head(answer, name, at, way="inline" if inline else "attachment")
    return answer


def workbook_or_csv(
    kind: str, headings: Sequence[Heading], rows: Iterable[Sequence[object]], *, file: str, made_at: datetime
) -> HttpResponse:
    """A small table as a workbook or as CSV."""
    if kind == "csv":
        return file_answer(write_csv(headings, rows), name=f"{file}.csv", at=made_at)
    content = write_table(headings, rows, sheet=file, made_at=made_at)
    return file_answer(content, name=f"{file}.xlsx", at=made_at)


def streamed(
    request: HttpRequest,
    kind: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[object]],
    *,
    file: str,
    made_at: datetime,
) -> StreamingHttpResponse:
    """A table of any length, with little of it in memory at a time.

    CSV goes out while the rows are read. A workbook is a zip, whose directory stands at its end: it is written to the
    disk first, row by row.
    """
    if kind == "csv":
        written: Iterable[bytes] = csv_pieces(headings, rows)
    else:
        written = _workbook(headings, rows, sheet=file, made_at=made_at)
    pieces = _as_read(iter(written), timezone.get_current_timezone(), translation.get_language() or "")
    # a server that runs on asyncio would gather a plain iterator whole before it sends the first byte
    answer = StreamingHttpResponse(_in_turns(pieces) if isinstance(request, ASGIRequest) else pieces)
    _head(answer, f"{file}.{kind}", made_at)
    return answer


def _head(answer: HttpResponseBase, name: str, at: datetime, *, way: str = "attachment") -> None:
    stem, suffix = name.rsplit(".", 1)
    made = timezone.localtime(at).strftime("%Y%m%d-%H%M")
    answer["Content-Type"] = TYPES[suffix]
    answer["Content-Disposition"] = f'{way}; filename="{stem}-{made}.{suffix}"'
    answer["Cache-Control"] = "no-store"


def _workbook(
    headings: Sequence[Heading], rows: Iterable[Sequence[object]], *, sheet: str, made_at: datetime
) -> Pieces:
    with tempfile.TemporaryFile() as out:
        save_table(out, headings, rows, sheet=sheet, made_at=made_at)
        out.seek(0)
        yield from iter(partial(out.read, PIECE), b"")


def _as_read(written: Iterable[bytes], zone: tzinfo, language: str) -> Pieces:
    """Each piece is made in the reader's time zone and language, which have left the thread once the view is over."""
    pieces = iter(written)
    while True:
        with timezone.override(zone), translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


async def _in_turns(pieces: Pieces) -> AsyncIterator[bytes]:
    """Piece by piece in the request's own thread; whoever leaves early lets the database go."""
    try:
        while (piece := await sync_to_async(_next)(pieces)) is not None:
            yield piece
    finally:
        await sync_to_async(pieces.close)()


def _next(pieces: Pieces) -> bytes | None:
    return next(pieces, None)
