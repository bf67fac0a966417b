"""The audit trail, the log's keys, and one's own account."""

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from zuji.checkin import published
from zuji.checkin.listings import latest_batches
from zuji.checkin.models import LogBatch
from zuji.console.blocks.columns import Code, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Words
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.pages import desk, entry_page, show
from zuji.console.scopes import last_instant, scope_name, scope_names
from zuji.console.verbs import VERBS
from zuji.core.models import AuditEntry
from zuji.people import second_factor
from zuji.people.access import own_grants
from zuji.people.audit import names_of, visible_entries
from zuji.people.enums import Right
from zuji.people.guards import needs

LATEST = 20
"""As much of one's own history as is shown."""


class AuditTable(ListTable):
    at = Moment("audit.at", css="nb")
    who = Text("audit.who", accessor="actor", empty="history.system", orderable=False)
    verb = Word("audit.verb", prefix="verb")
    kind = Word("audit.kind", prefix="kind")
    key = Code("audit.key", orderable=False)
    facts = Text("audit.facts", empty="", orderable=False)

    def __init__(self, data: QuerySet[AuditEntry], **options: object) -> None:
        super().__init__(data, **options)
        self.names = names_of(data.order_by().values_list("actor", flat=True).distinct())

    def render_who(self, value: int) -> str:
        return self.names.get(value) or gettext("account.erased")

    def render_facts(self, value: dict[str, object]) -> str:
        return gettext("list.comma").join(f"{name}={fact}" for name, fact in value.items())


class AuditFilters(ListFilters):
    verb = Words("audit.verb", prefix="verb", keys=VERBS)


AUDIT = Listing(table=AuditTable, filters=AuditFilters, file="audit", empty="audit.empty")


@needs(Right.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, when."""
    account, at = desk(request)
    return list_page(request, entry_page("settings", "audit"), AUDIT, visible_entries(account, at=at))


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
