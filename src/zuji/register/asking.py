"""The doubtful pairs of an association, as linking sees them now; what a person decided stays decided."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from zuji.register.enums import DoubtState
from zuji.register.gathering import Gathered
from zuji.register.linking import Doubt as Asked
from zuji.register.linking import Linked
from zuji.register.models import Doubt
from zuji.register.writing import why_kept

DECIDED = (DoubtState.SAME, DoubtState.DIFFERENT)
OPEN = (DoubtState.WAITING, DoubtState.LATER)
ASKED_ANEW = """
    update register_doubt set rank = fresh.rank, score = fresh.score, why = fresh.why, state = fresh.state
    from unnest(%s::bigint[], %s::int[], %s::float8[], %s::jsonb[], %s::text[]) as fresh (id, rank, score, why, state)
    where register_doubt.id = fresh.id
"""
Pair = tuple[int, int]


def write_doubts(association_id: int, gathered: Gathered, linked: Linked) -> int:
    """Ask what linking asks, the most useful first, and no more; how many pairs wait. The caller holds the lock."""
    asked = {_pair(each, gathered): _asked(rank, each) for rank, each in enumerate(linked.doubts, 1)}
    known = {(each.one_id, each.other_id): each for each in Doubt.objects.filter(association=association_id)}
    fresh = [
        Doubt(association_id=association_id, one_id=pair[0], other_id=pair[1], **said)
        for pair, said in asked.items()
        if pair not in known
    ]
    Doubt.objects.bulk_create(fresh)
    _ask_anew(each for pair, each in known.items() if pair in asked and _is_new(each, asked[pair]))
    over = [each.pk for pair, each in known.items() if pair not in asked and each.state in OPEN]
    Doubt.objects.filter(pk__in=over).update(state=DoubtState.OUTDATED)
    return Doubt.objects.filter(association=association_id, state__in=OPEN).count()


def _pair(asked: Asked, gathered: Gathered) -> Pair:
    one, other = sorted((gathered.rows[asked.one], gathered.rows[asked.other]))
    return one, other


def _asked(rank: int, asked: Asked) -> dict[str, Any]:
    return {"rank": rank, "score": asked.score, "why": why_kept(asked.why)}


def _is_new(doubt: Doubt, said: Mapping[str, Any]) -> bool:
    """Whether a known pair is asked otherwise than before; it says so from now on."""
    if doubt.state in DECIDED:
        return False
    fresh = {**said, "state": DoubtState.WAITING if doubt.state == DoubtState.OUTDATED else doubt.state}
    is_new = {name: getattr(doubt, name) for name in fresh} != fresh
    for name, value in fresh.items():
        setattr(doubt, name, value)
    return is_new


def _ask_anew(doubts: Iterable[Doubt]) -> None:
    rows = [(each.pk, each.rank, each.score, Jsonb(each.why), str(each.state)) for each in doubts]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ASKED_ANEW, [list(column) for column in zip(*rows, strict=True)])
