"""Every row of the rights table is tried: as each role, on what is its own, its neighbour's, and another association's.

What is tried is what the faces call to fetch something for an act; `tests/project/test_routes.py` tries the routes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from psycopg.types.range import Range

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, Cast, account, campaign, checkpoint, participant
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.briefing.access import access_association
from zuji.checkin.access import (
    access_campaign,
    access_checkpoint,
    access_item,
    access_pass,
    access_serial,
)
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Activity, Campaign, Checkpoint, CodeSerial, Item, Pass
from zuji.checkin.viewing import PUBLIC, view_of
from zuji.committee.access import access_participant, access_register
from zuji.committee.enums import ParticipantKind
from zuji.committee.models import Organisation, ParticipantOrganisation
from zuji.core.audit import audit
from zuji.core.errors import Forbidden, NotFound
from zuji.core.models import Association
from zuji.people.access import access_account
from zuji.people.audit import visible_entries
from zuji.people.enums import Right, Role, ScopeKind, Verb
from zuji.people.messages.access import Owner, access_delivery, access_owner
from zuji.people.models import Account, Delivery, RoleGrant
from zuji.people.rights import RIGHTS, SCOPES, require
from zuji.register.access import access_register as access_firms
from zuji.register.census.access import access_form, access_round
from zuji.register.census.questionnaire import default
from zuji.register.enums import ListState
from zuji.register.models import Authority, CensusForm, CensusRound, Enterprise, SourceList
from zuji.trail.access import access_impression, access_trail
from zuji.trail.models import Impression, Trail


@dataclass(frozen=True)
class Things:
    """One thing of each kind, all of one association, one campaign and one organisation."""

    association: Association
    account: Account
    lent: RoleGrant
    participant: ParticipantOrganisation
    party: Organisation
    campaign: Campaign
    checkpoint: Checkpoint
    serial: CodeSerial
    trail: Trail
    walk_pass: Pass
    item: Item
    impression: Impression
    delivery: Delivery
    form: CensusForm
    source: SourceList


def things(owner: Account, walk: Campaign, organisation: ParticipantOrganisation) -> Things:
    """One thing of each kind in a campaign, of an organisation, and an entry in the audit trail."""
    activity = Activity.objects.create(campaign=walk, name_zh="日", name_en="Day", held_on=DAY.date())
    place = checkpoint(activity, 1)
    walk_pass = new_pass(organisation, walk)
    association, poster = walk.association, serial(place, owner, CodeKind.POSTER)
    (answer,) = Counter().take(item(walk_pass, poster), at=DAY)
    audit(None, Verb.SIGNED_IN, owner, association_id=association.pk, at=DAY)
    trail = lay_trail(activity, [(place, site(association, f"S{activity.pk}"))])
    party = Organisation.objects.create(
        association=association, name=f"{organisation.name}党支部", kind="branch", existed=(date(2018, 11, 1), None)
    )
    organisation.organisation = party
    organisation.save()
    return Things(
        association=association,
        account=owner,
        lent=lent(owner, walk),
        participant=organisation,
        party=party,
        campaign=walk,
        checkpoint=place,
        serial=poster,
        trail=trail,
        walk_pass=walk_pass,
        item=Item.objects.get(campaign=walk, id=answer["id"]),
        impression=Impression.objects.create(
            id=uuid4(), campaign=walk, stop=trail.stops.get(), walk_pass=walk_pass, text="走", local_date=DAY.date()
        ),
        delivery=Delivery.objects.create(association=association, channel="wecom", made_at=DAY, next_try_at=DAY),
        form=census_form(association, f"R{activity.pk}"),
        source=listed(association, f"L{activity.pk}"),
    )


def listed(association: Association, name: str) -> SourceList:
    """A list of an authority of its own, that was taken in."""
    authority = Authority.objects.create(association=association, name=name)
    values = {"digest": name, "as_of": DAY.date(), "state": ListState.TAKEN_IN, "staged_at": DAY}
    return SourceList.objects.create(authority=authority, file=f"{name}.csv", **values)


def census_form(association: Association, name: str) -> CensusForm:
    """A firm's form in a round of its own."""
    days = {"opens_on": DAY.date(), "closes_on": DAY.date()}
    held = CensusRound.objects.create(association=association, name=name, questionnaire=default(), **days)
    firm = Enterprise.objects.create(association=association, made_at=DAY)
    return CensusForm.objects.create(round=held, enterprise=firm, town="440113102", token_digest=name)


def lent(owner: Account, walk: Campaign) -> RoleGrant:
    """A steward's role that the owner has borrowed for a day."""
    day = Range(DAY - timedelta(hours=1), DAY + timedelta(days=1))
    borrowed = {"role": Role.STEWARD, "scope_kind": ScopeKind.CAMPAIGN, "scope_id": walk.pk, "lent_by": owner}
    return RoleGrant.objects.create(account=owner, during=day, **borrowed)


Try = Callable[[Account, Things, Right, datetime], object]


def on_checkpoint(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_checkpoint(who, on.checkpoint.pk, right, at=at)


def on_campaign(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_campaign(who, on.campaign.pk, right, at=at)


def on_trail(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_trail(who, on.trail.pk, right, at=at)


def on_pass(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_pass(who, on.walk_pass.pk, right, at=at)


def on_item(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_item(who, on.campaign.pk, on.item.id, right, at=at)


def on_impression(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_impression(who, on.impression.pk, right, at=at)


def on_account(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_account(who, on.account.pk, right, at=at)


def on_participant(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_participant(who, on.participant.pk, right, at=at)


def on_figures(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_association(who, on.association.pk, right, at=at)


def on_frame(who: Account, on: Things, right: Right, at: datetime) -> object:
    if on.association.pk != who.association_id:
        raise NotFound("association")  # the frame shows the own association and has no object of another's
    return require(who, right, at=at)


def on_audit(who: Account, on: Things, right: Right, at: datetime) -> object:
    if not visible_entries(who, right, at=at).filter(association=on.association).exists():
        raise NotFound("audit")
    return True


def on_delivery(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_delivery(who, on.delivery.pk, right, at=at)


def on_destinations(who: Account, on: Things, right: Right, at: datetime) -> object:
    scope = {"scope_kind": ScopeKind.ORGANISATION, "scope_id": on.participant.pk}
    access_owner(who, Owner(association_id=on.association.pk, **scope), at=at)
    return True


def on_matrix(who: Account, on: Things, right: Right, at: datetime) -> object:
    if view_of(who, on.campaign, at=at) == PUBLIC:
        raise Forbidden(right)
    return True


def on_register(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_firms(who, on.association.pk, right, at=at)


def on_form(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_form(who, on.form.pk, right, at=at)


def on_round(who: Account, on: Things, right: Right, at: datetime) -> object:
    return access_round(who, on.form.round_id, right, at=at)


TRIES: dict[Right, Try] = {
    Right.SEE_FRAME: on_frame,
    **dict.fromkeys((Right.SEE_ACCOUNTS, Right.MANAGE_ACCOUNTS, Right.GRANT_ROLES), on_account),
    **dict.fromkeys((Right.LEND_ROLES, Right.VIEW_AS), on_account),
    Right.SEE_AUDIT: on_audit,
    **dict.fromkeys((Right.SEE_ORGANISATIONS, Right.EDIT_ORGANISATIONS, Right.IMPORT_WALKERS), on_participant),
    Right.IMPORT_ORGANISATIONS: lambda who, on, right, at: access_register(who, on.association.pk, right, at=at),
    **dict.fromkeys((Right.SEE_CAMPAIGNS, Right.EDIT_CAMPAIGNS, Right.REDUCE_CAMPAIGN), on_campaign),
    **dict.fromkeys((Right.SEE_TRAIL, Right.EDIT_TRAIL, Right.OPEN_TRAIL), on_trail),
    **dict.fromkeys((Right.SHOW_CODES, Right.SCAN_PASSES, Right.CONFIRM_LOCATION), on_checkpoint),
    **dict.fromkeys((Right.ENTER_ROLL, Right.BACKFILL), on_checkpoint),
    Right.WITHDRAW_CODES: lambda who, on, right, at: access_serial(who, on.serial.pk, at=at),
    **dict.fromkeys((Right.SEE_PASSES, Right.ISSUE_PASSES, Right.MARK_SAME_PERSON), on_pass),
    **dict.fromkeys((Right.SEE_CHECKINS, Right.TAKE_BACK), on_item),
    **dict.fromkeys((Right.SEE_IMPRESSIONS, Right.DECIDE_IMPRESSIONS), on_impression),
    **dict.fromkeys((Right.SEE_MESSAGES, Right.RESEND_MESSAGES), on_delivery),
    Right.MANAGE_DESTINATIONS: on_destinations,
    Right.SEND_REMINDERS: on_campaign,
    **dict.fromkeys((Right.SEE_REGISTER, Right.IMPORT_LISTS, Right.DECIDE_DOUBTS, Right.EDIT_REGISTER), on_register),
    Right.EDIT_RULES: on_register,
    **dict.fromkeys((Right.SEE_CENSUS, Right.ENTER_CENSUS), on_form),
    Right.RUN_CENSUS: on_round,
    Right.SEE_MATRIX: on_matrix,
    **dict.fromkeys((Right.SEE_FIGURES, Right.PUBLISH_FIGURES), on_figures),
}

OF_THE_WHOLE_CAMPAIGN: set[Try] = {on_campaign, on_trail, on_checkpoint, on_frame, on_matrix}
"""What a contact reaches of the walk itself, whichever organisation it is about."""
OF_THE_WHOLE_ASSOCIATION: set[Try] = {on_frame}


@dataclass(frozen=True)
class Ground:
    """What is one's own, what is next to it in the same association, and what is another association's."""

    own: Things
    neighbour: Things
    foreign: Things


@pytest.fixture
def ground(cast: Cast) -> Ground:
    elsewhere = participant(cast.other, "外区企业", ParticipantKind.FIRM, "DDDDDD")
    next_door = things(cast.mei, campaign(cast.panyu, "second-walk"), cast.second_firm)
    next_door.form.town = "440113103"
    next_door.form.save()
    return Ground(
        own=things(cast.tao, cast.campaign, cast.firm),
        neighbour=next_door,
        foreign=things(cast.qin, cast.foreign, elsewhere),
    )


def holder(role: Role, on: Things) -> Account:
    """Somebody who holds a role over these things, and nothing else."""
    scopes = {
        ScopeKind.ASSOCIATION: on.association.pk,
        ScopeKind.ORGANISATION: on.participant.pk,
        ScopeKind.CAMPAIGN: on.campaign.pk,
        ScopeKind.TOWN: int(on.form.town),
    }
    return account(on.association, f"Some {role}", role, SCOPES[role], scopes[SCOPES[role]])


def allowed(who: Account, on: Things) -> set[Right]:
    """The rights that somebody really has over these things."""

    def is_allowed(right: Right) -> bool:
        try:
            return bool(TRIES[right](who, on, right, DAY))
        except (Forbidden, NotFound):
            return False

    return {right for right in Right if is_allowed(right)}


def test_every_right_is_tried_and_somebodys():
    assert set(TRIES) == set(Right)
    assert set().union(*RIGHTS.values()) == set(Right)
    assert set(RIGHTS) == set(SCOPES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_on_its_own_what_its_row_says_and_no_more(ground: Ground, role: Role):
    assert allowed(holder(role, ground.own), ground.own) == RIGHTS[role]


@pytest.mark.parametrize("role", Role)
def test_no_role_may_do_anything_of_another_association(ground: Ground, role: Role):
    assert allowed(holder(role, ground.own), ground.foreign) == set()


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_its_neighbour_only_as_far_as_its_scope(ground: Ground, role: Role):
    reached = allowed(holder(role, ground.own), ground.neighbour)
    wider: set[Try] = {
        ScopeKind.ASSOCIATION: set(TRIES.values()),
        ScopeKind.ORGANISATION: OF_THE_WHOLE_CAMPAIGN,
        ScopeKind.CAMPAIGN: OF_THE_WHOLE_ASSOCIATION,
        ScopeKind.TOWN: OF_THE_WHOLE_ASSOCIATION,
    }[SCOPES[role]]
    assert reached == {right for right in RIGHTS[role] if TRIES[right] in wider}


@pytest.mark.parametrize("role", Role)
def test_an_ended_role_and_a_closed_account_may_nothing(ground: Ground, role: Role):
    who = holder(role, ground.own)
    who.is_active = False
    assert allowed(who, ground.own) == set()
    who.is_active = True
    who.grants.update(during=(None, DAY))
    assert allowed(who, ground.own) == set()


def test_nobody_may_nothing(ground: Ground):
    for right in set(Right) - {Right.SEE_FRAME, Right.WITHDRAW_CODES}:
        with pytest.raises((Forbidden, NotFound)):
            TRIES[right](None, ground.own, right, DAY)
