"""Passes on paper: ten to a sheet, to be cut, each with its code."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from zuji.checkin.models import Campaign, Pass
from zuji.console.blocks import qr
from zuji.console.blocks.print import typeset
from zuji.core.ids import b64
from zuji.core.templatetags.words import day, named, say

MOST = 600
"""So many fill sixty sheets and take some seconds."""


def pass_url(walk_pass: Pass) -> str:
    """What the code of a pass says: to hold it is to be let in, so it goes to its holder alone."""
    return f"{settings.BASE_URL}/p/{b64(bytes(walk_pass.token or b''))}"


def pass_sheet(campaign: Campaign, passes: Sequence[Pass], *, at: datetime) -> bytes:
    """A PDF of A4 sheets; every pass has its token."""
    data: dict[str, object] = {
        "title": named(campaign),
        "days": say("pass.days", first=day(campaign.opens_on), last=day(campaign.closes_on)),
        "how": gettext("pass.how"),
        "passes": [_card(each) for each in passes],
    }
    return typeset("passes.typ", data, to="pdf", at=at)


def _card(walk_pass: Pass) -> dict[str, str]:
    detail = getattr(walk_pass, "detail", None)
    return {
        "qr": qr.modules(pass_url(walk_pass)),
        "number": say("pass.number", number=walk_pass.pk),
        "organisation": walk_pass.organisation.name,
        "nickname": detail.nickname if detail else "",
        "group": say("pass.group_is", group=walk_pass.group) if walk_pass.group else "",
    }
