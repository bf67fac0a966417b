"""Organisations of a district."""

from datetime import date

from tests.cast import DAY, Cast
from zuji.committee.actions import add_organisation
from zuji.committee.enums import OrganisationKind
from zuji.committee.models import Organisation
from zuji.committee.values import OrganisationValues
from zuji.core.models import Association
from zuji.people.models import Account

FOUNDED = date(2018, 11, 1)


def branch(
    cast: Cast,
    name: str,
    kind: OrganisationKind = OrganisationKind.BRANCH,
    association: Association | None = None,
    actor: Account | None = None,
) -> Organisation:
    """An organisation of the cast's district, or of another one, from its founding on."""
    values = OrganisationValues(name=name, kind=kind, since=FOUNDED)
    association_id = (association or cast.panyu).pk
    return add_organisation(actor=actor or cast.mei, association_id=association_id, values=values, at=DAY)
