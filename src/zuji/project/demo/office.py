"""What the demo's offices do before and after the walk, by the same actions that the console's pages call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zuji.checkin.access import pass_by_token, visible_passes
from zuji.checkin.actions import issue_poster, mark_same_person, withdraw_serial
from zuji.checkin.models import Campaign, Pass
from zuji.checkin.serials import code_of
from zuji.checkin.walkers import NewWalker, add_walkers, import_walkers
from zuji.committee.access import visible_organisations, visible_participants
from zuji.committee.actions import add_organisation, add_participant, affiliate, guide, import_participants
from zuji.committee.covering import cover
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.imports import Imported
from zuji.committee.models import ParticipantOrganisation
from zuji.committee.values import OrganisationValues, ParticipantValues
from zuji.core.ids import unb64
from zuji.core.models import Association
from zuji.people.actions import grant_role, make_account
from zuji.people.enums import Right, ScopeKind
from zuji.people.messages.access import Owner, owner_of
from zuji.people.messages.actions import add_destination
from zuji.people.messages.enums import Channel
from zuji.people.messages.values import NewDestination
from zuji.people.models import Account
from zuji.people.values import NewAccount
from zuji.project.demo.cast import NEIGHBOURS_FILE, AccountPlan, Cast
from zuji.project.demo.input import ORGANISATIONS, TRAIL, WALKERS, Input
from zuji.register.access import visible_enterprises
from zuji.trail.actions import import_trail, open_trail, seed_sites, waive_location
from zuji.trail.models import Trail
from zuji.trail.queries import unready_stops

GUESTS = 4
DINGTALK_HOOK = f"https://oapi.dingtalk.com/robot/send?access_token={'0' * 60}demo"
WECOM_HOOK = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-00000000demo"


@dataclass(frozen=True)
class Side:
    """One association with its accounts by role and its walk; `lists` are those that came in."""

    association: Association
    accounts: dict[str, Account]
    trail: Trail
    lists: tuple[Imported, ...] = ()

    @property
    def campaign(self) -> Campaign:
        return self.trail.activity.campaign

    def account(self, role: str) -> Account:
        """The account that holds a role."""
        return self.accounts[role]

    def participants(self, at: datetime) -> list[ParticipantOrganisation]:
        """Its participant organisations, in the order in which they came on the list."""
        return list(visible_participants(self.account("office_lead"), at=at).order_by("pk"))

    def passes(self, at: datetime) -> list[Pass]:
        """Its passes that were made before the walk, in the order in which they were made."""
        held = visible_passes(self.account("office_lead"), Right.ISSUE_PASSES, at=at)
        return list(held.filter(on_the_spot=False).order_by("pk"))


def settle(cast: Cast, *, at: datetime) -> dict[str, tuple[Association, dict[str, Account]]]:
    """Make the associations and their accounts, and grant the roles that are held over an association."""
    sides: dict[str, tuple[Association, dict[str, Account]]] = {}
    for plan in cast.associations:
        made = Association.objects.create(slug=plan.slug, name_zh=plan.name_zh, name_en=plan.name_en)
        own = [account for account in cast.accounts if account.association == plan.slug]
        sides[plan.slug] = made, {account.role: _account(made, account, at) for account in own}
    return sides


def _account(association: Association, plan: AccountPlan, at: datetime) -> Account:
    values = NewAccount(username=plan.username, name=plan.name)
    made = make_account(actor=None, association_id=association.pk, values=values, at=at)
    if plan.over == "association":
        grant_role(actor=None, account_id=made.pk, role=plan.role, scope_id=association.pk, at=at)
    return made


def grant_the_rest(side: Side, plans: Sequence[AccountPlan], *, at: datetime) -> None:
    """Roles over the campaign and over one firm, which are there only now."""
    firm = _first_firm(side, at)
    scopes = {"campaign": side.campaign.pk, "first_firm": firm.pk if firm else None}
    for plan in plans:
        if plan.association == side.association.slug and (scope_id := scopes.get(plan.over)) is not None:
            account = side.accounts[plan.role]
            grant_role(actor=None, account_id=account.pk, role=plan.role, scope_id=scope_id, at=at)


def found(association: Association, accounts: dict[str, Account], cast: Cast, *, at: datetime) -> None:
    """Put the organisations on the list, and say to what each belongs and who guides it."""
    actor = accounts["office_lead"]
    keys: dict[str, int] = {}
    for plan in cast.organisations:
        values = OrganisationValues(name=plan.name, kind=plan.kind, since=plan.since)
        keys[plan.name] = add_organisation(actor=actor, association_id=association.pk, values=values, at=at).pk
    for plan in cast.organisations:
        for relate, others in ((affiliate, plan.belongs_to), (guide, plan.guided_by)):
            for name, since in others.items():
                relate(actor=actor, organisation_id=keys[plan.name], to_id=keys[name], since=since, at=at)


def cover_firms(actor: Account, cast: Cast, *, at: datetime) -> None:
    """Say which firms on the register each organisation is the own or the joint one of."""
    firms = dict(visible_enterprises(actor, at=at).filter(merged_into=None).values_list("card__name", "pk"))
    listed = dict(visible_organisations(actor, at=at).values_list("name", "pk"))
    for plan in cast.organisations:
        for name, since in plan.covers.items():
            key = listed[plan.name]
            cover(actor=actor, organisation_id=key, enterprise_id=firms[name], since=since, at=at)


def sign_up(association: Association, accounts: dict[str, Account], given: Input, *, at: datetime) -> Side:
    """Take in the lists and the trail as the office would."""
    actor, key = accounts["office"], association.pk
    seed_sites(actor=actor, association_id=key, at=at)
    lists = {name: given.read(name) for name in (ORGANISATIONS, TRAIL, WALKERS)}
    organisations = import_participants(
        actor=actor, association_id=key, data=lists[ORGANISATIONS], file=ORGANISATIONS, at=at
    )
    trail = import_trail(actor=actor, association_id=key, data=lists[TRAIL], media=given.media, at=at)
    campaign_id = trail.activity.campaign_id
    walkers = import_walkers(actor=actor, campaign_id=campaign_id, data=lists[WALKERS], file=WALKERS, at=at)
    return Side(association, accounts, trail, (organisations, walkers))


def sign_up_neighbours(association: Association, accounts: dict[str, Account], cast: Cast, *, at: datetime) -> Side:
    """The second association's few organisations, typed by hand."""
    actor, key = accounts["office_lead"], association.pk
    data = NEIGHBOURS_FILE.read_bytes()
    trail = import_trail(actor=actor, association_id=key, data=data, media=NEIGHBOURS_FILE.parent, at=at)
    for name in cast.neighbours.organisations:
        values = ParticipantValues(name=name, kind=ParticipantKind.FIRM, joins_as=JoinsAs.FIRM_ORGANISATION)
        made = add_participant(actor=actor, association_id=key, values=values, at=at)
        walkers = [NewWalker(organisation_id=made.pk)] * cast.neighbours.walkers
        add_walkers(actor=actor, campaign_id=trail.activity.campaign_id, walkers=walkers, at=at)
    return Side(association, accounts, trail)


def name_places(side: Side, *, at: datetime) -> None:
    """Where the office and one firm want to be told. A demo sends nothing out, so the addresses lead nowhere."""
    key, lead = side.association.pk, side.account("office_lead")
    group = Owner(association_id=key, scope_kind=ScopeKind.ASSOCIATION, scope_id=key)
    places = [(lead, group, Channel.DINGTALK, DINGTALK_HOOK), (lead, owner_of(lead), Channel.EMAIL, "lead@example.org")]
    if firm := _first_firm(side, at):
        theirs = Owner(association_id=key, scope_kind=ScopeKind.ORGANISATION, scope_id=firm.pk)
        places.append((side.account("contact"), theirs, Channel.WECOM, WECOM_HOOK))
    for actor, owner, channel, address in places:
        add_destination(actor=actor, owner=owner, values=NewDestination(channel=channel, address=address), at=at)


def _first_firm(side: Side, at: datetime) -> ParticipantOrganisation | None:
    return next((each for each in side.participants(at) if each.kind == ParticipantKind.FIRM), None)


def open_for_walkers(side: Side, *, at: datetime) -> None:
    """The lead accepts what could not be confirmed on the spot, and opens the trail."""
    lead = side.account("office_lead")
    for stop in unready_stops(side.trail):
        waive_location(actor=lead, stop_id=stop.pk, at=at)
    open_trail(actor=lead, trail_id=side.trail.pk, at=at)


def print_posters(side: Side, checkpoints: Sequence[int], *, at: datetime) -> dict[int, str]:
    """A poster for each checkpoint; their codes by the places' numbers."""
    lead = side.account("office_lead")
    posters = (issue_poster(actor=lead, checkpoint_id=checkpoint, at=at) for checkpoint in checkpoints)
    return {number: code_of(poster) for number, poster in enumerate(posters)}


def print_and_withdraw_posters(side: Side, checkpoints: Sequence[int], *, at: datetime) -> dict[int, str]:
    """Posters that were hung up too early and withdrawn again; people have photographs of them."""
    lead = side.account("office_lead")
    codes = {}
    for number, checkpoint in enumerate(checkpoints):
        poster = issue_poster(actor=lead, checkpoint_id=checkpoint, at=at)
        codes[number] = code_of(poster)
        withdraw_serial(actor=lead, serial_id=poster.pk, at=at)
    return codes


def mark_same(side: Side, pairs: Sequence[tuple[str, str]], *, at: datetime) -> None:
    """The office marks passes as one person's, of which it was told both tokens."""
    for pair in pairs:
        first, second = (pass_by_token(unb64(token)).pk for token in pair)
        mark_same_person(actor=side.account("office"), first_id=first, second_id=second, at=at)


def guests(participants: Sequence[ParticipantOrganisation]) -> tuple[int, ...]:
    """For whom those walk who join on the spot: always the same, whoever is on the lists of walkers."""
    # by the register, so that a row less in the list of walkers moves no guest to another organisation
    return tuple(each.pk for each in participants[:GUESTS])


def host(participants: Sequence[ParticipantOrganisation]) -> int:
    """The organisation whose visitors are only counted at the door: the last one that is no firm, else the last."""
    others = [each for each in participants if each.kind != ParticipantKind.FIRM] or participants
    return others[-1].pk
