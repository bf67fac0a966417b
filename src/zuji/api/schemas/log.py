"""The log's public side; bytes are base64url without padding."""

from datetime import datetime

from ninja import Schema


class LogKey(Schema):
    """A point of P-256 that verifies heads."""

    kid: str
    x: str
    y: str
    since: datetime
    until: datetime | None


class LogKeys(Schema):
    """All of them, old ones included."""

    keys: list[LogKey]


class SignedHead(Schema):
    """The newest head. `head` is its hash; before the first leaf nothing is signed and the other values are null."""

    epoch: int
    size: int
    head: str
    time: int | None
    prev: str | None
    root: str | None
    sig: str | None
    kid: str | None
