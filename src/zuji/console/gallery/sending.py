"""A request as if a form had been sent, so that a block shows what it answers to one."""

import copy
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode


def as_sent(request: HttpRequest, data: Mapping[str, Any], file: SimpleUploadedFile | None = None) -> HttpRequest:
    """The same request, posted with these values and perhaps with a file named `book`."""
    sent = copy.copy(request)
    sent.method = "POST"
    sent.POST = QueryDict(urlencode(data, doseq=True))
    files = MultiValueDict({"book": [file]} if file else {})
    sent._files = files  # type: ignore[attr-defined]  # noqa: SLF001 - where Django keeps them
    return sent


def as_asked(request: HttpRequest, query: Mapping[str, Any]) -> HttpRequest:
    """The same request with another query."""
    asked = copy.copy(request)
    asked.GET = QueryDict(urlencode(query, doseq=True))
    return asked
