"""Pictures and sounds of exhibits. Their names are made from what they hold, so a phone may keep them for ever."""

import mimetypes
import re

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse

from zuji.core.errors import NotFound
from zuji.people.guards import for_everybody

KEPT = "public, max-age=31536000, immutable"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@for_everybody
def media(request: HttpRequest, name: str) -> HttpResponse:
    """A file, or the part of it that a player asks for: Safari plays no sound from a server that knows no ranges."""
    content = _content(name)
    part = _part(request.headers.get("Range", ""), len(content))
    answer = HttpResponse(content, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    answer["Accept-Ranges"], answer["Cache-Control"] = "bytes", KEPT
    answer["X-Content-Type-Options"] = "nosniff"
    if part is None:
        return answer
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    answer.status_code, answer.content = 206, content[part.start : part.stop]
    answer["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
    return answer


def _content(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation, ValueError) as error:
        raise NotFound("media") from error


def _part(asked: str, size: int) -> range | None:
    """The bytes that are asked for, an empty range where there are none such, None for the whole file."""
    found = _RANGE.fullmatch(asked)
    if found is None or asked == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))
