"""What people are told of by the acts themselves."""

from datetime import timedelta

import pytest
from psycopg.types.range import Range

from tests.cast import DAY, Cast, account, grant
from tests.people.messages.places import of_firm, own
from zuji.core import works
from zuji.core.enums import WorkState
from zuji.core.models import Work
from zuji.people.actions import grant_role
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages import occasions
from zuji.people.messages.audience import HEARD_BY, HEARD_IN, topics_of
from zuji.people.messages.ending import SOON, tell_ending_roles
from zuji.people.messages.enums import OFFERED, Topic
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.models import RoleGrant


def heard(topic: Topic) -> set[str]:
    """Names of the accounts that were told of a topic."""
    return set(Notice.objects.filter(topic=topic).values_list("account__name", flat=True))


def test_whoever_is_granted_a_role_is_told(cast: Cast):
    grant_role(actor=None, account_id=cast.tao.pk, role=Role.STEWARD, scope_id=cast.campaign.pk, at=DAY)
    (notice,) = Notice.objects.all()
    assert (notice.account, notice.topic, notice.facts["role"]) == (cast.tao, "role_granted", "steward")
    assert notice.facts["over"] == {"zh": "徒步", "en": "Walk"}


def lent(cast: Cast, until: timedelta) -> RoleGrant:
    held = grant(cast.guo, Role.OFFICE, ScopeKind.ASSOCIATION, cast.panyu.pk)
    held.during, held.lent_by = Range(DAY - timedelta(days=3), DAY + until), cast.mei
    held.save()
    return held


def test_whoever_is_lent_a_role_is_told_by_whom_and_until_when(cast: Cast):
    occasions.role_granted(lent(cast, timedelta(days=5)), at=DAY)
    (notice,) = Notice.objects.all()
    assert (notice.topic, notice.facts["who"]) == ("role_lent", cast.mei.pk)
    assert notice.facts["until"] == (DAY + timedelta(days=5)).isoformat()


@pytest.mark.parametrize(
    ("until", "told"), [(SOON, {"Guo"}), (SOON + timedelta(seconds=1), set()), (timedelta(), set())]
)
def test_the_end_of_a_lent_role_is_told_a_day_before_and_once(cast: Cast, until: timedelta, told: set[str]):
    lent(cast, until)
    for _ in range(2):
        tell_ending_roles(at=DAY)
    assert heard(Topic.ROLE_ENDING) == told
    assert Notice.objects.count() == len(told)


def test_a_role_that_ends_without_having_been_lent_is_not_told(cast: Cast):
    held = cast.tao.grants.get()
    held.during = Range(held.during.lower, DAY + timedelta(hours=1))
    held.save()
    assert tell_ending_roles(at=DAY) == 0


def test_an_open_trail_is_told_to_the_office_its_stewards_and_the_contacts(cast: Cast):
    account(cast.panyu, "Vic", Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    account(cast.panyu, "Gus", Role.STEWARD, ScopeKind.CAMPAIGN, cast.foreign.pk)
    occasions.trail_opened(cast.activity, cast.campaign, association_id=cast.panyu.pk, at=DAY)
    assert heard(Topic.TRAIL_OPENED) == {"Mei", "Tao", "Guo", "Lan"}


def test_impressions_that_wait_are_told_once_an_hour_with_the_latest_count(cast: Cast):
    own(cast.mei)
    for minute, count in ((0, 1), (10, 4), (31, 6)):
        at = DAY + timedelta(minutes=minute)
        occasions.impressions_waiting(cast.campaign, association_id=cast.panyu.pk, count=count, at=at)
    assert Delivery.objects.get().facts["count"] == 6
    assert heard(Topic.IMPRESSIONS_WAITING) == {"Mei", "Tao"}


def test_an_organisation_without_anybody_to_tell_is_said_to_have_none(cast: Cast):
    def remind(organisation: object) -> bool:
        return occasions.nobody_signed_up(organisation, cast.campaign, association_id=cast.panyu.pk, at=DAY)

    assert remind(cast.firm)
    assert not remind(cast.unit)
    assert heard(Topic.NOBODY_SIGNED_UP) == {"Lan"}


def test_looking_as_somebody_is_told_to_them_at_once(cast: Cast):
    own(cast.tao)
    occasions.viewed_as(cast.mei, cast.tao, at=DAY)
    delivery = Delivery.objects.get()
    assert (delivery.next_try_at, delivery.facts["who"]) == (DAY, cast.mei.pk)


def test_the_end_of_a_long_work_is_told_to_whoever_asked_for_it(cast: Cast):
    assert occasions.work_ended in works.AFTERWARDS
    facts = {"act": "deliveries_again"}
    work = Work(association=cast.panyu, actor=cast.tao.pk, kind="bulk", facts=facts, state=WorkState.DONE, done=300)
    work.asked_at, work.ended_at = DAY, DAY
    work.save()
    occasions.work_ended(work)
    (notice,) = Notice.objects.all()
    assert (notice.account, notice.link) == (cast.tao, f"/works/{work.pk}/")
    assert notice.facts == {"work": "bulk.deliveries_again", "state": "done", "done": 300}


def test_what_is_heard_by_some_is_offered_to_them_alone(cast: Cast):
    everybody = {topic for topic in OFFERED if topic not in HEARD_BY}
    assert set(topics_of(own(cast.lan), at=DAY)) == everybody | {
        *(Topic.TRAIL_OPENED, Topic.NOBODY_SIGNED_UP, Topic.CENSUS_ASKED)
    }
    assert set(topics_of(own(cast.guo), at=DAY)) == everybody | {Topic.TRAIL_OPENED}
    assert tuple(topics_of(of_firm(cast, cast.lan, "feishu"), at=DAY)) == HEARD_IN[ScopeKind.ORGANISATION]


def test_every_topic_of_a_group_is_offered_somewhere():
    assert set(HEARD_BY) | {topic for topics in HEARD_IN.values() for topic in topics} <= set(OFFERED)
    assert Destination._meta.get_field("muted").base_field.max_length >= max(map(len, Topic))
