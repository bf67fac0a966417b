"""Whatever goes wrong, the answer is a code with words in both languages and no word of the machine."""

import pytest
from django.test import Client

from tests.cast import Cast
from zuji.api.errors import ApiRefusal
from zuji.core.texts import say

PASSES = "/api/v1/passes"


@pytest.mark.parametrize("code", ApiRefusal)
def test_every_code_of_this_face_has_words(code: ApiRefusal):
    assert all(words and not words.startswith("refusal.") for words in say(code, {"field": "x"}).values())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "field_missing"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[]", "field_missing"),
        (b"null", "field_missing"),
        (b"{}", "field_missing"),
        (b'{"token": 1, "campaign": "x"}', "invalid"),
        (b"[" * 100_000, "not_json"),
    ],
)
def test_a_body_that_cannot_be_read_says_so(db: None, client: Client, body: bytes, code: str):
    answer = client.post(PASSES, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert all(answer.json()["say"].values())


@pytest.mark.parametrize("key", ["0", "-1", "x", "9223372036854775808", "1.5"])
def test_a_key_that_is_none_is_refused_by_name(db: None, client: Client, key: str):
    answer = client.get(f"/api/v1/walks/{key}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["facts"]["field"] == "campaign"


@pytest.mark.parametrize("path", ["", "nothing", "walks/1/2", "figures/T3/records/1"])
def test_an_address_that_there_is_not_is_answered_as_json(db: None, client: Client, path: str):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json()["code"] == "not_found"


def test_a_method_that_there_is_not_names_those_that_there_are(db: None, client: Client):
    answer = client.delete(PASSES)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_who_may_not_is_told_apart_from_who_is_not_signed_in(cast: Cast, client: Client, as_):
    path = f"/api/v1/checkpoints/{cast.entrance.pk}/grants"
    assert client.post(path).json()["code"] == "sign_in"
    assert as_(cast.lan).post(path, content_type="application/json").json()["code"] == "forbidden"
