"""The audit trail, the log's keys, and one's own account."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from zuji.checkin import published
from zuji.checkin.listings import latest_batches
from zuji.checkin.models import LogBatch
from zuji.console.blocks.history import timeline
from zuji.console.pages import desk, entry_page, show
from zuji.console.scopes import last_instant, scope_name, scope_names
from zuji.people import second_factor
from zuji.people.access import own_grants
from zuji.people.enums import Right
from zuji.people.guards import needs

LATEST = 20
"""As much of one's own history as is shown."""


@needs(Right.SEE_FRAME)
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, how one signs in, and what was done with it, by support too."""
    account, at = desk(request)
    grants = list(own_grants(account, at=at).select_related("account", "lent_by"))
    names = scope_names(grants)
    return show(
        request,
        "console/me.html",
        entry_page("settings", "me"),
        account=account,
        grants=[(one, scope_name(one, names), last_instant(one)) for one in grants],
        has_factor=second_factor.is_set_up(account),
        timeline=timeline(account, {})[:LATEST],
    )


@needs(Right.SEE_FRAME)
def keys(request: HttpRequest) -> HttpResponse:
    """The log's head, which can be printed each day, and the keys that verify receipts."""
    return show(
        request,
        "console/keys_page.html",
        entry_page("settings", "keys"),
        head=published.log_head(),
        keys=published.log_keys()["keys"],
        batches=[_batch(batch) for batch in latest_batches(20)],
    )


def _batch(batch: LogBatch) -> dict[str, object]:
    at = datetime.fromtimestamp(batch.time_ms / 1000, tz=UTC)
    return {"at": at, "epoch": batch.epoch, "size": batch.size, "head": bytes(batch.head).hex(), "key": batch.key_id}
