"""The short way past ASGI behaves like HTTP: order, closing, limits; and everything else goes to Django."""

import json
import socket
from contextlib import contextmanager

import pytest

from zuji.checkin.wire import BODY_BYTES_MAX

pytestmark = pytest.mark.usefixtures("live_home")

BODY = b'{"items": [{"id": "x"}]}'


def request(body: bytes = BODY, *, method: bytes = b"POST", headers: bytes = b"") -> bytes:
    length = b"content-length: %d\r\n" % len(body)
    return b"%b /api/v1/checkins HTTP/1.1\r\nhost: 127.0.0.1\r\n%b%b\r\n%b" % (method, length, headers, body)


@contextmanager
def connected(live_home):
    host, port = live_home.origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        yield client


def read(client) -> tuple[int, dict[str, str], bytes]:
    """One response, byte by byte, so that nothing of the next is taken."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = client.recv(1)
        assert piece, head
        head += piece
    first, *lines = head.decode().strip().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    body = b""
    while len(body) < int(headers.get("content-length", 0)):
        body += client.recv(int(headers["content-length"]) - len(body))
    return int(first.split()[1]), headers, body


def test_requests_sent_at_once_are_answered_in_their_order(live_home):
    with connected(live_home) as client:
        client.sendall(request(b"?") + request() + request(b'{"items": []}'))
        answers = [read(client) for _ in range(3)]
    assert [status for status, _, _ in answers] == [400, 200, 400]
    assert json.loads(answers[1][2])["items"][0]["code"] == "bad_id"


def test_a_connection_that_is_to_close_is_closed_after_its_answer(live_home):
    with connected(live_home) as client:
        client.sendall(request(headers=b"connection: close\r\n"))
        status, headers, _ = read(client)
        assert (status, headers["connection"], client.recv(1)) == (200, "close", b"")


def test_a_body_that_comes_in_pieces_is_one(live_home):
    whole = request()
    with connected(live_home) as client:
        for start in range(0, len(whole), 7):
            client.sendall(whole[start : start + 7])
        assert read(client)[0] == 200


def test_a_body_over_the_limit_is_too_much(live_home):
    with connected(live_home) as client:
        client.sendall(request(b"x" * (BODY_BYTES_MAX + 100)))
        status, _, body = read(client)
    assert (status, json.loads(body)["code"]) == (413, "too_many_items")


def test_who_asks_before_sending_is_told_to_go_on(live_home):
    with connected(live_home) as client:
        head, _, body = request(headers=b"expect: 100-continue\r\n").partition(b"\r\n\r\n")
        client.sendall(head + b"\r\n\r\n")
        assert read(client)[0] == 100
        client.sendall(body)
        assert read(client)[0] == 200


def test_another_method_is_djangos_and_the_connection_goes_on(live_home):
    with connected(live_home) as client:
        client.sendall(request(b"", method=b"GET"))
        assert read(client)[0] == 405
        client.sendall(request())
        assert read(client)[0] == 200


def test_what_is_no_http_is_refused(live_home):
    with connected(live_home) as client:
        client.sendall(b"hello\r\n\r\n")
        assert read(client)[0] == 400
