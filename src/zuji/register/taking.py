"""Lists are taken into the register, and taken back, as long works: watched, stopped, and taken up where they died."""

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from zuji.core import works
from zuji.core.audit import audit
from zuji.core.errors import Invalid
from zuji.core.models import Work
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register import access
from zuji.register.enums import ListState, Verb
from zuji.register.errors import Refusal
from zuji.register.models import SourceList
from zuji.register.relinking import Progress, Relinked, end_links, relink
from zuji.register.staging import refuse_unless

TAKE_IN, TAKE_BACK = "register_take_in", "register_take_back"
PARTS = 100


@transaction.atomic
def take_in(*, actor: Account, list_ids: Collection[int], at: datetime) -> Work:
    """Ask for staged lists of one association to be taken into the register, all at once."""
    lists = [access.access_list(actor, each, Right.IMPORT_LISTS, at=at) for each in sorted(set(list_ids))]
    associations = {each.authority.association_id for each in lists}
    if not associations:
        raise Invalid(Refusal.LISTS_NONE, field="list_ids")
    if len(associations) > 1:
        raise Invalid(Refusal.LISTS_OF_TWO, field="list_ids")
    (association_id,) = associations
    access.access_register(actor, association_id, Right.IMPORT_LISTS, at=at)
    lists = [access.access_list(actor, each.pk, Right.IMPORT_LISTS, at=at, lock=True) for each in lists]
    for each in lists:
        refuse_unless(each, ListState.STAGED, Refusal.LIST_NOT_STAGED)
    return _ask(actor, association_id, TAKE_IN, lists, at)


@transaction.atomic
def take_back(*, actor: Account, list_id: int, at: datetime) -> Work:
    """Take a whole list out of the register: from now on it counts no more, and a work brings the firms in line."""
    found = access.access_list(actor, list_id, Right.IMPORT_LISTS, at=at)
    association_id = found.authority.association_id
    access.access_register(actor, association_id, Right.IMPORT_LISTS, at=at)
    found = access.access_list(actor, list_id, Right.IMPORT_LISTS, at=at, lock=True)
    refuse_unless(found, ListState.TAKEN_IN, Refusal.LIST_NOT_TAKEN_IN)
    found.state, found.taken_back_at = ListState.TAKEN_BACK, at
    found.save(update_fields=["state", "taken_back_at"])
    end_links(found, at=at)
    audit(actor, Verb.LIST_TAKEN_BACK, found, association_id=association_id, at=at)
    return _ask(actor, association_id, TAKE_BACK, [found], at)


def _ask(actor: Account, association_id: int, kind: str, lists: Collection[SourceList], at: datetime) -> Work:
    keys = [each.pk for each in lists]
    facts = {"lists": keys, "at": at.isoformat()}
    work = works.start(actor=actor, association_id=association_id, kind=kind, facts=facts, total=PARTS, at=at)
    SourceList.objects.filter(pk__in=keys).update(work=work)
    return work


def take_in_at_once(association_id: int, list_ids: Collection[int], *, at: datetime, progress: Progress) -> Relinked:
    """The same by the home itself, which waits for it; lists that are in already stay as they are."""
    return relink(association_id, at=at, progress=progress, bringing=list_ids)


@works.long_work(TAKE_IN)
@works.long_work(TAKE_BACK)
def run(progress: works.Progress, facts: works.Facts) -> works.Outcome:
    """Link anew with the lists that this work is to bring in; after a death, with those that it has brought in."""
    work = progress.work
    # a list that went another way while the work was stopped is left alone
    bringing = SourceList.objects.filter(pk__in=facts["lists"], work=work, state=ListState.STAGED)
    with progress.beating():
        done = relink(
            work.association_id,
            at=datetime.fromisoformat(facts["at"]),
            progress=_told(progress),
            bringing=list(bringing.values_list("pk", flat=True)),
            actor=Account.objects.filter(pk=work.actor).first(),
        )
    return asdict(done)


def _told(progress: works.Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress.step(done, total=total)
