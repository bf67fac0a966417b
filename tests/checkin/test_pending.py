"""What is still to be done about campaigns, read for several of them by one query each."""

from datetime import date, timedelta

import pytest

from tests.cast import DAY, campaign, checkpoint, participant
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin import pending
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Activity, Checkpoint, CodeSerial
from zuji.committee.enums import ParticipantKind
from zuji.committee.models import ParticipantOrganisation

HOUR = timedelta(hours=1)


@pytest.fixture
def second(cast):
    """Another campaign of the association."""
    return campaign(cast.panyu, "second")


def test_organisations_that_signed_nobody_up_are_counted_for_each_campaign(cast, second, django_assert_num_queries):
    new_pass(cast.firm, cast.campaign)
    new_pass(cast.firm, second)
    new_pass(cast.unit, second)
    ParticipantOrganisation.objects.filter(pk=cast.second_firm.pk).update(expected=9)
    participant(cast.other, "外区单位", ParticipantKind.FIRM, "DDDDDD")
    with django_assert_num_queries(1):
        counts = pending.unsigned([cast.campaign, second])
    assert counts == {cast.campaign.pk: 2, second.pk: 1}


def test_a_withdrawn_pass_signs_nobody_up_and_an_announcement_of_nobody_is_none(cast):
    walk_pass = new_pass(cast.firm, cast.campaign)
    walk_pass.withdrawn_at = DAY
    walk_pass.save()
    ParticipantOrganisation.objects.filter(pk=cast.unit.pk).update(expected=0)
    assert pending.unsigned([cast.campaign]) == {cast.campaign.pk: 2}
    ParticipantOrganisation.objects.update(expected=None)
    assert pending.unsigned([cast.campaign]) == {}


def test_checkpoints_wait_for_their_location_until_they_close(cast):
    Checkpoint.objects.filter(pk=cast.hall.pk).update(coord_status="unverified")
    assert list(pending.unconfirmed([cast.campaign], at=DAY)) == [cast.hall]
    assert list(pending.unconfirmed([cast.campaign], at=cast.hall.closes_at)) == []
    assert list(pending.unconfirmed([cast.foreign], at=DAY)) == []


def test_checkpoints_that_open_soon_want_a_poster_that_is_valid(cast):
    poster = serial(cast.entrance, cast.guo, CodeKind.POSTER)
    serial(cast.hall, cast.guo, CodeKind.SCREEN)
    far = checkpoint(cast.activity, 3, opens_at=DAY + 48 * HOUR, closes_at=DAY + 50 * HOUR)
    assert list(pending.without_code([cast.campaign], until=DAY + HOUR, at=DAY)) == [cast.hall]
    CodeSerial.objects.filter(pk=poster.pk).update(withdrawn_at=DAY)
    bare = pending.without_code([cast.campaign], until=DAY + 72 * HOUR, at=DAY)
    assert list(bare) == [cast.entrance, cast.hall, far]


@pytest.mark.parametrize(("day", "withdrawn", "shown"), [(26, None, True), (25, None, False), (26, DAY, False)])
def test_whether_somebody_has_shown_a_code_is_asked_by_day(cast, day, withdrawn, shown):
    CodeSerial.objects.create(
        checkpoint=cast.hall,
        kind=CodeKind.SCREEN,
        serial=1,
        day=date(2021, 7, day),
        holder=cast.guo,
        issued_at=DAY,
        withdrawn_at=withdrawn,
    )
    assert pending.has_screen(cast.guo.pk, date(2021, 7, 26)) is shown
    assert pending.has_screen(cast.mei.pk, date(2021, 7, 26)) is False


def test_activities_of_some_days_come_in_order_without_rehearsals(cast, second, django_assert_num_queries):
    for day, rehearsal in ((27, False), (26, True), (30, False)):
        Activity.objects.create(
            campaign=second, name_zh=f"{day}", name_en="x", held_on=date(2021, 7, day), rehearsal=rehearsal
        )
    with django_assert_num_queries(2):
        held = pending.held_on([cast.campaign, second], date(2021, 7, 26), date(2021, 7, 29))
        names = [(each.name_zh, each.campaign.slug, len(each.checkpoints.all())) for each in held]
    assert names == [("徒步日", "walk", 2), ("27", "second", 0)]


def test_good_passes_are_counted_by_campaign_and_organisation(cast, second):
    for organisation, walk in ((cast.firm, cast.campaign), (cast.firm, cast.campaign), (cast.unit, second)):
        new_pass(organisation, walk)
    new_pass(cast.second_firm, cast.campaign)
    gone = new_pass(cast.firm, second)
    gone.withdrawn_at = DAY
    gone.save()
    counts = pending.signed_up([cast.campaign, second], [cast.firm.pk, cast.unit.pk])
    assert counts == {(cast.campaign.pk, cast.firm.pk): 2, (second.pk, cast.unit.pk): 1}


def test_who_has_not_come_is_who_has_no_check_in_at_any_door_of_the_activity(cast):
    passes = [new_pass(organisation, cast.campaign) for organisation in (cast.firm, cast.firm, cast.unit)]
    poster = serial(cast.hall, cast.guo, CodeKind.POSTER)
    Counter().take(item(passes[0], poster), at=DAY)
    own = [cast.firm.pk]
    assert pending.not_arrived(cast.activity, own) == 1
    other = Activity.objects.create(campaign=cast.campaign, name_zh="二", name_en="Two", held_on=date(2021, 7, 27))
    checkpoint(other, 1)
    assert pending.not_arrived(other, own) == 2
    assert pending.not_arrived(cast.activity, []) == 0
