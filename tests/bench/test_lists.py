"""What measuring lists stands on: a ground of many rows, signed in, whose pages ask the same of it at any size."""

import socket
import threading
import time

import pytest

from bench import lists
from zuji.committee.models import ParticipantOrganisation

PAUSE_S = 0.2


@pytest.fixture
def ground(db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    return lists.seed(120)


def test_the_ground_has_its_rows_with_names_that_searches_find(ground):
    rows = ParticipantOrganisation.objects.filter(association=ground.association)
    assert (rows.count(), ParticipantOrganisation.objects.count()) == (120, 120 + lists.FEW)
    for wanted in ("石碁", "nancun", "gzsq"):
        assert 0 < rows.filter(search_key__contains=wanted).count() < 120, wanted


def test_every_page_asks_as_much_of_many_rows_as_of_few(ground):
    counted = lists.queries([ground.session, ground.few])
    assert set(counted) == set(lists.VIEWS)
    assert {name: many - few for name, (many, few) in counted.items()} == dict.fromkeys(lists.VIEWS, 0)


@pytest.fixture
def late():
    """A server whose answer begins at once and ends late."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        client, _ = listening.accept()
        with client:
            client.recv(65536)
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            time.sleep(PAUSE_S)
            client.sendall(b"all")

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1]
    listening.close()


def test_the_first_byte_is_told_from_the_last(late):
    answer = lists.ask(late, "/", "a session")
    assert answer.first_s < PAUSE_S <= answer.whole_s
    assert answer.size == 22


def test_what_is_no_page_is_no_measurement():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=lambda: listening.accept()[0].sendall(b"HTTP/1.1 500 no"), daemon=True).start()
        with pytest.raises(RuntimeError, match="500"):
            lists.ask(listening.getsockname()[1], "/", "a session")
