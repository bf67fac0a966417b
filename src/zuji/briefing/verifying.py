"""Does the ledger hold? Every entry is recomputed from its evidence, and asked again of the live records."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import chain, pairwise

from django.db import DatabaseError, transaction

from zuji.briefing.definitions import BadDefinition, parse, text_digest
from zuji.briefing.enums import Flaw
from zuji.briefing.ledger import FIRST, Counted, Line
from zuji.briefing.models import Evidence, LedgerEntry, PublishedDefinition
from zuji.briefing.queries import Bounds, counted
from zuji.core.models import Association


@dataclass(frozen=True)
class Check:
    """What was found of one entry. `flaws` is empty when it holds.

    `live` is what the entry's own definition counts today, None where it can no longer be asked. Another answer today
    is no flaw: phones deliver late, and check-ins are corrected.
    """

    entry: LedgerEntry
    flaws: tuple[Flaw, ...]
    live: int | None
    same_rows: bool


def verify(*, association: Association) -> list[Check]:
    """Check a whole ledger, oldest entry first."""
    entries = LedgerEntry.objects.filter(association=association).order_by("number")
    return [_check(entry, before) for before, entry in pairwise(chain([None], entries)) if entry]


def _check(entry: LedgerEntry, before: LedgerEntry | None) -> Check:
    flaws = tuple(_flaws(entry, before))
    bounds = Bounds(association=entry.association_id, campaign=entry.parameters["campaign"], as_of=entry.as_of)
    # A text that no longer fits its digest is not run.
    now = None if Flaw.DEFINITION_CHANGED in flaws else _live(entry.definition_id, bounds)
    return Check(
        entry=entry,
        flaws=flaws,
        live=None if now is None else now.value,
        same_rows=now is not None and now.digest == entry.evidence_id,
    )


def _flaws(entry: LedgerEntry, before: LedgerEntry | None) -> Iterator[Flaw]:
    evidence = Evidence.objects.get(pk=entry.evidence_id)
    # Not `Counted.of`, which would put tampered rows in order again.
    rows = Counted(tuple(evidence.columns), tuple(map(tuple, evidence.rows)))
    line = Line(**{field.name: getattr(entry, field.name) for field in fields(Line)})
    text = PublishedDefinition.objects.get(pk=entry.definition_id).text
    found = {
        Flaw.NUMBER_MISSING: entry.number != (before.number + 1 if before else 1),
        Flaw.CHAIN_BROKEN: entry.prev != (before.digest if before else FIRST),
        Flaw.ENTRY_CHANGED: entry.digest != line.digest,
        Flaw.DEFINITION_CHANGED: entry.definition_id != text_digest(text),
        Flaw.EVIDENCE_CHANGED: entry.evidence_id != rows.digest,
        Flaw.VALUE_DIFFERS: entry.value != rows.value,
    }
    yield from (flaw for flaw, holds in found.items() if holds)


def _live(definition_id: str, bounds: Bounds) -> Counted | None:
    text = PublishedDefinition.objects.get(pk=definition_id).text
    try:
        with transaction.atomic():
            return counted(parse(text), bounds)
    except (BadDefinition, DatabaseError):
        # A later version may have dropped a fact that an old definition reads.
        return None
