"""A phone hands in what its walker wrote, sees what became of it, and takes it back."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import DAY, Cast
from tests.checkin.desks import token
from tests.trail.walks import Writers
from tests.trail.walks import writers as lay
from zuji.checkin.models import Pass
from zuji.trail.actions import approve_impression, decline_impression
from zuji.trail.enums import DeclineReason
from zuji.trail.models import Impression

pytestmark = pytest.mark.usefixtures("morning")
PATH = "/api/v1/passes/me/impressions"


@pytest.fixture
def writers(cast: Cast) -> Writers:
    return lay(cast)


def by(walk_pass: Pass) -> dict[str, Any]:
    return {"content_type": "application/json", "headers": {"Authorization": f"Pass {token(walk_pass)}"}}


def writing(writers: Writers, **changes: object) -> dict[str, object]:
    at = DAY.isoformat()
    return {"id": str(uuid4()), "stop": writers.stop.pk, "text": "院里的老树还在。", "at": at, "sent": at} | changes


def test_what_was_written_comes_back_as_it_is_kept(writers: Writers, client: Client):
    walker, wish = writers.walker(), writing(writers, text=" 院里的老树还在。 ")
    answer = client.post(PATH, wish, **by(walker))
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "id": wish["id"],
            "stop": writers.stop.pk,
            "text": "院里的老树还在。",
            "written_at": "2021-07-26T01:30:00Z",
            "state": "waiting",
            "reason": None,
        },
    )
    assert client.get(PATH, **by(walker)).json() == {"impressions": [answer.json()]}


def test_sent_again_it_gets_the_same_answer(writers: Writers, client: Client):
    walker, wish = writers.walker(), writing(writers)
    assert client.post(PATH, wish, **by(walker)).json() == client.post(PATH, wish, **by(walker)).json()
    assert Impression.objects.count() == 1


def test_another_walker_sees_nothing_of_it(writers: Writers, client: Client):
    kept = writers.write()
    other = writers.walker()
    assert client.get(PATH, **by(other)).json() == {"impressions": []}
    assert client.delete(f"{PATH}/{kept.pk}", **by(other)).status_code == 404


def test_its_writer_sees_why_it_is_not_shown_and_not_who_decided(writers: Writers, client: Client):
    walker = writers.walker()
    kept = writers.write(walk_pass=walker)
    decline_impression(actor=writers.cast.guo, impression_id=kept.pk, reason=DeclineReason.NAMES_SOMEBODY, at=DAY)
    (seen,) = client.get(PATH, **by(walker)).json()["impressions"]
    assert (seen["state"], seen["reason"]) == ("declined", "names_somebody")
    assert "Guo" not in str(seen)


def test_taken_back_its_words_are_gone_and_again_changes_nothing(writers: Writers, client: Client):
    walker = writers.walker()
    kept = writers.write(walk_pass=walker)
    approve_impression(actor=writers.cast.guo, impression_id=kept.pk, at=DAY)
    for _ in range(2):
        answer = client.delete(f"{PATH}/{kept.pk}", **by(walker))
        assert (answer.status_code, answer.json()["state"], answer.json()["text"]) == (200, "withdrawn", "")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"text": "   "}, 422, "impression_empty"),
        ({"text": "走" * 301}, 422, "impression_too_long"),
        ({"text": "走\0走"}, 422, "impression_unreadable"),
        ({"text": "走" * 2001}, 422, "invalid"),
        ({"id": "7"}, 422, "invalid"),
        ({"at": "2021-07-26T09:30:00"}, 422, "invalid"),
        ({"stop": 999_999}, 404, "not_found"),
    ],
)
def test_what_cannot_be_kept_has_a_code_and_words(
    writers: Writers, client: Client, changes: dict[str, object], status: int, code: str
):
    answer = client.post(PATH, writing(writers, **changes), **by(writers.walker()))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert all(words and not words.startswith("refusal.") for words in answer.json()["say"].values())
    assert not Impression.objects.exists()


def test_without_a_pass_nothing_is_told(writers: Writers, client: Client):
    assert client.get(PATH).json()["code"] == "unknown_pass"
    assert client.post(PATH, writing(writers), content_type="application/json").status_code == 401
