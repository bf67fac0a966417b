"""Where a robot is reached. Of a hook address only the token is kept, so that it can lead nowhere else. Pure."""

import re
from typing import NamedTuple

KEPT_IN_SIGHT = 4


class Service(NamedTuple):
    """How a service's hook addresses look, with the token as their one group; and how its secrets look."""

    hook: re.Pattern[str]
    secret: re.Pattern[str] | None


SERVICES = {
    "wecom": Service(
        re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([A-Za-z0-9_-]{8,128})"), None
    ),
    "dingtalk": Service(
        re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=([A-Za-z0-9]{8,128})"),
        re.compile(r"[A-Za-z0-9]{8,128}"),
    ),
    "feishu": Service(
        re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([A-Za-z0-9_-]{8,128})/?"),
        re.compile(r"[A-Za-z0-9_-]{8,128}"),
    ),
}
"""The robots' services. Addresses are as their own pages give them, `https` and on their own hosts."""


def token_of(service: str, address: str) -> str | None:
    """The token of a service's hook address; None for any other address, whatever it looks like."""
    found = SERVICES[service].hook.fullmatch(address.strip())
    return found[1] if found else None


def is_secret(service: str, secret: str) -> bool:
    """Whether this can be the secret by which a service's messages are signed; WeCom's robots have none."""
    pattern = SERVICES[service].secret
    return pattern is not None and pattern.fullmatch(secret) is not None


def masked(address: str) -> str:
    """What may be shown of a token or an e-mail address: enough to tell one's own from another."""
    name, at, host = address.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{address[-KEPT_IN_SIGHT:]}"
