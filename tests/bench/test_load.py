"""The load generator counts what it sees, whole responses only."""

import socket
import threading

import pytest

from bench import load

ANSWER = b'HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n{"items":[{"outcome":"accepted"},{"outcome":"refused"}]}' % 56


@pytest.fixture
def port():
    """A server that answers each request in two pieces."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(client,), daemon=True).start()

    def answer(client):
        while client.recv(65536):
            client.sendall(ANSWER[:30])
            client.sendall(ANSWER[30:])

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1]
    listening.close()


def test_every_request_is_answered_and_every_acknowledged_item_counted(port):
    requests = [load.http_request(b'{"items": []}', port)] * 20
    tally = load.drive(port, iter(requests), connections=3, seconds=10)
    assert (tally.requests, tally.accepted, tally.statuses) == (20, 20, {200: 20})
    assert len(tally.latencies_ms) == 20


def test_a_summary_has_percentiles_and_no_list():
    tally = load.Tally(latencies_ms=[float(number) for number in range(100)])
    summary = tally.summary()
    assert (summary["p50_ms"], summary["p99_ms"]) == (50.0, 99.0)
    assert "latencies_ms" not in summary


def test_a_response_that_comes_in_pieces_is_waited_for(port):
    connection = load.Connection(port)
    response = connection.ask(load.http_request(b"{}", port))
    assert (response.status, response.body) == (200, ANSWER.partition(b"\r\n\r\n")[2])
