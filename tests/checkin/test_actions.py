"""Codes, rolls, corrections, passes: who may, what changes, and that the log and the matrix follow."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import DAY, PLACE
from tests.checkin.desks import Counter, code, item, new_pass, outcomes, serial, token
from zuji.checkin import actions, proving, queries
from zuji.checkin.enums import CodeKind, CoordStatus, Datum, Evidence, Verb, WithdrawReason
from zuji.checkin.errors import Refusal
from zuji.checkin.judge import Fix
from zuji.checkin.models import CodeSerial, Correction, Item, LogHead, Pass, PassDetail
from zuji.checkin.passes import Joining
from zuji.checkin.rolls import Roll, Seats
from zuji.checkin.serials import code_of
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry

pytestmark = pytest.mark.django_db

SCREEN = UUID("0190f5fc-7a5a-7000-8000-000000000001")
ROLL = UUID("0190f5fc-7a5a-7000-8000-000000000002")
NOON = DAY + timedelta(hours=2)


def refused(action, **arguments):
    with pytest.raises((Refused, Invalid)) as caught:
        action(**arguments)
    return caught.value.code


def test_the_same_screen_gets_the_same_serial_that_day_and_a_new_one_the_next(cast):
    ask = {"actor": cast.guo, "checkpoint_id": cast.entrance.pk, "screen": SCREEN}
    first, again = (actions.issue_screen(**ask, at=at) for at in (DAY, NOON))
    tomorrow = actions.issue_screen(**ask, at=DAY + timedelta(days=1))
    assert (first.pk, first.serial, tomorrow.serial) == (again.pk, 1, 2)
    assert str(tomorrow.day) == "2021-07-27"


def test_a_screens_code_checks_in_until_the_screen_is_withdrawn(cast, counter):
    screen = actions.issue_screen(actor=cast.guo, checkpoint_id=cast.entrance.pk, screen=SCREEN, at=DAY)
    passes = [new_pass(cast.firm, cast.campaign) for _ in range(2)]
    assert outcomes(counter.take(item(passes[0], screen))) == ["accepted"]
    actions.withdraw_serial(actor=cast.guo, serial_id=screen.pk, at=DAY)
    assert outcomes(Counter().take(item(passes[1], screen))) == ["withdrawn_code"]


def test_only_its_holder_or_the_office_withdraws_a_code(cast, grant):
    with pytest.raises(NotFound):
        actions.withdraw_serial(actor=cast.qin, serial_id=grant.pk, at=DAY)
    with pytest.raises(Forbidden):
        actions.withdraw_serial(actor=cast.lan, serial_id=grant.pk, at=DAY)
    assert actions.withdraw_serial(actor=cast.tao, serial_id=grant.pk, at=DAY).withdrawn_at == DAY
    assert actions.withdraw_serial(actor=cast.guo, serial_id=grant.pk, at=NOON).withdrawn_at == DAY


def test_a_grant_is_the_stewards_own_for_the_day(cast, counter, walker):
    first = actions.issue_grant(actor=cast.guo, checkpoint_id=cast.entrance.pk, at=DAY)
    assert actions.issue_grant(actor=cast.guo, checkpoint_id=cast.entrance.pk, at=NOON) == first
    assert actions.issue_grant(actor=cast.tao, checkpoint_id=cast.entrance.pk, at=NOON) != first
    counter.take(item(walker, code_of(first)))
    assert Item.objects.get().steward_id == cast.guo.pk


def test_posters_are_numbered(cast):
    posters = [actions.issue_poster(actor=cast.tao, checkpoint_id=cast.entrance.pk, at=DAY) for _ in range(3)]
    assert [poster.serial for poster in posters] == [1, 2, 3]


@pytest.mark.parametrize("action", [actions.issue_poster, actions.issue_grant])
def test_who_does_not_see_a_checkpoint_issues_nothing(cast, action):
    with pytest.raises(NotFound):
        action(actor=cast.qin, checkpoint_id=cast.entrance.pk, at=DAY)
    with pytest.raises(Forbidden):
        action(actor=cast.lan, checkpoint_id=cast.entrance.pk, at=DAY)
    assert not CodeSerial.objects.exists()


def test_a_steward_confirms_a_location_on_the_spot(cast):
    cast.entrance.coord_status = CoordStatus.UNVERIFIED
    cast.entrance.save()
    fix = Fix(PLACE[0] + 0.001, PLACE[1], 12, Datum.WGS84)
    confirmed = actions.confirm_location(actor=cast.guo, checkpoint_id=cast.entrance.pk, fix=fix, at=DAY)
    assert (confirmed.checkpoint.coord_status, confirmed.moved_m) == ("confirmed", 111)
    assert confirmed.checkpoint.confirmed_by == cast.guo


def test_a_location_stated_in_gcj02_is_kept_in_wgs84(cast):
    fix = Fix(PLACE[0], PLACE[1], 12, Datum.GCJ02)
    moved = actions.confirm_location(actor=cast.guo, checkpoint_id=cast.entrance.pk, fix=fix, at=DAY).moved_m
    assert moved == pytest.approx(631, abs=5)


def test_a_vague_location_confirms_nothing(cast):
    fix = Fix(*PLACE, 80, Datum.WGS84)
    why = refused(actions.confirm_location, actor=cast.guo, checkpoint_id=cast.entrance.pk, fix=fix, at=DAY)
    assert why == Refusal.LOCATION_TOO_VAGUE


def add_roll(cast, actor=None, at=NOON, was_at=None, **values):
    roll = Roll(**{"id": ROLL, "reason": "the screen had no power", "at": was_at} | values)
    return actions.add_roll(actor=actor or cast.guo, checkpoint_id=cast.entrance.pk, roll=roll, at=at)


def test_a_roll_checks_in_with_the_weakest_grade(cast, walker):
    [answer] = add_roll(cast, passes=[walker.pk])
    assert (answer["outcome"], answer["grade"]) == ("accepted", "D")
    assert list(Item.objects.values_list("evidence", "reasons", "steward_id")) == [("roll", "roll", cast.guo.pk)]
    assert AuditEntry.objects.get(verb="roll_added").facts["reason"] == "the screen had no power"


def test_a_roll_that_is_sent_twice_counts_once(cast, walker):
    first = add_roll(cast, passes=[walker.pk], seats=[Seats(cast.unit.pk, 12)])
    again = add_roll(cast, passes=[walker.pk], seats=[Seats(cast.unit.pk, 12)], at=NOON + timedelta(hours=1))
    assert first == again
    assert Item.objects.count() == 2


def test_who_checked_in_already_is_already_there_on_a_roll(cast, counter, walker, screen):
    [mine] = counter.take(item(walker, screen))
    [answer] = add_roll(cast, passes=[walker.pk])
    assert (answer["outcome"], answer["first_id"]) == ("already", mine["id"])


def test_anonymous_seats_are_person_times_and_never_people(cast):
    add_roll(cast, seats=[Seats(cast.unit.pk, 12)])
    row = Item.objects.get()
    assert (row.pass_id, row.seats, row.evidence) == (None, 12, Evidence.ROLL)
    assert queries.recount(cast.campaign.pk) == {(cast.unit.pk, cast.entrance.pk): (12, 0, 0, 0, 12, 0, 12)}
    assert queries.miscounted(cast.campaign.pk) == {}


def test_a_roll_after_seven_days_wants_the_right_to_backfill(cast, walker):
    later = cast.entrance.closes_at + timedelta(days=8)
    with pytest.raises(Forbidden):
        add_roll(cast, passes=[walker.pk], at=later)
    [answer] = add_roll(cast, actor=cast.mei, passes=[walker.pk], at=later)
    assert answer["outcome"] == "accepted"


def test_a_contact_enters_their_own_people_only(cast):
    own, other = new_pass(cast.firm, cast.campaign), new_pass(cast.unit, cast.campaign)
    assert outcomes(add_roll(cast, actor=cast.lan, passes=[own.pk], seats=[Seats(cast.firm.pk, 2)])) == [
        "accepted",
        "accepted",
    ]
    for wrong in ({"passes": [other.pk]}, {"seats": [Seats(cast.unit.pk, 2)]}):
        with pytest.raises(NotFound):
            add_roll(cast, actor=cast.lan, id=SCREEN, **wrong)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, Refusal.ROLL_EMPTY),
        ({"seats": [Seats(1, 0)]}, Refusal.ROLL_EMPTY),
        ({"seats": [Seats(1, 2001)]}, Refusal.ROLL_TOO_LONG),
        ({"seats": [Seats(1, 1)], "reason": "  "}, Refusal.REASON_MISSING),
        ({"seats": [Seats(1, 1)], "reason": "a\0b"}, Refusal.BAD_TEXT),
        ({"seats": [Seats(1, 1)], "was_at": DAY - timedelta(hours=2)}, Refusal.ROLL_TOO_EARLY),
        ({"seats": [Seats(1, 1)], "was_at": NOON + timedelta(minutes=1)}, Refusal.ROLL_TOO_EARLY),
    ],
)
def test_a_roll_that_makes_no_sense_is_refused(cast, values, why):
    with pytest.raises((Invalid, Refused)) as caught:
        add_roll(cast, **values)
    assert caught.value.code == why


def take_back(cast, answer, actor=None, at=NOON):
    key = UUID(answer["id"])
    return actions.take_back(
        actor=actor or cast.guo, campaign_id=cast.campaign.pk, item_id=key, reason="scanned for fun", at=at
    )


def test_what_is_taken_back_counts_no_longer_but_stays_in_the_log(cast, counter, walker, screen):
    [answer] = counter.take(mine := item(walker, screen))
    take_back(cast, answer)
    assert queries.recount(cast.campaign.pk) == {}
    assert queries.miscounted(cast.campaign.pk) == {}
    assert (LogHead.objects.get().size, proving.check_log().faults) == (2, [])
    assert Counter().take(mine) == [answer]


def test_a_new_item_puts_back_what_was_taken_back(cast, counter, walker, screen, poster):
    [first] = counter.take(item(walker, screen))
    take_back(cast, first)
    [again] = counter.take(mine := item(walker, poster), at=NOON)
    assert again["outcome"] == "accepted"
    assert again["receipt"]["fields"]["kind"] == "put_back"
    assert again["receipt"]["fields"]["id"] == first["id"]
    assert [made.kind for made in Correction.objects.all()] == ["taken_back", "put_back"]
    assert queries.recount(cast.campaign.pk)[cast.firm.pk, cast.entrance.pk].delivered == 1
    assert queries.miscounted(cast.campaign.pk) == {}
    assert proving.check_log().faults == []
    assert Counter().take(mine) == [again]


def test_it_can_be_taken_back_and_put_back_again_and_again(cast, counter, walker, screen):
    [answer] = counter.take(item(walker, screen))
    for _ in range(3):
        take_back(cast, answer)
        assert outcomes(Counter().take(item(walker, screen))) == ["accepted"]
        assert outcomes(Counter().take(item(walker, screen))) == ["already"]
    assert Correction.objects.count() == 6
    assert queries.miscounted(cast.campaign.pk) == {}
    assert proving.check_log().faults == []


def test_taking_back_through_the_item_that_put_it_back_names_the_check_in(cast, counter, walker, screen):
    [first] = counter.take(item(walker, screen))
    take_back(cast, first)
    [second] = counter.take(item(walker, screen))
    assert str(take_back(cast, second).item_id) == first["id"]


def test_only_a_check_in_that_counts_is_taken_back(cast, counter, walker, screen):
    first, second, wrong = counter.take(item(walker, screen), item(walker, screen), item(walker, "no code"))
    for answer in (second, wrong):
        with pytest.raises(Refused, match=Refusal.NOT_ACCEPTED):
            take_back(cast, answer)
    take_back(cast, first)
    with pytest.raises(Refused, match=Refusal.ALREADY_TAKEN_BACK):
        take_back(cast, first)


def test_a_contact_takes_nothing_back(cast, counter, walker, screen):
    [answer] = counter.take(item(walker, screen))
    with pytest.raises(Forbidden):
        take_back(cast, answer, actor=cast.lan)
    with pytest.raises(NotFound):
        take_back(cast, answer, actor=cast.qin)


def joining(cast, **changes):
    return Joining(**{"token": b"t" * 16, "campaign_id": cast.campaign.pk, "join_code": "AAAAAA"} | changes)


def test_joining_twice_gives_the_same_pass(cast):
    first = actions.join(joining=joining(cast, nickname="小莲"), at=DAY)
    assert actions.join(joining=joining(cast, nickname="小莲"), at=NOON) == first
    assert (first.organisation, first.on_the_spot, PassDetail.objects.get().nickname) == (cast.firm, True, "小莲")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"join_code": "BBBBBB"}, Refusal.TOKEN_REUSED),
        ({"nickname": "other"}, Refusal.TOKEN_REUSED),
        ({"token": b"u" * 16, "join_code": "ZZZZZZ"}, Refusal.UNKNOWN_JOIN_CODE),
        ({"token": b"u" * 16, "nickname": "a\0"}, Refusal.BAD_TEXT),
        ({"token": b"u" * 16, "join_code": None}, Refusal.JOIN_BY_CODE_ONLY),
    ],
)
def test_a_joining_that_does_not_fit_is_refused(cast, changes, why):
    actions.join(joining=joining(cast), at=DAY)
    assert refused(actions.join, joining=joining(cast, **changes), at=DAY) == why


def test_an_organisation_is_chosen_from_the_list_where_the_campaign_has_one(cast):
    wanted = joining(cast, join_code=None, organisation_id=cast.unit.pk)
    assert actions.join(joining=wanted, at=DAY).organisation == cast.unit
    cast.campaign.join_by_list = False
    cast.campaign.save()
    assert refused(actions.join, joining=wanted._replace(token=b"v" * 16), at=DAY) == Refusal.JOIN_BY_CODE_ONLY


def test_a_joining_may_arrive_a_week_after_the_campaign_and_no_later(cast):
    last = DAY.replace(month=8, day=31)
    assert actions.join(joining=joining(cast), at=last + timedelta(days=7)).pk
    late = joining(cast, token=b"w" * 16)
    assert refused(actions.join, joining=late, at=last + timedelta(days=8)) == Refusal.CAMPAIGN_OVER


def test_a_lost_pass_is_withdrawn_and_its_person_stays_one(cast, counter, walker, screen):
    fresh = actions.replace_pass(actor=cast.lan, pass_id=walker.pk, at=DAY - timedelta(minutes=5))
    assert outcomes(counter.take(item(walker, screen), item(fresh, screen))) == ["withdrawn_pass", "accepted"]
    assert Pass.objects.get(pk=fresh.pk).person == walker.pk


def test_a_check_in_made_before_the_pass_was_lost_still_counts(cast, counter, walker, poster):
    actions.withdraw_pass(actor=cast.lan, pass_id=walker.pk, at=NOON)
    late = NOON + timedelta(hours=1)
    assert outcomes(counter.take(item(walker, poster, sent=late.isoformat()), at=late)) == ["accepted"]


def test_why_a_pass_is_withdrawn_is_written_down_where_it_is_said(cast, walker):
    other = new_pass(cast.firm, cast.campaign)
    actions.withdraw_pass(actor=cast.lan, pass_id=walker.pk, reason=WithdrawReason.NOT_COMING, at=NOON)
    actions.withdraw_pass(actor=cast.lan, pass_id=other.pk, at=NOON)
    actions.replace_pass(actor=cast.lan, pass_id=new_pass(cast.firm, cast.campaign).pk, at=NOON)
    said = AuditEntry.objects.filter(verb=Verb.PASS_WITHDRAWN).order_by("pk").values_list("facts", flat=True)
    assert list(said) == [{"reason": "not_coming"}, {}, {"reason": "lost"}]


def people(*passes):
    return [Pass.objects.get(pk=each.pk).person for each in passes]


def test_passes_marked_as_one_persons_hang_together_and_can_be_parted(cast):
    a, b, c = (new_pass(cast.firm, cast.campaign) for _ in range(3))
    actions.mark_same_person(actor=cast.lan, first_id=c.pk, second_id=b.pk, at=DAY)
    actions.mark_same_person(actor=cast.lan, first_id=a.pk, second_id=c.pk, at=DAY)
    actions.mark_same_person(actor=cast.lan, first_id=a.pk, second_id=c.pk, at=DAY)
    assert people(a, b, c) == [None, a.pk, a.pk]
    actions.undo_same_person(actor=cast.lan, first_id=c.pk, second_id=a.pk, at=NOON)
    assert people(a, b, c) == [None, None, b.pk]
    assert refused(actions.undo_same_person, actor=cast.lan, first_id=a.pk, second_id=c.pk, at=NOON) == "not_marked"


def test_a_holder_marks_their_own_two_passes(cast):
    a, b = (new_pass(cast.firm, cast.campaign) for _ in range(2))
    actions.mark_own_passes(tokens=(bytes(b.token), bytes(a.token)), at=DAY)
    assert people(a, b) == [None, a.pk]
    with pytest.raises(NotFound):
        actions.mark_own_passes(tokens=(bytes(a.token), bytes(16)), at=DAY)


def test_a_pass_is_not_the_same_as_itself_or_as_one_elsewhere(cast):
    mine = new_pass(cast.firm, cast.campaign)
    elsewhere = new_pass(cast.firm, cast.foreign)
    tokens = (bytes(mine.token), bytes(mine.token))
    assert refused(actions.mark_own_passes, tokens=tokens, at=DAY) == Refusal.SAME_PASS
    tokens = (bytes(mine.token), bytes(elsewhere.token))
    assert refused(actions.mark_own_passes, tokens=tokens, at=DAY) == Refusal.OTHER_CAMPAIGN


def test_reduction_blanks_the_time_of_day_and_keeps_keys_and_dates(cast, counter, screen):
    walker = new_pass(cast.firm, cast.campaign)
    PassDetail.objects.create(walk_pass=walker, nickname="小莲")
    [answer] = counter.take(item(walker, screen))
    over = DAY.replace(month=9, day=20)
    assert refused(actions.reduce_campaign, actor=cast.mei, campaign_id=cast.campaign.pk, at=DAY) == "campaign_running"
    actions.reduce_campaign(actor=cast.mei, campaign_id=cast.campaign.pk, at=over)
    row = Item.objects.get()
    assert (row.at, row.received_at, row.step, row.salt, row.batch_id) == (None,) * 5
    assert (str(row.id), row.pass_id, str(row.local_date)) == (answer["id"], walker.pk, "2021-07-26")
    assert (Pass.objects.get().token, PassDetail.objects.count()) == (None, 0)
    assert proving.check_log().faults == []
    assert queries.miscounted(cast.campaign.pk) == {}


def test_only_an_office_lead_reduces(cast):
    with pytest.raises(Forbidden):
        actions.reduce_campaign(actor=cast.tao, campaign_id=cast.campaign.pk, at=DAY)


def test_a_code_made_by_hand_is_the_one_that_a_steward_shows(cast, poster):
    assert code_of(poster) == code(poster)
    assert len(token(new_pass(cast.firm, cast.campaign))) == 22
    assert serial(cast.hall, cast.guo, CodeKind.GRANT).serial == 1
