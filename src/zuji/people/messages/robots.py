"""Sending to the robots of group chats, by apprise's plugins.

The plugins take every answer of 200 for a success, though their services say 200 to what they refuse too; they follow
redirects, one signs wrongly and one not at all. So their posts go through a door of ours, which lets them out to their
own service or to the local receiver and nowhere else, and keeps the answer.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from apprise.plugins import dingtalk, feishu, wecombot
from apprise.plugins.base import NotifyBase

from zuji.people.messages.answers import Outcome, Trouble, judge

HOSTS = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com", "feishu": "open.feishu.cn"}


@dataclass
class Call:
    """One message on its way: to which service, or instead of it to the local receiver's address, and how it ended."""

    service: str
    local: str | None
    more: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=lambda: Outcome(Trouble.UNEXPECTED))


_call: ContextVar[Call] = ContextVar("call")


class Door:
    """`requests`, as the plugins' modules know it."""

    def __getattr__(self, name: str) -> object:
        return getattr(requests, name)

    def post(self, url: str, *, data: bytes | str, **options: Any) -> requests.Response:  # noqa: ANN401 - the plugins' own
        """Pass a plugin's post on, once and without following anything."""
        call = _call.get()
        options["allow_redirects"] = False
        try:
            with requests.Session() as session:
                session.trust_env = call.local is None  # no proxy stands between a home and itself
                answer = session.post(target(call, url), data=_with(data, call.more), **options)
        except requests.Timeout:
            call.outcome = Outcome(Trouble.TIMED_OUT)
            raise
        except requests.RequestException:
            call.outcome = Outcome(Trouble.UNREACHABLE)
            raise
        # the status alone says nothing: see `answers`
        call.outcome = judge(call.service, answer.status_code, answer.content)
        return answer


for module in (wecombot, dingtalk, feishu):
    module.requests = Door()  # the plugins offer no other way to hear an answer


class SignedDingTalk(dingtalk.NotifyDingTalk):
    """Hands the signature on unquoted: `requests` quotes it, and quoted twice no signature is right."""

    def get_signature(self) -> tuple[str, str]:
        timestamp, signature = super().get_signature()
        return timestamp, unquote(signature)


PLUGINS: dict[str, Callable[[str, str], NotifyBase]] = {
    "wecom": lambda token, _: wecombot.NotifyWeComBot(key=token),
    "dingtalk": lambda token, secret: SignedDingTalk(token=token, secret=secret or None),
    "feishu": lambda token, _: feishu.NotifyFeishu(token=token),
}


def post(service: str, token: str, secret: str, text: str, *, local: str | None, at: datetime) -> Outcome:
    """Send one text to a service's robot, or to the local receiver in its place; never raises for what comes back."""
    more = feishu_signature(secret, at) if service == "feishu" and secret else {}
    call = Call(service, local, more)
    # a context variable and no argument: between us and the door stands the plugin; and workers have threads
    with _calling(call):
        PLUGINS[service](token, secret).notify(body=text)
    return call.outcome


def target(call: Call, url: str) -> str:
    """Where a plugin's post may go. Raises for any host but its service's own."""
    parts = urlsplit(url)
    # netloc and not hostname: a port or a user before the host is somebody else's address too
    if (parts.scheme, parts.netloc) != ("https", HOSTS[call.service]):
        raise requests.exceptions.InvalidURL
    if call.local is None:
        return url
    return f"{call.local}/{call.service}{parts.path}?{parts.query}"


def feishu_signature(secret: str, at: datetime) -> dict[str, str]:
    """What Feishu wants in the body of a signed message; good for an hour around `at`."""
    timestamp = str(int(at.timestamp()))
    digest = hmac.new(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}


def _with(data: bytes | str, more: dict[str, str]) -> bytes:
    body = data if isinstance(data, bytes) else data.encode()
    return json.dumps({**json.loads(body), **more}).encode() if more else body


@contextmanager
def _calling(call: Call) -> Iterator[None]:
    token = _call.set(call)
    try:
        yield
    finally:
        _call.reset(token)
