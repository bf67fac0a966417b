"""The only source of time, in Python (`now`) and in SQL (`zuji_now()`).

A demo home may hold its clock or shift it; the setting stands in the home's row, for SQL, and in a file beside it,
so that asking for the time costs no query. Any other home refuses.
"""

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction

from zuji.core.enums import HomeKind
from zuji.core.errors import CoreRefusal, Refused


class Setting(msgspec.Struct, frozen=True):
    """How a demo's clock stands: held at an instant, or shifted against the real one; neither is real time."""

    held_at: datetime | None = None
    shift_s: float = 0.0

    @property
    def is_real(self) -> bool:
        return self.held_at is None and not self.shift_s


_REAL = Setting()
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """This instant by the home's clock, aware, UTC."""
    if (frozen := _frozen.get()) is not None:
        return frozen
    setting = _setting()
    return setting.held_at or datetime.now(UTC) + timedelta(seconds=setting.shift_s)


def announced() -> datetime | None:
    """The instant that a page must announce because the clock was set; None while it shows real time."""
    return None if _setting().is_real else now()


def hold(at: datetime) -> None:
    """Stop a demo home's clock at an instant. Refused in any other home."""
    _set(Setting(held_at=at.astimezone(UTC)))


def release(at: datetime) -> None:
    """Let a demo home's clock run on from an instant. Refused in any other home."""
    _set(Setting(shift_s=(at - datetime.now(UTC)).total_seconds()))


@contextlib.contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Within this block of this thread or task, Python's time stands; for tests and replays."""
    token = _frozen.set(at)
    try:
        yield at
    finally:
        _frozen.reset(token)


def _file() -> Path:
    return Path(settings.CLOCK_FILE)


def _setting() -> Setting:
    try:
        file = os.stat(settings.CLOCK_FILE)
    except FileNotFoundError:
        return _REAL
    # Two settings within one tick of the file system's clock differ by their inodes at least.
    return _read(settings.CLOCK_FILE, file.st_mtime_ns, file.st_ino)


@lru_cache(maxsize=4)
def _read(path: str, changed_ns: int, inode: int) -> Setting:
    return msgspec.json.decode(Path(path).read_bytes(), type=Setting)


@transaction.atomic
def _set(setting: Setting) -> None:
    from zuji.core.models import Home  # the models need the app registry, which asking for the time does not

    values = {"held_at": setting.held_at, "shift": timedelta(seconds=setting.shift_s) if setting.shift_s else None}
    if not Home.objects.filter(kind=HomeKind.DEMO).update(**values):
        raise Refused(CoreRefusal.CLOCK_NOT_DEMO)
    draft = _file().with_suffix(".draft")
    draft.write_bytes(msgspec.json.encode(setting))
    draft.replace(_file())
