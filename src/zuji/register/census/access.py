"""To fetch is to be allowed: rounds of the census and their forms, by association or by town, or by a form's link."""

import hashlib
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.enums import FormState


def visible_rounds(account: Account | None, right: Right = Right.SEE_CENSUS, *, at: datetime) -> QuerySet[CensusRound]:
    """Rounds of the associations over which somebody has a right, and those in which a town of theirs has forms."""
    scope = scope_of(account, right, at=at)
    if account is None:
        return CensusRound.objects.none()
    of_towns = CensusForm.objects.filter(round=OuterRef("pk"), town__in=[str(town) for town in scope.towns])
    towns = Q(Exists(of_towns), association=account.association_id)
    return CensusRound.objects.filter(Q(association__in=scope.associations) | towns)


def access_round(
    account: Account | None, round_id: int, right: Right, *, at: datetime, lock: bool = False
) -> CensusRound:
    """One round to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = CensusRound.objects.filter(pk__in=visible_rounds(account, right, at=at).values("pk"))
    found = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).filter(pk=round_id).first()
    if found is None:
        seen = visible_rounds(account, at=at).filter(pk=round_id).exists()
        raise Forbidden(right) if seen else NotFound("census_round")
    return found


def visible_forms(account: Account | None, right: Right = Right.SEE_CENSUS, *, at: datetime) -> QuerySet[CensusForm]:
    """Forms over which somebody has a right: of an association all, of an enumerator those of their towns."""
    scope = scope_of(account, right, at=at)
    if account is None:
        return CensusForm.objects.none()
    towns = Q(round__association=account.association_id, town__in=[str(town) for town in scope.towns])
    rows = CensusForm.objects.filter(Q(round__association__in=scope.associations) | towns)
    return rows.select_related("round", "enterprise__card")


def access_form(account: Account | None, form_id: int, right: Right, *, at: datetime, lock: bool = False) -> CensusForm:
    """One form to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_forms(account, right, at=at).filter(pk=form_id)
    found = _locked(rows) if lock else rows.first()
    if found is None:
        seen = visible_forms(account, at=at).filter(pk=form_id).exists()
        raise Forbidden(right) if seen else NotFound("census_form")
    return found


def sees_counts(account: Account, form: CensusForm, *, at: datetime) -> bool:
    """Whether somebody sees small counts as they are: who entered them, who checked them, and who is to check them."""
    if account.pk in (form.entered_by, form.checked_by):
        return True
    return (
        form.state == FormState.HANDED_IN
        and visible_forms(account, Right.RUN_CENSUS, at=at).filter(pk=form.pk).exists()
    )


def form_by_token(token: str, *, lock: bool = False) -> CensusForm:
    """The form that a link opens without an account; a wrong link looks like one of a form that is not."""
    rows = CensusForm.objects.select_related("round", "enterprise__card")
    digest = digest_of(token)
    found = _locked(rows.filter(token_digest=digest)) if lock else rows.filter(token_digest=digest).first()
    if found is None:
        raise NotFound("census_form")
    return found


def _locked(rows: QuerySet[CensusForm]) -> CensusForm | None:
    """The one form among rows, locked after its round, as everything that locks both does."""
    for round_id in rows.values_list("round", flat=True):
        share_round(round_id)
    return rows.select_for_update(of=("self",), no_key=True).first()


def share_round(round_id: int) -> None:
    """Keep a round from closing until what is being done to a form of it is done; other forms need not wait."""
    # Django's select_for_update knows no FOR SHARE, and a lock of one's own would let one form wait for another
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM register_censusround WHERE id = %s FOR SHARE", [round_id])


def digest_of(token: str) -> str:
    """What is kept of a link's token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
