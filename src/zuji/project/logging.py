"""Structured logs without personal details: one JSON object a line under the home's `log/`.

Only the keys of `KEPT` pass, so that a name or a location that somebody logs by mistake never reaches the disk.
"""

import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor

from zuji.project import home

KEPT = frozenset(
    {"event", "level", "logger", "timestamp", "exception"}
    | {"code", "kind", "status", "method", "route", "version", "port", "pid", "command", "took_ms", "waited_ms"}
    | {"association", "campaign", "checkpoint", "organisation", "serial", "indicator", "as_of", "digest"}
    | {"batch", "items", "rows", "queue", "epoch", "size", "watchers", "attempt", "job", "task", "worker"}
)
# A link is as good as a password, a query may hold anything, and PostgreSQL's details quote whole rows.
_SCRUBS = (
    (re.compile(r"/(c|p|j|f|sign-in|messages/stop|hook)/[^\s\"'?]+"), r"/\1/…"),
    (re.compile(r"\?[^\s\"']+"), "?…"),
    (re.compile(r"^DETAIL:.*$", re.MULTILINE), "DETAIL: …"),
)


def only_kept_keys(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Drop every key that is not known to be harmless; ProcessorFormatter's own keys stay."""
    return {key: value for key, value in event.items() if key in KEPT or key.startswith("_")}


def scrub(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Blank secrets of links, queries and quoted rows in the texts that remain."""
    for key in ("event", "exception"):
        if isinstance(event.get(key), str):
            event[key] = scrubbed(event[key])
    return event


def scrubbed(text: str) -> str:
    """A text without what a log must not keep."""
    for pattern, replacement in _SCRUBS:
        text = pattern.sub(replacement, text)
    return text


class HomeLog(RotatingFileHandler):
    """A file that appears, with its folder, when the first line is written."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    only_kept_keys,
    scrub,
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": SHARED,
        }
    },
    "handlers": {
        "file": {
            "()": HomeLog,
            # One file a process role, since a file that two processes rotate loses lines.
            "filename": str(home.path("log", os.environ.get("ZUJI_LOG_NAME", "command") + ".jsonl")),
            "maxBytes": 10_000_000,
            "backupCount": 5,
            "delay": True,
            "encoding": "utf-8",
            "formatter": "json",
        }
    },
    "root": {"handlers": ["file"], "level": "INFO"},
    # Django's own handlers print whole requests and mail tracebacks.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # What it says of an address that it cannot use has the address in it.
        "apprise": {"level": "CRITICAL"},
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
}

structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
