"""Accounts are made by an administrator, roles granted by a security officer, and nobody does either to themselves."""

from datetime import timedelta

import pytest

from tests.cast import DAY, Cast, account
from zuji.core.errors import Forbidden, Invalid, NotFound, Problem, Refused
from zuji.core.models import AuditEntry
from zuji.people.actions import close_account, end_role, grant_role, make_account, make_sign_in_link
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.errors import Refusal
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import scope_of
from zuji.people.values import NewAccount

LATER = DAY + timedelta(hours=1)


@pytest.fixture
def ann(cast: Cast) -> Account:
    return account(cast.panyu, "Ann", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)


@pytest.fixture
def sue(cast: Cast) -> Account:
    return account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)


def new(**changes: object) -> NewAccount:
    return NewAccount(**{"username": "ping", "name": "Ping"} | changes)


def test_a_new_account_may_do_nothing_until_a_role_is_granted(cast: Cast, ann: Account, sue: Account) -> None:
    made = make_account(actor=ann, association_id=cast.panyu.pk, values=new(), at=DAY)
    assert not made.has_usable_password()
    assert not scope_of(made, Right.SEE_FRAME, at=DAY)
    grant_role(actor=sue, account_id=made.pk, role=Role.OFFICE, scope_id=cast.panyu.pk, at=DAY)
    assert scope_of(made, Right.SEE_FRAME, at=DAY).associations == {cast.panyu.pk}


def test_the_audit_trail_says_who_made_the_account_and_which_role_was_granted(
    cast: Cast, ann: Account, sue: Account
) -> None:
    made = make_account(actor=ann, association_id=cast.panyu.pk, values=new(), at=DAY)
    grant_role(actor=sue, account_id=made.pk, role=Role.STEWARD, scope_id=cast.campaign.pk, at=LATER)
    granted, first = AuditEntry.objects.filter(key=str(made.pk))
    assert (first.actor, first.verb, first.facts) == (ann.pk, "account_made", {})
    assert (granted.actor, granted.verb) == (sue.pk, "role_granted")
    assert granted.facts == {"role": "steward", "scope": f"campaign:{cast.campaign.pk}"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "MEI"}, Refusal.USERNAME_TAKEN),
        ({"username": "two words"}, Refusal.BAD_USERNAME),
        ({"username": "x" * 65}, Refusal.BAD_USERNAME),
        ({"name": "  "}, Refusal.NAME_MISSING),
        ({"name": "P\0"}, "text_has_nul"),
        ({"password": "elevenchars"}, Refusal.PASSWORD_TOO_WEAK),
        ({"password": "password1234"}, Refusal.PASSWORD_TOO_WEAK),
        ({"password": "pingpingping", "username": "pingpingping"}, Refusal.PASSWORD_TOO_WEAK),
    ],
)
def test_an_account_that_cannot_be_is_refused_by_code(
    cast: Cast, ann: Account, changes: dict[str, object], code: str
) -> None:
    before = Account.objects.count()
    with pytest.raises(Problem) as refusal:
        make_account(actor=ann, association_id=cast.panyu.pk, values=new(**changes), at=DAY)
    assert refusal.value.code == code
    assert Account.objects.count() == before


def test_an_account_cannot_be_made_for_another_association(cast: Cast, ann: Account) -> None:
    with pytest.raises(NotFound):
        make_account(actor=ann, association_id=cast.other.pk, values=new(), at=DAY)


def test_the_office_makes_no_accounts_and_the_administrator_grants_no_roles(cast: Cast, ann: Account) -> None:
    with pytest.raises(Forbidden):
        make_account(actor=cast.mei, association_id=cast.panyu.pk, values=new(), at=DAY)
    with pytest.raises(Forbidden):
        grant_role(actor=ann, account_id=cast.tao.pk, role=Role.VIEWER, scope_id=cast.panyu.pk, at=DAY)


def test_nobody_grants_a_role_to_themselves(cast: Cast, sue: Account) -> None:
    with pytest.raises(Refused, match=Refusal.NOT_TO_ONESELF):
        grant_role(actor=sue, account_id=sue.pk, role=Role.OFFICE_LEAD, scope_id=cast.panyu.pk, at=DAY)


@pytest.mark.parametrize("second", [Role.SECURITY, Role.AUDITOR])
def test_the_three_administrative_roles_are_three_people(cast: Cast, ann: Account, sue: Account, second: Role) -> None:
    with pytest.raises(Refused, match=Refusal.ROLES_KEPT_APART):
        grant_role(actor=sue, account_id=ann.pk, role=second, scope_id=cast.panyu.pk, at=DAY)


def test_a_role_is_held_over_something_of_the_accounts_own_association(cast: Cast, sue: Account) -> None:
    for role, scope_id in [
        (Role.OFFICE, cast.other.pk),
        (Role.STEWARD, cast.foreign.pk),
        (Role.CONTACT, 999_999),
    ]:
        with pytest.raises(Refused, match=Refusal.SCOPE_NOT_THEIRS):
            grant_role(actor=sue, account_id=cast.tao.pk, role=role, scope_id=scope_id, at=DAY)


def test_a_contact_can_be_given_a_participant_organisation(cast: Cast, sue: Account) -> None:
    grant_role(actor=sue, account_id=cast.tao.pk, role=Role.CONTACT, scope_id=cast.unit.pk, at=DAY)
    assert scope_of(cast.tao, Right.IMPORT_WALKERS, at=DAY).organisations == {cast.unit.pk}


def test_a_role_that_is_held_is_not_granted_again(cast: Cast, sue: Account) -> None:
    with pytest.raises(Refused, match=Refusal.ROLE_ALREADY_HELD):
        grant_role(actor=sue, account_id=cast.tao.pk, role=Role.OFFICE, scope_id=cast.panyu.pk, at=DAY)


def test_an_ended_role_stays_in_the_past_and_can_be_granted_anew(cast: Cast, sue: Account) -> None:
    held = RoleGrant.objects.get(account=cast.tao)
    end_role(actor=sue, grant_id=held.pk, at=LATER)
    assert scope_of(cast.tao, Right.SEE_PASSES, at=DAY)
    assert not scope_of(cast.tao, Right.SEE_PASSES, at=LATER)
    with pytest.raises(Refused, match=Refusal.ROLE_ALREADY_ENDED):
        end_role(actor=sue, grant_id=held.pk, at=LATER)
    grant_role(actor=sue, account_id=cast.tao.pk, role=Role.OFFICE, scope_id=cast.panyu.pk, at=LATER)
    assert scope_of(cast.tao, Right.SEE_PASSES, at=LATER)


def test_a_foreign_role_looks_absent(cast: Cast, sue: Account) -> None:
    foreign = RoleGrant.objects.get(account=cast.qin)
    with pytest.raises(NotFound):
        end_role(actor=sue, grant_id=foreign.pk, at=LATER)
    with pytest.raises(NotFound):
        grant_role(actor=sue, account_id=cast.qin.pk, role=Role.VIEWER, scope_id=cast.panyu.pk, at=DAY)


def test_closing_an_account_ends_its_roles_and_lets_nobody_in(cast: Cast, ann: Account, sue: Account) -> None:
    close_account(actor=ann, account_id=cast.tao.pk, at=LATER)
    cast.tao.refresh_from_db()
    assert not cast.tao.is_active
    assert not RoleGrant.objects.filter(account=cast.tao, during__contains=LATER).exists()
    for act in (
        lambda: close_account(actor=ann, account_id=cast.tao.pk, at=LATER),
        lambda: grant_role(actor=sue, account_id=cast.tao.pk, role=Role.VIEWER, scope_id=cast.panyu.pk, at=LATER),
    ):
        with pytest.raises(Refused, match=Refusal.ACCOUNT_CLOSED):
            act()
    with pytest.raises(Refused, match=Refusal.NOT_TO_ONESELF):
        close_account(actor=ann, account_id=ann.pk, at=LATER)


def test_the_home_itself_may_make_the_first_accounts(cast: Cast) -> None:
    made = make_account(actor=None, association_id=cast.panyu.pk, values=new(password="along the old canal"), at=DAY)
    granted = grant_role(actor=None, account_id=made.pk, role=Role.SECURITY, scope_id=cast.panyu.pk, at=DAY)
    end_role(actor=None, grant_id=granted.pk, at=LATER)
    close_account(actor=None, account_id=made.pk, at=LATER)
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {None}


def test_a_name_that_is_too_long_names_its_field(cast: Cast, ann: Account) -> None:
    with pytest.raises(Invalid) as refusal:
        make_account(actor=ann, association_id=cast.panyu.pk, values=new(name="x" * 81), at=DAY)
    assert refusal.value.facts == {"field": "name"}


def test_a_sign_in_link_is_made_by_who_manages_accounts_and_that_is_written_down(cast: Cast, ann: Account) -> None:
    link = make_sign_in_link(actor=ann, account_id=cast.lan.pk, at=DAY)
    assert "/enter/?" in link
    entry = AuditEntry.objects.get(verb="link_made")
    assert (entry.actor, entry.key, entry.facts) == (ann.pk, str(cast.lan.pk), {})
    for actor, other in ((cast.mei, cast.lan), (ann, cast.qin)):
        with pytest.raises((Forbidden, NotFound)):
            make_sign_in_link(actor=actor, account_id=other.pk, at=DAY)


def test_a_closed_account_gets_no_sign_in_link(cast: Cast, ann: Account) -> None:
    close_account(actor=ann, account_id=cast.lan.pk, at=DAY)
    with pytest.raises(Refused):
        make_sign_in_link(actor=ann, account_id=cast.lan.pk, at=DAY)
