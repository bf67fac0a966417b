"""Views that somebody saved for themselves: a list with its filters, columns and order, under a name of its own.

They are a person's own bookmarks, seen by nobody else and changing nothing, so the audit trail does not tell of them.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from zuji.core.errors import CoreRefusal, Invalid, NotFound, Refused
from zuji.people.errors import Refusal
from zuji.people.models import Account, SavedView

NAME_CHARS, PAGE_CHARS, QUERY_CHARS = 40, 80, 2000
MOST = 12
"""Views of one list; more than fit in a row are no help."""


@dataclass(frozen=True, kw_only=True)
class NewView:
    """A list's route, the part of its address after the question mark, and the name that it gets."""

    page: str
    query: str
    name: str


def own_views(actor: Account, page: str) -> QuerySet[SavedView]:
    """What somebody saved of one list, oldest first."""
    return SavedView.objects.filter(account=actor, page=page)


def access_view(actor: Account, view_id: int) -> SavedView:
    """One's own view; another's is NotFound."""
    found = SavedView.objects.filter(account=actor, pk=view_id).first()
    if found is None:
        raise NotFound("saved_view")
    return found


@transaction.atomic
def save_view(*, actor: Account, view: NewView) -> SavedView:
    """Save a view; one of the same name over the same list is written anew."""
    name = _judged(view.name)
    if len(view.query) > QUERY_CHARS or len(view.page) > PAGE_CHARS or "\0" in view.query + view.page:
        raise Invalid(Refusal.VIEW_TOO_LONG)
    # in turn, so that two at once are counted
    Account.objects.select_for_update().get(pk=actor.pk)
    others = own_views(actor, view.page).exclude(name=name)
    if others.count() >= MOST:
        raise Refused(Refusal.TOO_MANY_VIEWS, most=MOST)
    saved, _ = SavedView.objects.update_or_create(
        account=actor, page=view.page, name=name, defaults={"query": view.query}
    )
    return saved


@transaction.atomic
def rename_view(*, actor: Account, view_id: int, name: str) -> SavedView:
    """Call a view something else."""
    view = access_view(actor, view_id)
    view.name = _judged(name)
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError as error:
        raise Refused(Refusal.VIEW_NAME_TAKEN, name=view.name) from error
    return view


def drop_view(*, actor: Account, view_id: int) -> None:
    """Forget a view; what it showed stays where it is."""
    access_view(actor, view_id).delete()


def _judged(name: str) -> str:
    name = " ".join(name.split())
    if "\0" in name:
        raise Invalid(CoreRefusal.TEXT_HAS_NUL, field="name")
    if not name or len(name) > NAME_CHARS:
        raise Invalid(Refusal.VIEW_NAME_MISSING, field="name", most=NAME_CHARS)
    return name
