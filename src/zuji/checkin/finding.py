"""Finding a check-in by what stands on a participant's screen."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from zuji.checkin.models import Item, LogBatch

LEAF_BYTES = 32


def items_by_check_code(items: QuerySet[Item], code: str) -> QuerySet[Item]:
    """Items whose receipt shows this code of eight hexadecimal digits, the start of their leaf in the log."""
    start = bytes.fromhex(code)
    holding = LogBatch.objects.annotate(place=RawSQL("position(%s in leaves)", [start])).filter(place__gt=0)
    leaves = [(batch.pk, index) for batch in holding for index in _places(bytes(batch.leaves), start)]
    if not leaves:
        return items.none()
    return items.filter(reduce(or_, (Q(batch_id=batch, leaf_index=index) for batch, index in leaves)))


def _places(leaves: bytes, start: bytes) -> Iterator[int]:
    for place in range(0, len(leaves), LEAF_BYTES):
        if leaves[place : place + len(start)] == start:
            yield place // LEAF_BYTES
