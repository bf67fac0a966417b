"""Publishing a figure: the one write of the ledger."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from zuji.briefing import access
from zuji.briefing.definitions import Definition
from zuji.briefing.enums import Verb
from zuji.briefing.errors import Refusal
from zuji.briefing.figures import rounded
from zuji.briefing.ledger import FIRST, Counted, Line
from zuji.briefing.models import Evidence, LedgerEntry, PublishedDefinition
from zuji.briefing.queries import Bounds, bounds_of, counted, definition_of, history
from zuji.core.audit import audit
from zuji.core.errors import NotFound, Refused
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.models import Account


@transaction.atomic
def publish(
    *, actor: Account | None, association_id: int, indicator: str, as_of: date | datetime, at: datetime
) -> LedgerEntry:
    """Write an indicator's figure to the ledger with the rows that it stands on; `actor` None is the home's operator.

    Publishing again what the indicator's last entry says already gives that entry.
    """
    if actor is not None:
        access.access_association(actor, association_id, Right.PUBLISH_FIGURES, at=at)
    definition = definition_of(indicator)
    association = _locked(association_id)
    bounds = bounds_of(association, as_of)
    # What may still happen cannot be published.
    if bounds.as_of > at:
        raise Refused(Refusal.CUT_OFF_AHEAD)
    # Counted under the lock, so that of two entries the later number never has the older rows.
    rows = counted(definition, bounds)
    last = history(association=association, indicator=indicator).first()
    if last and (last.as_of, last.definition_id, last.evidence_id) == (bounds.as_of, definition.digest, rows.digest):
        return last
    entry = _append(definition, rows, bounds, by=actor, at=at)
    entry.counted_campaign = rows.campaign
    audit(actor, Verb.FIGURE_PUBLISHED, entry, association_id=association.pk, at=at, digest=entry.digest)
    return entry


def _locked(association_id: int) -> Association:
    """An association whose ledger no other transaction writes to meanwhile; there is one chain for each."""
    association = Association.objects.select_for_update(no_key=True).filter(pk=association_id).first()
    if association is None:
        raise NotFound("association")
    return association


def _append(definition: Definition, rows: Counted, bounds: Bounds, *, by: Account | None, at: datetime) -> LedgerEntry:
    before = LedgerEntry.objects.filter(association=bounds.association).order_by("-number").first()
    line = Line(
        association_id=bounds.association,
        number=before.number + 1 if before else 1,
        indicator=definition.id,
        version=definition.version,
        definition_id=definition.digest,
        parameters={"campaign": bounds.campaign},
        as_of=bounds.as_of,
        published_at=at,
        published_by=by.pk if by else None,
        value=rows.value,
        qualifier=str(rounded(rows.value, definition.rule).qualifier),
        evidence_id=rows.digest,
        prev=before.digest if before else FIRST,
    )
    _keep(definition, rows)
    return LedgerEntry.objects.create(**asdict(line), digest=line.digest)


def _keep(definition: Definition, rows: Counted) -> None:
    """Store what an entry stands on, once for each digest, whoever comes first."""
    PublishedDefinition.objects.bulk_create(
        [PublishedDefinition(digest=definition.digest, text=definition.text)], ignore_conflicts=True
    )
    Evidence.objects.bulk_create(
        [Evidence(digest=rows.digest, columns=rows.columns, rows=rows.rows)], ignore_conflicts=True
    )
