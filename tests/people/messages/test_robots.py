"""What leaves for a robot, where it goes, and what is made of its answer."""

import base64
import hashlib
import hmac
import json
import socket
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from apprise.plugins import dingtalk, feishu, wecombot

from tests.cast import DAY
from tests.people.messages.places import HOOKS, TOKENS
from zuji.people.messages import robots
from zuji.people.messages.answers import SENT, Outcome, Trouble
from zuji.people.messages.robots import HOSTS, Call, post, target

SECRET = "SEC000102030405060708090a0b0c0d0e0f"
SERVICES = sorted(HOSTS)


def send(service: str, base: str | None, text: str = "您有了新角色", secret: str = "") -> Outcome:
    return post(service, TOKENS[service], secret, text, local=base, at=DAY)


def text_of(service: str, message: dict[str, Any]) -> str:
    return message["content"]["text"] if service == "feishu" else message["text"]["content"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_text_arrives_at_the_robots_own_path(receiver, service):
    assert send(service, receiver.base) == SENT
    (came,) = receiver.received
    assert (came.service, text_of(service, came.json())) == (service, "您有了新角色")
    assert HOOKS[service].removeprefix(f"https://{HOSTS[service]}") in came.path


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_refused_with_an_answer_of_200_is_not_sent(receiver, service):
    refusal = b'{"errcode":93000,"errmsg":"invalid webhook url","code":19001,"msg":"param invalid"}'
    receiver.answers.append((200, refusal.replace(b"93000", b"300001") if service == "dingtalk" else refusal))
    if service == "feishu":
        receiver.answers[0] = (200, b'{"code":19001,"msg":"param invalid","data":{}}')
    assert send(service, receiver.base) == Outcome(Trouble.HOOK_GONE)


def test_the_library_alone_takes_such_an_answer_for_a_success(receiver, monkeypatch):
    monkeypatch.setattr(wecombot, "requests", requests)
    monkeypatch.setattr(wecombot.NotifyWeComBot, "notify_url", f"{receiver.base}/wecom/send?key={{key}}")
    receiver.answers.append((200, b'{"errcode":93000,"errmsg":"invalid webhook url"}'))
    assert wecombot.NotifyWeComBot(key=TOKENS["wecom"]).notify(body="x")


@pytest.mark.parametrize("service", SERVICES)
def test_a_redirect_is_not_followed(receiver, service):
    receiver.answers.append((302, b""))
    assert send(service, receiver.base) == Outcome(Trouble.RECEIVER_ERROR)
    assert len(receiver.received) == 1


def test_a_receiver_that_is_not_there_is_unreachable():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{probe.getsockname()[1]}"
    assert send("wecom", gone) == Outcome(Trouble.UNREACHABLE)


def test_a_receiver_that_does_not_answer_is_given_up_after_a_while(monkeypatch):
    monkeypatch.setattr(wecombot.NotifyWeComBot, "socket_read_timeout", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert send("wecom", f"http://127.0.0.1:{silent.getsockname()[1]}") == Outcome(Trouble.TIMED_OUT)


def test_no_proxy_of_the_environment_stands_before_the_local_receiver(receiver, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert send("wecom", receiver.base) == SENT


def test_dingtalks_signature_is_quoted_once(receiver):
    assert send("dingtalk", receiver.base, secret=SECRET) == SENT
    query = parse_qs(urlsplit(receiver.received[0].path).query)
    signed = f"{query['timestamp'][0]}\n{SECRET}".encode()
    assert query["sign"] == [base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()]


def test_the_library_alone_quotes_it_twice(receiver, monkeypatch):
    monkeypatch.setattr(robots, "SignedDingTalk", dingtalk.NotifyDingTalk)
    assert send("dingtalk", receiver.base, secret=SECRET) == SENT
    assert "%3D" in parse_qs(urlsplit(receiver.received[0].path).query)["sign"][0]


def test_feishus_signature_stands_in_the_body(receiver):
    assert send("feishu", receiver.base, secret="Gkn0PlNqQ1_lQ0zNTWnXXX") == SENT
    message = receiver.received[0].json()
    key = f"{message['timestamp']}\nGkn0PlNqQ1_lQ0zNTWnXXX".encode()
    assert message["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert datetime.fromtimestamp(int(message["timestamp"]), UTC) == DAY


def test_without_a_secret_feishu_gets_none(receiver):
    send("feishu", receiver.base)
    assert set(receiver.received[0].json()) == {"msg_type", "content"}


@pytest.mark.parametrize("service", SERVICES)
def test_without_a_receiver_a_post_goes_to_its_service(service):
    assert target(Call(service, None), HOOKS[service]) == HOOKS[service]


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x",
        "https://qyapi.weixin.qq.com.example.org/",
        "https://qyapi.weixin.qq.com:444/",
        "https://qyapi.weixin.qq.com@example.org/",
        "https://127.0.0.1/",
        "https://open.feishu.cn/",
    ],
)
@pytest.mark.parametrize("local", [None, "http://127.0.0.1:1"])
def test_a_post_to_anywhere_else_does_not_leave(url, local):
    with pytest.raises(requests.exceptions.InvalidURL):
        target(Call("wecom", local), url)


def test_a_plugin_that_would_send_elsewhere_is_stopped_at_the_door(receiver, monkeypatch):
    monkeypatch.setattr(feishu.NotifyFeishu, "notify_url", f"{receiver.base}/feishu/{{token}}")
    assert send("feishu", None) == Outcome(Trouble.UNREACHABLE)
    assert not receiver.received


def test_nothing_of_a_token_is_logged(receiver, caplog):
    with caplog.at_level("INFO"):
        receiver.answers.extend([(200, b"{}"), (500, b"")])
        for service in SERVICES:
            send(service, receiver.base, secret=SECRET if service == "dingtalk" else "")
    assert not any(token in caplog.text for token in (*TOKENS.values(), SECRET))


def test_a_text_is_sent_as_it_is_whatever_it_looks_like(receiver):
    text = "<b>不是标签</b> &amp; :smile: \\n {x} [链接](https://example.org)"
    send("wecom", receiver.base, text=text)
    assert json.loads(receiver.received[0].body)["text"]["content"] == text
