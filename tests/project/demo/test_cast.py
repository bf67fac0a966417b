from collections import Counter

from zuji.people.enums import Role, ScopeKind
from zuji.people.rights import SCOPES
from zuji.project.demo.cast import NEIGHBOURS_FILE, read_cast
from zuji.project.words import catalogue
from zuji.trail.plan import read_trail

WANTED = {
    Role.OFFICE_LEAD,
    Role.OFFICE,
    Role.CONTACT,
    Role.STEWARD,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.VIEWER,
    Role.SECURITY,
    Role.COMMITTEE_MEMBER,
}
OVER = {
    ScopeKind.ASSOCIATION: "association",
    ScopeKind.CAMPAIGN: "campaign",
    ScopeKind.ORGANISATION: "first_firm",
}


def test_two_associations_are_at_home():
    assert len({association.slug for association in read_cast().associations}) == 2


def test_every_role_that_works_on_the_walk_has_an_account():
    accounts = [account for account in read_cast().accounts if account.association == "panyu"]
    assert {account.role for account in accounts} == WANTED


def test_a_role_has_one_account_within_an_association():
    accounts = Counter((account.association, account.role) for account in read_cast().accounts)
    assert set(accounts.values()) == {1}


def test_each_role_is_held_over_what_the_rights_table_says():
    for account in read_cast().accounts:
        assert account.over == OVER[SCOPES[account.role]]


def test_every_person_says_to_be_invented():
    assert all(account.name.endswith("（示例）") for account in read_cast().accounts)
    assert all(name.endswith("（示例）") for name in read_cast().neighbours.organisations)
    assert all(each.name.endswith("（示例）") for each in read_cast().organisations)


def test_organisations_are_tied_to_such_as_are_there():
    listed = {each.name: each for each in read_cast().organisations}
    ties = [(each, *tie) for each in listed.values() for tie in (*each.belongs_to.items(), *each.guided_by.items())]
    assert ties
    assert all(since >= max(each.since, listed[to].since) for each, to, since in ties)


def test_every_account_has_its_words():
    for language in ("zh_Hans", "en"):
        assert {f"cli.demo.role.{account.username}" for account in read_cast().accounts} <= catalogue(language).keys()


def test_the_neighbours_walk_on_a_trail_of_their_own():
    plan = read_trail(NEIGHBOURS_FILE.read_bytes())
    assert plan.trail.sample
    assert all(site.sample and site.name for site in plan.sites)
