"""Answers that are files."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from zuji.core.sheets import Heading, write_csv, write_table

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "json": "application/json",
}


def file_answer(content: bytes, *, name: str, at: datetime, inline: bool = False) -> HttpResponse:
    """A file named after what it is and when it was made, in the page's time zone; never kept by a cache."""
    stem, suffix = name.rsplit(".", 1)
    answer = HttpResponse(content, content_type=TYPES[suffix])
    made = timezone.localtime(at).strftime("%Y%m%d-%H%M")
    way = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{stem}-{made}.{suffix}"'
    answer["Cache-Control"] = "no-store"
    return answer


def workbook_or_csv(
    kind: str, headings: Sequence[Heading], rows: Iterable[Sequence[object]], *, file: str, made_at: datetime
) -> HttpResponse:
    """A table as a workbook or as CSV."""
    if kind == "csv":
        return file_answer(write_csv(headings, rows), name=f"{file}.csv", at=made_at)
    content = write_table(headings, rows, sheet=file, made_at=made_at)
    return file_answer(content, name=f"{file}.xlsx", at=made_at)
