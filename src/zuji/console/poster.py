"""One poster, one checkpoint, one sheet of A3, in both languages."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from zuji.checkin.models import CodeSerial
from zuji.checkin.serials import code_of
from zuji.console.blocks import qr
from zuji.console.blocks.print import typeset
from zuji.core.texts import both

BRACKETED = re.compile(r"[（(].*?[）)]")
"""The short name stands beside it in large; a bracket that repeats it would be read twice."""
WORDS = ("scan", "open", "step_1", "step_2", "step_3", "kept", "help")


def poster(serial: CodeSerial, place: Mapping[str, object] | None, *, at: datetime) -> bytes:
    """A PDF; `place` is the site at which the checkpoint stands, None where it stands at none."""
    checkpoint = serial.checkpoint
    campaign = checkpoint.activity.campaign
    url = f"{settings.BASE_URL}/c/{code_of(serial)}"
    name = {"zh": checkpoint.name_zh, "en": checkpoint.name_en}
    site: Mapping[str, str] = place["site"] if place else name  # type: ignore[assignment]  # a document's part
    data: dict[str, object] = {
        "brand": " ".join(dict.fromkeys(both("brand.name").values())),
        "words": {word: both(f"poster.{word}") for word in WORDS},
        "qr": qr.modules(url),
        "url": url.split("://", 1)[1],
        "campaign": {"zh": campaign.name_zh, "en": campaign.name_en},
        "short": str(place["site_short"]) if place else checkpoint.name_zh,
        "site": site,
        "full": BRACKETED.sub("", site["zh"]),
        "checkpoint": name,
        "number": both("poster.number", {"number": serial.serial}),
    }
    return typeset("poster.typ", data, to="pdf", at=at)
