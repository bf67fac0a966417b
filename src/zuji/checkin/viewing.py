"""Who sees what of a matrix: all of it, one's own organisations, or what everybody may see."""

from datetime import datetime
from typing import Final, NamedTuple

from zuji.checkin.matrix import Matrix, masked
from zuji.checkin.models import Campaign
from zuji.checkin.queries import matrix
from zuji.committee.models import ParticipantOrganisation
from zuji.core.errors import NotFound
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of


class View(NamedTuple):
    """Organisations in full, all of them where None; or none of them in full, only the masked whole."""

    organisations: frozenset[int] | None = None
    masked: bool = False


ALL: Final = View()
PUBLIC: Final = View(masked=True)


def campaign_of(campaign_id: int) -> Campaign:
    """A campaign whose matrix everybody may look at, masked."""
    found = Campaign.objects.select_related("association").filter(pk=campaign_id).first()
    if found is None:
        raise NotFound("campaign")
    return found


def view_of(account: Account | None, campaign: Campaign, *, at: datetime) -> View:
    """How much of a campaign's matrix somebody sees; a contact sees the rows of their own organisations."""
    scope = scope_of(account, Right.SEE_MATRIX, at=at)
    if campaign.association_id in scope.associations or campaign.pk in scope.campaigns:
        return ALL
    own = ParticipantOrganisation.objects.filter(association=campaign.association_id, pk__in=scope.organisations)
    organisations = frozenset(own.values_list("pk", flat=True))
    return View(organisations) if organisations else PUBLIC


def matrix_seen(campaign: Campaign, view: View, *, as_of: datetime) -> Matrix:
    """The matrix as such a view shows it."""
    if view.masked:
        return masked(matrix(campaign, as_of=as_of))
    return matrix(campaign, as_of=as_of, organisations=view.organisations)
