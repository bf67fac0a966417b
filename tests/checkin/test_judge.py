"""Grades of evidence: the protocol's table, row by row, and that no input is without an answer."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin.enums import (
    AccuracyBand,
    CoordStatus,
    Datum,
    DistanceBand,
    Evidence,
    Fence,
    Grade,
    Reason,
    TimeSource,
)
from zuji.checkin.judge import Fix, Place, judge
from zuji.checkin.times import Times
from zuji.core.geometry import Point, wgs84_to_gcj02

SCHOOL = Point(22.95, 113.36)
CONFIRMED = Place(SCHOOL, 150, CoordStatus.CONFIRMED)
IN_TIME = Times(0, False, False, TimeSource.STEP)
LATE = Times(0, True, False, TimeSource.STEP)
DEGREE_M = 111_195

INSIDE = Fix(22.95, 113.36, 18, Datum.WGS84)
OUTSIDE = Fix(22.95 + 1000 / DEGREE_M, 113.36, 18, Datum.WGS84)
VAGUE = Fix(22.95, 113.36, 301, Datum.WGS84)

fixes = st.none() | st.builds(
    Fix,
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.floats(0, 1e7),
    st.sampled_from(Datum),
)
wild = st.none() | st.builds(Fix, st.floats(), st.floats(), st.floats(), st.sampled_from(Datum))
places = st.builds(
    Place,
    st.none() | st.just(SCHOOL),
    st.floats(10, 5000),
    st.sampled_from(CoordStatus),
)
times = st.builds(
    Times,
    st.integers(0, 2**42),
    st.booleans(),
    st.booleans(),
    st.sampled_from(TimeSource),
)


@pytest.mark.parametrize(
    ("evidence", "times", "grades"),
    [
        (Evidence.SCREEN, IN_TIME, "ABD"),
        (Evidence.GRANT, IN_TIME, "ABD"),
        (Evidence.GRANT, LATE, "ABD"),
        (Evidence.SCREEN, LATE, "BBD"),
        (Evidence.POSTER, IN_TIME, "BCD"),
        (Evidence.POSTER, LATE, "BCD"),
        (Evidence.SHORT, IN_TIME, "BCD"),
        (Evidence.ROLL, IN_TIME, "DDD"),
        (Evidence.ROLL, LATE, "DDD"),
    ],
)
def test_the_protocols_table_holds(evidence, times, grades):
    for fix, grade in zip((INSIDE, None, OUTSIDE), grades, strict=True):
        assert judge(CONFIRMED, evidence, fix, times).grade is Grade(grade)


@pytest.mark.parametrize(
    ("place", "fix", "reasons"),
    [
        (CONFIRMED, INSIDE, ()),
        (CONFIRMED, None, (Reason.NO_FIX,)),
        (CONFIRMED, VAGUE, (Reason.VAGUE_FIX,)),
        (CONFIRMED, OUTSIDE, (Reason.OUTSIDE,)),
        (
            Place(SCHOOL, 150, CoordStatus.UNVERIFIED),
            OUTSIDE,
            (Reason.UNVERIFIED_LOCATION,),
        ),
        (
            Place(SCHOOL, 150, CoordStatus.NOT_JUDGED),
            OUTSIDE,
            (Reason.LOCATION_NOT_JUDGED,),
        ),
        (
            Place(None, 150, CoordStatus.CONFIRMED),
            INSIDE,
            (Reason.UNVERIFIED_LOCATION,),
        ),
    ],
)
def test_each_judgement_says_why(place, fix, reasons):
    assert judge(place, Evidence.SCREEN, fix, IN_TIME).reasons == reasons


def test_a_walker_without_location_counts_as_a_participant():
    judgement = judge(CONFIRMED, Evidence.SCREEN, None, IN_TIME)
    assert (judgement.grade, judgement.fence) == (Grade.B, Fence.NONE)


def test_a_roll_says_only_that_it_is_a_roll():
    assert judge(CONFIRMED, Evidence.ROLL, None, IN_TIME).reasons == (Reason.ROLL,)


def test_late_and_about_are_said_beside_the_place():
    hazy = Times(0, True, True, TimeSource.ARRIVAL)
    assert judge(CONFIRMED, Evidence.POSTER, OUTSIDE, hazy).reasons == (
        Reason.LATE,
        Reason.ABOUT,
        Reason.OUTSIDE,
    )


@pytest.mark.parametrize(
    ("metres", "accuracy", "fence"),
    [
        (149, 0, Fence.INSIDE),
        (151, 0, Fence.OUTSIDE),
        (249, 100, Fence.INSIDE),
        (251, 100, Fence.OUTSIDE),
        (251, 299, Fence.OUTSIDE),
    ],
)
def test_accuracy_is_allowed_for_up_to_a_hundred_metres(metres, accuracy, fence):
    fix = Fix(SCHOOL.lat + metres / DEGREE_M, SCHOOL.lon, accuracy, Datum.WGS84)
    assert judge(CONFIRMED, Evidence.SCREEN, fix, IN_TIME).fence is fence


def test_a_fix_that_is_gcj02_unsaid_counts_as_no_fix():
    shifted = wgs84_to_gcj02(SCHOOL)
    judgement = judge(CONFIRMED, Evidence.SCREEN, Fix(*shifted, 18, Datum.WGS84), IN_TIME)
    assert judgement == (
        Grade.B,
        (Reason.GCJ02_SUSPECTED,),
        Fence.NONE,
        DistanceBand.NONE,
        AccuracyBand.TO_20,
    )


def test_a_fix_that_says_it_is_gcj02_is_inside():
    shifted = wgs84_to_gcj02(SCHOOL)
    assert judge(CONFIRMED, Evidence.SCREEN, Fix(*shifted, 18, Datum.GCJ02), IN_TIME).fence is Fence.INSIDE


def test_only_bands_are_kept_of_where():
    judgement = judge(CONFIRMED, Evidence.SCREEN, OUTSIDE, IN_TIME)
    assert (judgement.distance, judgement.accuracy) == (
        DistanceBand.TO_2000,
        AccuracyBand.TO_20,
    )
    assert not any(isinstance(value, float) for value in judgement)


@given(places, st.sampled_from(Evidence), wild, times)
def test_no_input_is_without_a_grade(place, evidence, fix, times):
    assert judge(place, evidence, fix, times).grade in Grade


@pytest.mark.parametrize("accuracy", [nan, inf, 1e300])
def test_an_accuracy_beyond_all_bands_is_vague(accuracy):
    fix = Fix(22.95, 113.36, accuracy, Datum.WGS84)
    assert judge(CONFIRMED, Evidence.SCREEN, fix, IN_TIME).accuracy is AccuracyBand.OVER_300


@given(places, st.sampled_from(Evidence), fixes, times)
def test_outside_is_always_d_and_inside_never_but_for_a_roll(place, evidence, fix, times):
    judgement = judge(place, evidence, fix, times)
    if judgement.fence is Fence.OUTSIDE:
        assert judgement.grade is Grade.D
    elif evidence is not Evidence.ROLL:
        assert judgement.grade is not Grade.D


@given(places, st.sampled_from(Evidence), fixes, times)
def test_an_unconfirmed_location_judges_no_fix(place, evidence, fix, times):
    unverified = place._replace(status=CoordStatus.UNVERIFIED)
    assert judge(unverified, evidence, fix, times).fence is Fence.NONE


@given(places, fixes, times)
def test_to_be_late_never_makes_a_grade_better(place, fix, times):
    early, late = times._replace(late=False), times._replace(late=True)
    for evidence in Evidence:
        assert judge(place, evidence, fix, early).grade <= judge(place, evidence, fix, late).grade
