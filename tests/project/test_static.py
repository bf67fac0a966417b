"""What a home sends is compressed where that helps, and never stale."""

import gzip
import os
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from zuji.core.middleware import CompressedPages
from zuji.project.static import CompressedFiles, _compressed

GZIP = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def served(settings, tmp_path):
    settings.COMPRESSED_ROOT = tmp_path / "compressed"
    _compressed.cache_clear()
    yield Client()
    _compressed.cache_clear()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("path", ["zuji/base.css", "console/palette.js", "zuji/vendor/pico-2.1.1.min.css"])
def test_a_file_of_text_is_sent_compressed_to_whoever_takes_it(served, path):
    packed, plain = served.get(f"/static/{path}", headers=GZIP), served.get(f"/static/{path}")
    assert (packed["Content-Encoding"], packed["Vary"], plain["Vary"]) == ("gzip", *["Accept-Encoding"] * 2)
    assert "Content-Encoding" not in plain
    whole, less = body(plain), body(packed)
    assert gzip.decompress(less) == whole
    assert int(packed["Content-Length"]) == len(less) < len(whole) / 2
    assert packed["ETag"] == plain["ETag"]


def test_pictures_and_tiny_files_go_as_they_are(served, tmp_path):
    assert "Content-Encoding" not in served.get("/static/zuji/icon.svg", headers=GZIP)
    assert _compressed(str(tmp_path), 0, 10) is None


def test_a_changed_file_gets_a_copy_of_its_own(served, tmp_path):
    file = tmp_path / "some.css"
    copies: list[Path] = []
    for text in ("a { color: red }\n", "b { color: blue }\n"):
        file.write_text(text * 100)
        os.utime(file, ns=(len(copies), len(copies)))
        found = file.stat()
        copies.append(_compressed(str(file), found.st_mtime_ns, found.st_size))
        assert gzip.decompress(copies[-1].read_bytes()).decode() == text * 100
    assert copies[0] != copies[1]


def test_what_compression_makes_no_smaller_goes_as_it_is(served, tmp_path):
    file = tmp_path / "noise.json"
    file.write_bytes(os.urandom(4000))
    assert _compressed(str(file), 1, 4000) is None


def test_a_second_server_takes_the_copies_that_are_there(served, settings):
    served.get("/static/zuji/base.css")
    first = {file.name: file.stat().st_mtime_ns for file in settings.COMPRESSED_ROOT.iterdir()}
    _compressed.cache_clear()
    CompressedFiles(lambda request: HttpResponse())
    assert {file.name: file.stat().st_mtime_ns for file in settings.COMPRESSED_ROOT.iterdir()} == first


def answered(response) -> HttpResponse:
    request = RequestFactory().get("/", headers=GZIP)
    return CompressedPages(lambda _: response)(request)


def test_a_page_is_compressed_and_two_of_the_same_differ_in_length():
    text = "<p>打卡</p>" * 200
    pages = [answered(HttpResponse(text)) for _ in range(20)]
    assert {page["Content-Encoding"] for page in pages} == {"gzip"}
    assert all(gzip.decompress(page.content).decode() == text for page in pages)
    assert len({len(page.content) for page in pages}) > 1


@pytest.mark.parametrize(
    "response",
    [
        lambda: HttpResponse(b"{}" * 400, content_type="application/json"),
        lambda: HttpResponse(b"PK" * 400, content_type="application/vnd.ms-excel"),
        lambda: StreamingHttpResponse(iter([b"data: x\n\n" * 100]), content_type="text/event-stream"),
        lambda: StreamingHttpResponse(iter([b"<p>" * 400])),
    ],
)
def test_nothing_but_a_whole_page_is_touched(response):
    assert "Content-Encoding" not in answered(response())
