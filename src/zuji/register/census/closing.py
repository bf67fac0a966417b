"""A round is closed as a long work, since every firm that it tells of is shown and judged anew."""

from datetime import datetime

from django.db import transaction

from zuji.core import works
from zuji.core.errors import Refused
from zuji.core.models import Work
from zuji.people.access import account_of
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.census import access
from zuji.register.census.errors import Refusal
from zuji.register.census.rounds import close_round

CLOSE = "census_close"


@transaction.atomic
def ask_close(*, actor: Account, round_id: int, at: datetime) -> Work:
    """Ask for a round to be closed; until the work comes to it forms are written to as before."""
    held = access.access_round(actor, round_id, Right.RUN_CENSUS, at=at, lock=True)
    if held.closed_at is not None:
        raise Refused(Refusal.CENSUS_CLOSED)
    facts = {"round": held.pk}
    return works.start(actor=actor, association_id=held.association_id, kind=CLOSE, facts=facts, total=1, at=at)


@works.long_work(CLOSE)
def run(progress: works.Progress, facts: works.Facts) -> works.Outcome:
    """Close it, in one transaction; one that was closed meanwhile is closed."""
    actor, at = account_of(progress.work.actor), progress.now()
    with progress.beating():
        try:
            held = close_round(actor=actor, round_id=facts["round"], at=at)
        except Refused as refused:
            if refused.code != Refusal.CENSUS_CLOSED:
                raise
            held = access.access_round(actor, facts["round"], Right.RUN_CENSUS, at=at)
    progress.step(1)
    return {"rows": held.source.rows.count() if held.source else 0}
