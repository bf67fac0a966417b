"""Reading the audit trail: who may, what it says of one row or of all that somebody sees, and whose keys it names."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Max, Model, Q, QuerySet
from django.db.models.functions import Cast

from zuji.core.errors import NotFound
from zuji.core.models import AuditEntry
from zuji.people.enums import Right, Verb
from zuji.people.models import Account
from zuji.people.rights import Scope, scope_of

SIGN_INS = (Verb.SIGNED_IN, Verb.SIGN_IN_FAILED)


class Seen(NamedTuple):
    """Rows of a kind as somebody sees them: all of the scope's associations and campaigns, else what `rows` gives."""

    kind: str
    scope: Scope
    rows: Callable[[], QuerySet[Any]]


def visible_entries(account: Account | None, right: Right = Right.SEE_AUDIT, *, at: datetime) -> QuerySet[AuditEntry]:
    """Entries of the associations whose trail somebody may read, latest first."""
    return AuditEntry.objects.filter(association__in=scope_of(account, right, at=at).associations)


def entries_about(row: Model) -> QuerySet[AuditEntry]:
    """What was done to one row, latest first; whoever may see the row may see this."""
    return AuditEntry.objects.filter(kind=row._meta.label_lower, key=str(row.pk))


def entries_about_any(rows: Iterable[Model]) -> QuerySet[AuditEntry]:
    """What was done to any of some rows, latest first; whoever may see the rows may see this."""
    wanted = Q(pk__in=())
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row._meta.label_lower, []).append(str(row.pk))
    for kind, keys in kinds.items():
        wanted |= Q(kind=kind, key__in=keys)
    return AuditEntry.objects.filter(wanted)


def entry_of(entry_id: int) -> AuditEntry:
    """One entry by its key, for whoever takes it back; whether they may is asked of the row that it is about."""
    found = AuditEntry.objects.filter(pk=entry_id).first()
    if found is None:
        raise NotFound("entry")
    return found


def entries_about_seen(seen: Iterable[Seen], *, whole: frozenset[int] = frozenset()) -> QuerySet[AuditEntry]:
    """What was done to whatever somebody sees, latest first: the same rule for many rows.

    Of the `whole` associations everything is told.
    """
    wanted = Q(association__in=whole) if whole else Q(pk__in=())
    kinds: dict[Scope, list[str]] = {}
    for kind, scope, rows in seen:
        kinds.setdefault(scope, []).append(kind)
        if scope.organisations:
            # the keys themselves, which are few: so their entries are read from an index, however long the trail is
            wanted |= Q(kind=kind, key__in=[key for (key,) in keys_of(rows())])
    for scope, named in kinds.items():
        if others := scope.associations - whole:
            wanted |= Q(association__in=others, kind__in=named)
        if scope.campaigns:
            wanted |= Q(campaign__in=scope.campaigns, kind__in=named)
    return AuditEntry.objects.filter(wanted)


def keys_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of rows as the trail writes them."""
    return rows.order_by().values_list(Cast("pk", CharField()))


def failed_sign_ins(
    account: Account | None, right: Right = Right.MANAGE_ACCOUNTS, *, since: datetime, at: datetime
) -> list[tuple[int, int, datetime]]:
    """Accounts over which somebody has a right that were not entered: key, how often since an instant, and when last;
    the most often on top.
    """
    scope = scope_of(account, right, at=at)
    failed = _of_accounts(scope.associations, Verb.SIGN_IN_FAILED, since)
    rows = failed.order_by().values_list("key").annotate(times=Count("pk"), last=Max("at")).order_by("-times", "key")
    return [(int(key), times, last) for key, times, last in rows]


def viewings(
    account: Account | None, right: Right = Right.SEE_AUDIT, *, since: datetime, at: datetime
) -> QuerySet[AuditEntry]:
    """How somebody began to look as another since an instant, where one may read the trail."""
    return _of_accounts(scope_of(account, right, at=at).associations, Verb.VIEWING_BEGUN, since)


def _of_accounts(associations: frozenset[int], verb: Verb, since: datetime) -> QuerySet[AuditEntry]:
    kind = Account._meta.label_lower
    return AuditEntry.objects.filter(kind=kind, association__in=associations, verb=verb, at__gte=since)


def last_visit(account: Account) -> datetime | None:
    """When somebody had signed in before they did for this visit."""
    own = entries_about(account).filter(verb=Verb.SIGNED_IN).values_list("at", flat=True)
    return next(iter(own[1:2]), None)


def names_of(keys: Iterable[int | None]) -> dict[int, str]:
    """Names of accounts by key; an erased account has an empty one."""
    wanted = {key for key in keys if key is not None}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def actors_named(account: Account, text: str) -> QuerySet[Any]:
    """The keys of those of one's own association whose name holds a text."""
    return Account.objects.filter(association=account.association_id, name__icontains=text).values("pk")
