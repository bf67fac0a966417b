"""What receivers say, and what it means."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zuji.people.messages.answers import CODES, FOR_GOOD, SENT, Outcome, Trouble, judge

FIELD = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "code"}
SERVICES = some.sampled_from(sorted(CODES))


def said(service: str, code: object) -> bytes:
    return json.dumps({FIELD[service]: code, "msg": "…"}).encode()


@pytest.mark.parametrize("service", sorted(CODES))
def test_zero_is_the_only_code_that_means_delivered(service):
    assert judge(service, 200, said(service, 0)) == SENT
    for code, trouble in CODES[service].items():
        assert judge(service, 200, said(service, code)) == Outcome(trouble)
    assert judge(service, 200, said(service, 123456)) == Outcome(Trouble.RECEIVER_ERROR)


def test_the_old_form_of_feishus_answer_is_understood():
    assert judge("feishu", 200, b'{"StatusCode":0,"StatusMessage":"success"}') == SENT


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (429, b"slow down", Trouble.TOO_OFTEN),
        (500, b"", Trouble.RECEIVER_ERROR),
        (502, b'{"errcode":0}', Trouble.RECEIVER_ERROR),
        (302, b"", Trouble.RECEIVER_ERROR),
        (200, b"<html>please sign in</html>", Trouble.RECEIVER_ERROR),
        (200, b"[]", Trouble.RECEIVER_ERROR),
        (200, b"{}", Trouble.RECEIVER_ERROR),
        (200, b'{"errcode":"0"}', Trouble.RECEIVER_ERROR),
        (200, b'{"errcode":false}', Trouble.RECEIVER_ERROR),
        (200, b'{"errcode":0', Trouble.RECEIVER_ERROR),
        (400, b'{"errcode":93000}', Trouble.HOOK_GONE),
    ],
)
def test_whatever_does_not_say_that_it_took_the_message_has_not(status, body, trouble):
    assert judge("wecom", status, body) == Outcome(trouble)


@given(SERVICES, some.integers(100, 599), some.binary(max_size=200))
def test_no_answer_is_too_strange(service, status, body):
    judged = judge(service, status, body)
    assert judged.is_sent == (judged.trouble is None)


@given(SERVICES, some.integers())
def test_only_what_somebody_must_mend_is_given_up_at_once(service, code):
    judged = judge(service, 200, said(service, code))
    assert judged.is_for_good == (judged.trouble in FOR_GOOD)
