"""The cast, everywhere the same: Mei (office lead), Tao (office), Lan (contact), Guo (steward), Qin (elsewhere)."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from psycopg.types.range import Range

from zuji.checkin.enums import CoordStatus
from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.core.models import Association
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant

DAY = datetime(2021, 7, 26, 1, 30, tzinfo=UTC)
"""Half past nine in the morning of the walk, in Guangzhou."""
LONG_AGO = datetime(2018, 11, 1, tzinfo=UTC)
PLACE = (22.9564, 113.4334)


@dataclass
class Cast:
    """Two associations, their people, and one small walk of the first: two checkpoints, two firms, one unit."""

    panyu: Association
    other: Association
    mei: Account
    tao: Account
    lan: Account
    guo: Account
    qin: Account
    campaign: Campaign
    foreign: Campaign
    activity: Activity
    entrance: Checkpoint
    hall: Checkpoint
    firm: ParticipantOrganisation
    second_firm: ParticipantOrganisation
    unit: ParticipantOrganisation
    day: datetime = field(default=DAY)


def grant(account: Account, role: Role, kind: ScopeKind, key: int) -> RoleGrant:
    """A role from long ago and for ever."""
    return RoleGrant.objects.create(
        account=account, role=role, scope_kind=kind, scope_id=key, during=Range(LONG_AGO, None)
    )


def account(association: Association, name: str, role: Role, kind: ScopeKind, key: int) -> Account:
    """An account of the cast with one role."""
    made = Account.objects.create_user(name.lower(), "walk offline 2021", association=association, name=name)
    grant(made, role, kind, key)
    return made


def campaign(association: Association, slug: str) -> Campaign:
    """A campaign over July and August 2021."""
    return Campaign.objects.create(
        association=association,
        slug=slug,
        name_zh="徒步",
        name_en="Walk",
        opens_on=date(2021, 7, 1),
        closes_on=date(2021, 8, 31),
    )


def checkpoint(activity: Activity, order: int, **changes: object) -> Checkpoint:
    """A confirmed checkpoint, open from eight to noon of the day."""
    values: dict[str, object] = {
        "name_zh": f"入口{order}",
        "name_en": f"Entrance {order}",
        "opens_at": DAY - timedelta(minutes=90),
        "closes_at": DAY + timedelta(minutes=150),
        "lat": PLACE[0],
        "lon": PLACE[1],
        "coord_status": CoordStatus.CONFIRMED,
    }
    return Checkpoint.objects.create(activity=activity, order=order, **values | changes)


def participant(association: Association, name: str, kind: ParticipantKind, code: str) -> ParticipantOrganisation:
    """A participant organisation with a known join code."""
    joins = JoinsAs.FIRM_ORGANISATION if kind == ParticipantKind.FIRM else JoinsAs.COBUILDING_UNIT
    return ParticipantOrganisation.objects.create(
        association=association, name=name, kind=kind, joins_as=joins, join_code=code, expected=5
    )


@pytest.fixture
def cast(db: None) -> Cast:
    """The whole cast with its walk."""
    return make_cast()


def make_cast() -> Cast:
    """The same, wherever the ORM speaks to."""
    panyu = Association.objects.create(slug="panyu", name_zh="番禺", name_en="Panyu")
    other = Association.objects.create(slug="other", name_zh="外区", name_en="Other")
    walk = campaign(panyu, "walk")
    activity = Activity.objects.create(campaign=walk, name_zh="徒步日", name_en="Walk day", held_on=date(2021, 7, 26))
    firm = participant(panyu, "木棉数科", ParticipantKind.FIRM, "AAAAAA")
    return Cast(
        panyu=panyu,
        other=other,
        mei=account(panyu, "Mei", Role.OFFICE_LEAD, ScopeKind.ASSOCIATION, panyu.pk),
        tao=account(panyu, "Tao", Role.OFFICE, ScopeKind.ASSOCIATION, panyu.pk),
        lan=account(panyu, "Lan", Role.CONTACT, ScopeKind.ORGANISATION, firm.pk),
        guo=account(panyu, "Guo", Role.STEWARD, ScopeKind.CAMPAIGN, walk.pk),
        qin=account(other, "Qin", Role.OFFICE_LEAD, ScopeKind.ASSOCIATION, other.pk),
        campaign=walk,
        foreign=campaign(other, "elsewhere"),
        activity=activity,
        entrance=checkpoint(activity, 1),
        hall=checkpoint(activity, 2),
        firm=firm,
        second_firm=participant(panyu, "榕声互动", ParticipantKind.FIRM, "BBBBBB"),
        unit=participant(panyu, "共建单位甲", ParticipantKind.INSTITUTION, "CCCCCC"),
    )
