"""What stands in a campaign's matrix now, in few and quick reads, for boards that are drawn again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Max

from zuji.checkin.matrix import Key
from zuji.checkin.models import Campaign, Checkpoint, Correction, MatrixCell

_SIGNED_UP: Final = """select organisation_id, count(*) filter (where withdrawn_at is null)
from checkin_pass where campaign_id = %s group by 1 order by min(id)"""
_CAME_WITHDRAWN: Final = """select count(*) from checkin_pass as pass
where pass.campaign_id = %s and pass.withdrawn_at is not null and exists (
    select from checkin_item as item where item.campaign_id = pass.campaign_id and item.pass_id = pass.id
    and item.outcome = 'accepted' and item.first_id is null
)"""


class Cell(NamedTuple):
    """How often somebody checked in, seats among them, and when the last of it arrived."""

    delivered: int
    seats: int
    last_received: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Cells by organisation and checkpoint, rehearsals' too; `corrections` grows with each correction."""

    cells: dict[Key, Cell]
    corrections: int

    @property
    def by_organisation(self) -> dict[int, object]:
        """The cells of each organisation, as something that differs once any of them does."""
        found: dict[int, list[tuple[Key, Cell]]] = {}
        for key, cell in self.cells.items():
            found.setdefault(key[0], []).append((key, cell))
        return dict(found)

    def passes_at(self, organisation: int, checkpoint: int) -> int:
        """How many passes of an organisation count at a checkpoint."""
        cell = self.cells.get((organisation, checkpoint))
        return cell.delivered - cell.seats if cell else 0


@dataclass(frozen=True, kw_only=True)
class SignedUp:
    """Organisations in the order of their first pass, and how many passes were issued: those that were withdrawn are
    left out unless their holders had checked in.
    """

    organisations: list[int]
    passes: int


@contextmanager
def one_view() -> Iterator[None]:
    """Within this block all that is read stands as of one instant; within another transaction that is its affair."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def standing(campaign: Campaign) -> Standing:
    """The cells of a campaign as they are now."""
    last = Correction.objects.filter(campaign=campaign).aggregate(last=Max("pk"))["last"]
    rows = MatrixCell.objects.filter(checkpoint__activity__campaign=campaign).order_by("organisation", "checkpoint")
    values = rows.values_list("organisation_id", "checkpoint_id", "delivered", "seats", "last_received")
    return Standing(cells={(row[0], row[1]): Cell(*row[2:]) for row in values}, corrections=last or 0)


def signed_up(campaign: Campaign) -> SignedUp:
    """Who has passes in a campaign, in the order of signing up."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED_UP, [campaign.pk])
        rows = cursor.fetchall()
        cursor.execute(_CAME_WITHDRAWN, [campaign.pk])
        (came,) = cursor.fetchone()
    return SignedUp(organisations=[key for key, _ in rows], passes=sum(count for _, count in rows) + came)


def doors_of(campaign: Campaign) -> list[int]:
    """Every checkpoint of a campaign, rehearsals' too: the columns of its matrix."""
    return list(Checkpoint.objects.filter(activity__campaign=campaign).order_by("pk").values_list("pk", flat=True))
