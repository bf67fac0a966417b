from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.project.demo.walks import GUESTS, HOST, NEIGHBOURS, NEIGHBOURS_FROM, PLACES, scans, sends, steps, walk
from zuji.project.demo.parts import ONCE, Part
from zuji.project.demo.phones import REFUSED_WAYS, Locates, Way
from zuji.project.demo.script import (
    BEFORE_CLOSING,
    BETWEEN_COACHES,
    MOMENT,
    PAPERS_AT_ONCE,
    SEATS,
    Join,
    Look,
    Roll,
    SamePerson,
    TakeBack,
    timetable,
    write_script,
)

LATE = timedelta(minutes=2)
sizes = st.integers(1, 120)


@pytest.fixture(scope="module")
def script():
    return write_script(walk(), NEIGHBOURS, seed=1)


def only(script, kind):
    (found,) = [step for step in steps(script) if isinstance(step, kind)]
    return found


def phone_of(script, part):
    """The phone of the one who plays a part."""
    return next(scan.phone for scan in scans(script) if scan.phone.number == script.parts.index(part))


def of_phone(script, phone):
    return [scan for scan in scans(script) if scan.phone == phone]


def test_the_same_seed_writes_the_same_script():
    assert write_script(walk(), NEIGHBOURS, seed=1) == write_script(walk(), NEIGHBOURS, seed=1)


def test_another_seed_writes_another():
    assert write_script(walk(), NEIGHBOURS, seed=1) != write_script(walk(), NEIGHBOURS, seed=2)


def test_moments_come_in_order_and_hold_what_happened_in_their_minute(script):
    times = [moment.at for moment in script.moments]
    assert times == sorted(set(times))
    for moment in script.moments:
        assert all(moment.at - MOMENT <= step.at < moment.at for step in moment.steps)


@settings(deadline=None, max_examples=40)
@given(sizes, st.integers(0, 50))
def test_everybody_is_accepted_somewhere_whatever_the_size(size, seed):
    script = write_script(walk(size, groups=3), NEIGHBOURS, seed=seed)
    good = {scan.phone.number for scan in scans(script) if scan.way not in REFUSED_WAYS}
    rolled = {phone.number for step in steps(script) if isinstance(step, Roll) for phone in step.phones}
    assert good | rolled >= set(range(size))


@settings(deadline=None, max_examples=20)
@given(st.integers(2, 120), st.integers(0, 50))
def test_one_walker_less_is_one_person_less(size, seed):
    def people(walkers):
        script = write_script(walk(walkers, groups=3), NEIGHBOURS, seed=seed)
        phones = {scan.phone.number for scan in scans(script)}
        phones |= {phone.number for step in steps(script) if isinstance(step, Roll) for phone in step.phones}
        return len(phones) - sum(isinstance(step, SamePerson) for step in steps(script))

    # below that size a special part more or less is played, and the one who lost a phone has two
    assert people(size) - people(size - 1) == 1


@settings(deadline=None, max_examples=20)
@given(sizes, st.integers(0, 50))
def test_every_scan_lies_within_its_places_window(size, seed):
    places = {place.number: place for place in (*PLACES, *NEIGHBOURS.places)}
    for scan in scans(write_script(walk(size), NEIGHBOURS, seed=seed)):
        assert places[scan.place].opens_at <= scan.at <= places[scan.place].closes_at


def test_nothing_is_sent_before_it_was_scanned(script):
    for moment in script.moments:
        assert all(scan.at < moment.at for step in moment.steps if hasattr(step, "scans") for scan in step.scans)


def test_a_group_takes_the_coach_and_does_not_arrive_before_it():
    arrives = [timetable(PLACES, number)[3] for number in range(3)]
    assert arrives[0] == PLACES[3].leaves_at + PLACES[3].way
    assert arrives[1] - arrives[0] == arrives[2] - arrives[1] == BETWEEN_COACHES


@given(st.integers(0, 60))
def test_even_the_last_of_many_groups_arrives_before_closing_time(number):
    for place, at in zip(PLACES, timetable(PLACES, number), strict=True):
        assert place.opens_at < at <= place.closes_at - BEFORE_CLOSING


def test_groups_arrive_together_and_one_after_the_other(script):
    arrivals = defaultdict(list)
    for scan in scans(script):
        if scan.place == 0 and scan.way is Way.SCREEN and scan.phone.number < 240:
            arrivals[scan.phone.number % 8].append(scan.at)
    firsts = [min(times) for _, times in sorted(arrivals.items())]
    assert firsts == sorted(firsts)


def test_codes_of_places_without_network_come_late(script):
    late = [scan for send in sends(script) for scan in send.scans if send.at - scan.at > LATE]
    assert Counter(scan.place for scan in late if scan.way is Way.SCREEN).keys() >= {2, 4}
    assert len(late) > 100


def test_what_is_refused_is_followed_by_what_is_not(script):
    for part in (Part.FORGED, Part.WRONG_SHORT, Part.YESTERDAY, Part.WITHDRAWN, Part.OLD_GRANT):
        first, second, *_ = sorted(of_phone(script, phone_of(script, part)), key=lambda scan: scan.at)
        assert first.way in REFUSED_WAYS
        assert (second.way in REFUSED_WAYS, second.place) == (False, first.place)


def test_wrong_short_codes_stay_below_what_an_address_may_guess(script):
    assert sum(scan.way is Way.WRONG_SHORT for scan in scans(script)) < 5


def test_two_clocks_are_wrong_and_their_scans_are_kept_for_a_while(script):
    for part, off in ((Part.FAST_CLOCK, timedelta(minutes=11)), (Part.SLOW_CLOCK, timedelta(days=-2))):
        phone = phone_of(script, part)
        first = next(send for send in sends(script) if send.scans[0].phone == phone)
        assert phone.clock == off
        assert len(first.scans) == 2
        assert first.at - first.scans[0].at > LATE


def test_there_are_phones_of_every_kind_of_location(script):
    assert {scan.phone.locates for scan in scans(script)} == set(Locates)


def test_one_phone_loses_its_patience(script):
    (storm,) = [send for send in sends(script) if send.copies > 1]
    assert (storm.copies, len(storm.scans)) == (40, 2)


def test_some_hand_the_same_in_again_and_some_scan_the_same_place_again(script):
    handed = Counter(scan.number for scan in scans(script))
    assert sum(count == 2 for count in handed.values()) == script.parts.count(Part.UNSURE) + 1
    again = Counter((scan.phone, scan.place) for scan in set(scans(script)) if scan.way not in REFUSED_WAYS)
    assert sum(count == 2 for count in again.values()) == script.parts.count(Part.TWICE) + 1


def test_a_lost_phone_is_replaced_and_the_office_is_told(script):
    same = only(script, SamePerson)
    joined = next(step for step in steps(script) if isinstance(step, Join) and step.phone == same.second)
    assert same.first == phone_of(script, Part.LOST)
    assert joined.organisation == same.first.number % 10
    old, new = (of_phone(script, phone) for phone in (same.first, same.second))
    assert {scan.place for scan in old} & {scan.place for scan in new}
    assert max(scan.at for scan in old) < joined.at < min(scan.at for scan in new)


def test_guests_join_on_the_spot_for_the_organisations_that_were_given(script):
    joined = [step for step in steps(script) if isinstance(step, Join)]
    assert sorted(step.organisation for step in joined if step.phone != only(script, SamePerson).second) == list(GUESTS)
    for step in joined:
        assert of_phone(script, step.phone)


def test_the_first_guest_hands_in_before_having_joined_and_again_afterwards(script):
    guests = [step for step in steps(script) if isinstance(step, Join) and step.organisation == GUESTS[0]]
    phone = next(step.phone for step in guests if step.phone != only(script, SamePerson).second)
    joined = next(step for step in guests if step.phone == phone)
    times = [send.at for send in sends(script) if send.scans[0] == of_phone(script, phone)[0]]
    assert min(times) < joined.at < max(times)


def test_papers_are_scanned_by_a_steward_many_at_once(script):
    papers = [send for send in sends(script) if {scan.way for scan in send.scans} == {Way.GRANT}]
    assert all(len({scan.place for scan in send.scans}) == 1 for send in papers)
    assert max(len(send.scans) for send in papers) > 1
    assert max(len(send.scans) for send in papers) <= PAPERS_AT_ONCE


def test_a_roll_names_who_could_not_scan_and_counts_visitors(script):
    roll = only(script, Roll)
    assert [phone.number for phone in roll.phones] == [script.parts.index(Part.ROLL)]
    assert (roll.organisation, roll.seats) == (HOST, SEATS)


def test_what_is_taken_back_was_delivered_before_and_is_put_back_after(script):
    back = only(script, TakeBack)
    again = [scan for scan in of_phone(script, back.scan.phone) if scan.place == back.scan.place]
    assert again[0].number == back.scan.number
    assert again[0].at < back.at < again[1].at


def test_a_stranger_from_next_door_tries_one_of_our_places(script):
    theirs = [scan for scan in scans(script) if scan.phone.number >= NEIGHBOURS_FROM]
    assert Counter(scan.place for scan in theirs) == {5: 4, 0: 1}


def test_some_phones_look_at_the_walk_before_they_scan(script):
    looks = [step for step in steps(script) if isinstance(step, Look)]
    assert len(looks) >= 20
    for look in looks:
        assert look.at < min(scan.at for scan in of_phone(script, look.phone))


def test_the_clock_runs_on_while_the_last_place_is_open(script):
    assert script.moments[-1].at < script.ends_at < PLACES[-1].closes_at


def test_a_walk_of_few_plays_special_parts_first():
    script = write_script(walk(len(ONCE)), NEIGHBOURS, seed=1)
    assert set(script.parts) == set(ONCE)
