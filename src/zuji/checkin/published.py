"""What the log shows to everybody: where it ends, and the keys that verify it."""

from typing import Any

from zuji.checkin.models import LogBatch, LogHead, LogKey
from zuji.core.ids import b64

Document = dict[str, Any]


def log_end() -> Document:
    """Epoch and number of leaves, as every answer to a phone carries them."""
    head = LogHead.objects.get()
    return {"epoch": head.epoch, "size": head.size}


def log_head() -> Document:
    """The signed head, binary values as base64url; before the first leaf there is none to sign."""
    head = LogHead.objects.get()
    batch = LogBatch.objects.filter(pk=head.batch_id).defer("leaves").first()
    end = {"epoch": head.epoch, "size": head.size, "head": b64(bytes(head.head))}
    if batch is None:
        return {**end, "time": None, "prev": None, "root": None, "sig": None, "kid": None}
    parts = {"prev": batch.prev, "root": batch.root, "sig": batch.signature}
    return {
        **end,
        "time": batch.time_ms,
        "kid": batch.key_id,
        **{name: b64(bytes(part)) for name, part in parts.items()},
    }


def log_keys() -> Document:
    """Every key that ever signed, as `zuji receipt verify --keys` reads them."""
    return {
        "keys": [
            {"kid": key.key_id, "x": b64(bytes(key.x)), "y": b64(bytes(key.y)), "since": key.since, "until": key.until}
            for key in LogKey.objects.order_by("since", "pk")
        ]
    }
