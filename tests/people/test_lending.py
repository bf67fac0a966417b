"""A lead lends a role for a time: their own or a lesser one, never on from a loan, and it ends by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from psycopg.types.range import Range

from tests.cast import DAY, Cast, account
from zuji.core.errors import Forbidden, NotFound, Problem, Refused
from zuji.core.models import AuditEntry
from zuji.people.access import lendable_by, lent_grants
from zuji.people.actions import close_account, end_role, grant_role, lend_role, take_back_role
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.errors import Refusal
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import KEPT_APART, LENDABLE, RIGHTS, rights_of, scope_of

TODAY = date(2021, 7, 26)
GUANGZHOU = ZoneInfo("Asia/Shanghai")
LATER = DAY + timedelta(hours=1)


@pytest.fixture
def sue(cast: Cast) -> Account:
    return account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)


@pytest.fixture
def wen(cast: Cast) -> Account:
    """A colleague without any role."""
    return Account.objects.create_user("wen", association=cast.panyu, name="Wen")


def lend(cast: Cast, to: Account, **changes: object) -> RoleGrant:
    values: dict[str, object] = {"role": Role.OFFICE, "scope_id": cast.panyu.pk, "until": TODAY, "at": DAY}
    return lend_role(**({"actor": cast.mei, "account_id": to.pk} | values | changes))


def code_of(act: object) -> str:
    with pytest.raises(Problem) as refusal:
        act()
    return refusal.value.code


def test_a_lent_role_gives_its_rights_until_the_midnight_after_its_last_day(cast: Cast, wen: Account) -> None:
    lend(cast, wen, until=date(2021, 7, 28))
    midnight = datetime(2021, 7, 29, tzinfo=GUANGZHOU)
    assert rights_of(wen, at=DAY) == RIGHTS[Role.OFFICE]
    assert rights_of(wen, at=midnight - timedelta(seconds=1)) == RIGHTS[Role.OFFICE]
    assert rights_of(wen, at=midnight) == set()


def test_a_role_lent_for_today_holds_to_the_end_of_the_day(cast: Cast, wen: Account) -> None:
    lend(cast, wen)
    assert rights_of(wen, at=datetime(2021, 7, 26, 23, 59, 59, tzinfo=GUANGZHOU))


def test_the_audit_trail_says_who_lent_what_until_when(cast: Cast, wen: Account) -> None:
    made = lend(cast, wen)
    entry = AuditEntry.objects.get(verb="role_lent")
    assert (made.lent_by, entry.actor, entry.key) == (cast.mei, cast.mei.pk, str(wen.pk))
    assert entry.facts == {"role": "office", "scope": f"association:{cast.panyu.pk}", "until": "2021-07-26"}


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (TODAY - timedelta(days=1), Refusal.LENT_UNTIL_PAST),
        (TODAY + timedelta(days=31), Refusal.LENT_TOO_LONG),
        (TODAY + timedelta(days=400), Refusal.LENT_TOO_LONG),
    ],
)
def test_an_end_in_the_past_or_beyond_thirty_one_days_is_refused_beside_its_field(
    cast: Cast, wen: Account, until: date, code: str
) -> None:
    with pytest.raises(Problem) as refusal:
        lend(cast, wen, until=until)
    assert (refusal.value.code, refusal.value.facts["field"]) == (code, "until")
    assert not RoleGrant.objects.filter(account=wen).exists()


def test_thirty_one_days_with_today_are_the_longest(cast: Cast, wen: Account) -> None:
    made = lend(cast, wen, until=TODAY + timedelta(days=30))
    assert made.during.upper == datetime(2021, 8, 26, tzinfo=GUANGZHOU)


def test_the_day_is_the_associations_not_greenwichs(cast: Cast, wen: Account) -> None:
    past_midnight_there = datetime(2021, 7, 26, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert code_of(lambda: lend(cast, wen, at=past_midnight_there)) == Refusal.LENT_UNTIL_PAST


@pytest.mark.parametrize("role", [role for role in Role if role not in LENDABLE])
def test_no_other_role_is_lent_and_no_overseers_of_all(cast: Cast, wen: Account, role: Role) -> None:
    assert code_of(lambda: lend(cast, wen, role=role)) == Refusal.ROLE_NOT_LENDABLE
    assert not set(LENDABLE) & KEPT_APART


def test_the_own_role_can_be_lent_and_a_stewards_over_a_campaign(cast: Cast, wen: Account) -> None:
    lend(cast, wen, role=Role.OFFICE_LEAD)
    lend(cast, wen, role=Role.STEWARD, scope_id=cast.campaign.pk)
    assert scope_of(wen, Right.SHOW_CODES, at=DAY).campaigns == {cast.campaign.pk}


def test_what_is_lent_is_not_lent_on(cast: Cast, wen: Account) -> None:
    lend(cast, wen, role=Role.OFFICE_LEAD)
    assert lendable_by(wen, at=DAY) == []
    assert code_of(lambda: lend(cast, cast.guo, actor=wen)) == Refusal.ROLE_NOT_THEIRS_TO_LEND


def test_nobody_lends_to_themselves_nor_to_a_closed_account(cast: Cast, wen: Account) -> None:
    assert code_of(lambda: lend(cast, cast.mei)) == Refusal.NOT_TO_ONESELF
    close_account(actor=None, account_id=wen.pk, at=DAY)
    assert code_of(lambda: lend(cast, wen)) == Refusal.ACCOUNT_CLOSED


def test_only_a_lead_lends_and_only_within_the_own_association(cast: Cast, wen: Account, sue: Account) -> None:
    for actor in (cast.tao, cast.guo, cast.lan):
        with pytest.raises((Forbidden, NotFound)):
            lend(cast, wen, actor=actor)
    with pytest.raises(Forbidden):
        lend(cast, wen, actor=sue)
    with pytest.raises(NotFound):
        lend(cast, wen, actor=cast.qin)
    for scope in ({"scope_id": cast.other.pk}, {"role": Role.STEWARD, "scope_id": cast.foreign.pk}):
        assert code_of(lambda scope=scope: lend(cast, wen, **scope)) == Refusal.SCOPE_NOT_THEIRS


def test_a_role_that_is_held_already_is_not_lent_beside_it(cast: Cast) -> None:
    assert code_of(lambda: lend(cast, cast.tao)) == Refusal.ROLE_ALREADY_HELD


def test_a_role_that_begins_within_the_loan_is_not_overlapped(cast: Cast, wen: Account) -> None:
    own = RoleGrant(account=wen, role=Role.OFFICE, scope_kind=ScopeKind.ASSOCIATION, scope_id=cast.panyu.pk)
    own.during = Range(DAY + timedelta(days=3), None)
    own.save()
    assert code_of(lambda: lend(cast, wen, until=TODAY + timedelta(days=5))) == Refusal.ROLE_ALREADY_HELD
    lend(cast, wen, until=TODAY + timedelta(days=2))


def test_while_a_role_is_lent_it_is_not_granted_and_afterwards_it_is(cast: Cast, wen: Account, sue: Account) -> None:
    lend(cast, wen)
    wanted = {"actor": sue, "account_id": wen.pk, "role": Role.OFFICE, "scope_id": cast.panyu.pk}
    assert code_of(lambda: grant_role(**wanted, at=DAY)) == Refusal.ROLE_ALREADY_HELD
    assert grant_role(**wanted, at=DAY + timedelta(days=1)).lent_by is None


def test_a_lent_role_is_taken_back_before_its_day(cast: Cast, wen: Account) -> None:
    made = lend(cast, wen, until=TODAY + timedelta(days=9))
    take_back_role(actor=cast.mei, grant_id=made.pk, at=LATER)
    assert rights_of(wen, at=DAY)
    assert not rights_of(wen, at=LATER)
    assert AuditEntry.objects.get(verb="role_taken_back").actor == cast.mei.pk
    assert code_of(lambda: take_back_role(actor=cast.mei, grant_id=made.pk, at=LATER)) == Refusal.ROLE_ALREADY_ENDED


def test_what_was_granted_is_not_taken_back_like_a_loan_nor_by_another_association(cast: Cast, wen: Account) -> None:
    granted, made = RoleGrant.objects.get(account=cast.tao), lend(cast, wen)
    for actor, grant in ((cast.mei, granted), (cast.qin, made)):
        with pytest.raises(NotFound):
            take_back_role(actor=actor, grant_id=grant.pk, at=LATER)
    with pytest.raises(NotFound):
        take_back_role(actor=cast.tao, grant_id=made.pk, at=LATER)


def test_a_security_officer_ends_a_loan_like_any_role(cast: Cast, wen: Account, sue: Account) -> None:
    made = lend(cast, wen)
    end_role(actor=sue, grant_id=made.pk, at=LATER)
    assert not rights_of(wen, at=LATER)


def test_loans_are_listed_to_who_sees_accounts_the_last_to_end_first(cast: Cast, wen: Account, sue: Account) -> None:
    first, second = lend(cast, wen), lend(cast, cast.guo, until=TODAY + timedelta(days=4))
    for seer in (cast.mei, sue):
        assert list(lent_grants(seer, at=DAY)) == [second, first]
    for who in (cast.tao, cast.qin, None):
        assert not lent_grants(who, at=DAY)


def test_the_database_itself_keeps_a_loan_from_being_endless(cast: Cast, wen: Account) -> None:
    made = lend(cast, wen)
    with pytest.raises(IntegrityError, match="role_lent_has_an_end"):
        RoleGrant.objects.filter(pk=made.pk).update(during=Range(DAY, None))


def test_a_refused_loan_leaves_no_trace(cast: Cast, wen: Account) -> None:
    with pytest.raises(Refused):
        lend(cast, cast.tao)
    assert not AuditEntry.objects.filter(verb="role_lent").exists()
