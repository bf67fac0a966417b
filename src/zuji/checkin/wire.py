"""What a phone hands in, read and checked item by item before anything else looks at it. No database."""

import json
import re
from datetime import datetime
from hashlib import sha256
from math import isfinite
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from zuji.checkin.errors import Refusal
from zuji.checkin.judge import Fix

PATH: Final = "/api/v1/checkins"
ITEMS_MAX: Final = 50
BODY_BYTES_MAX: Final = 64 * 1024
TEXT_CHARS_MAX: Final = 200
DIGEST_BYTES: Final = 16

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
Instant = Annotated[datetime, Meta(tz=True)]


class ItemIn(msgspec.Struct, frozen=True, gc=False, rename={"walk_pass": "pass"}):
    """One item as the phone states it; a receipt comes along when the server was restored and has lost the item."""

    id: str
    walk_pass: str
    code: str
    at: Instant
    sent: Instant
    fix: Fix | None = None
    receipt: msgspec.Raw = msgspec.Raw()


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """The request's body when every item is well formed."""

    items: list[ItemIn]


class LooseEnvelope(msgspec.Struct, frozen=True, gc=False):
    """The request's body when only the list can be relied on."""

    items: list[msgspec.Raw]


class Handed(msgspec.Struct, frozen=True, gc=False):
    """An item that can be named and has a pass: it will be judged, or refused for `flaw`, and stored either way."""

    id: str
    token: str
    code: str
    at_ms: int
    sent_ms: int
    fix: Fix | None
    digest: bytes
    flaw: Refusal | None = None
    receipt: bytes = b""


class Unnamed(msgspec.Struct, frozen=True, gc=False):
    """An item that cannot be stored, since it has no usable id or pass."""

    id: str | None
    flaw: Refusal


class Unreadable(Exception):
    """The request holds no list of items, or too many; nothing of it is used."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


_strict: Final = msgspec.json.Decoder(Envelope)
_loose: Final = msgspec.json.Decoder(LooseEnvelope)
_one: Final = msgspec.json.Decoder(ItemIn)


def read(body: bytes) -> list[Handed | Unnamed]:
    """The items of a request in their order, each on its own; Unreadable where there is no list within the limits."""
    if len(body) > BODY_BYTES_MAX:
        raise Unreadable(Refusal.TOO_MANY_ITEMS)
    try:
        items: list[Any] = list(_strict.decode(body).items)
    except ValueError:  # also what msgspec raises, and bad UTF-8
        items = _read_loosely(body)
    if not items:
        raise Unreadable(Refusal.NOT_A_LIST)
    if len(items) > ITEMS_MAX:
        raise Unreadable(Refusal.TOO_MANY_ITEMS)
    return [check(item) if isinstance(item, ItemIn) else item for item in items]


def check(item: ItemIn) -> Handed | Unnamed:
    """A well-formed item with its values looked at."""
    key = item.id.lower()
    if not _UUID.fullmatch(key):
        return Unnamed(item.id if _is_clean(item.id) else None, Refusal.BAD_ID)
    if not _is_clean(item.walk_pass):
        return Unnamed(key, Refusal.BAD_TEXT)
    flaw = None if _is_clean(item.code) else Refusal.BAD_TEXT
    fix = item.fix
    if fix is not None and not _is_possible(fix):
        fix, flaw = None, flaw or Refusal.IMPOSSIBLE_PLACE
    at_ms, sent_ms = int(item.at.timestamp() * 1000), int(item.sent.timestamp() * 1000)
    digest = identity(item.walk_pass, item.code)
    return Handed(key, item.walk_pass, item.code, at_ms, sent_ms, fix, digest, flaw, bytes(item.receipt))


def identity(token: str, code: str) -> bytes:
    """What makes two items under one id the same: pass, checkpoint (which the code names) and code, never times."""
    return sha256(f"{token}\n{code}".encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]


def _is_clean(text: str) -> bool:
    return len(text) <= TEXT_CHARS_MAX and "\0" not in text


def _is_possible(fix: Fix) -> bool:
    return -90 <= fix.lat <= 90 and -180 <= fix.lon <= 180 and isfinite(fix.accuracy) and fix.accuracy >= 0


def _read_loosely(body: bytes) -> list[Handed | Unnamed]:
    try:
        raws: list[bytes] = list(map(bytes, _loose.decode(body).items))
    except ValueError:
        raws = _read_leniently(body)
    return [_read_one(raw) for raw in raws[: ITEMS_MAX + 1]]


def _read_leniently(body: bytes) -> list[bytes]:
    """The items of a list in which one holds what is no text or no number, such as half a surrogate pair."""
    try:
        items = json.loads(body)["items"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(Refusal.NOT_A_LIST) from error
    if not isinstance(items, list):
        raise Unreadable(Refusal.NOT_A_LIST)
    return [json.dumps(item).encode() for item in items]


def _read_one(raw: bytes) -> Handed | Unnamed:
    try:
        return check(_one.decode(raw))
    except ValueError:
        pass
    try:
        return _flawed(msgspec.json.decode(raw))
    except ValueError:
        return Unnamed(None, Refusal.BAD_ITEM)


def _flawed(item: object) -> Handed | Unnamed:
    """What can be said of an item that is not as it should be."""
    if not isinstance(item, dict):
        return Unnamed(None, Refusal.BAD_ITEM)
    key, token, code = (_text(item.get(name)) for name in ("id", "pass", "code"))
    if not _UUID.fullmatch(key.lower()):
        return Unnamed(key or None, Refusal.BAD_ID)
    if not token:
        return Unnamed(key.lower(), Refusal.BAD_ITEM)
    flaw = Refusal.BAD_ITEM if all(_is_instant(item.get(name)) for name in ("at", "sent")) else Refusal.BAD_TIME
    return Handed(key.lower(), token, code, 0, 0, None, identity(token, code), flaw)


def _text(value: object) -> str:
    return value if isinstance(value, str) and _is_clean(value) else ""


def _is_instant(value: object) -> bool:
    try:
        msgspec.convert(value, Instant)
    except msgspec.ValidationError:
        return False
    return True
