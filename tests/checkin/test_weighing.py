"""One item against what is known, without a database: each code's way to a row, a reason or a wait."""

from datetime import date

import pytest

from tests.cast import DAY
from tests.checkin.test_log import SIGNER
from zuji.checkin import codes
from zuji.checkin.directory import Directory, Spot, Walker
from zuji.checkin.enums import CodeKind, Outcome
from zuji.checkin.errors import Refusal
from zuji.checkin.limits import Guesses
from zuji.checkin.rows import Row
from zuji.checkin.weighing import Scales, Wait
from zuji.checkin.wire import Handed, identity

NOW = int(DAY.timestamp() * 1000)
HOUR = 3_600_000
KEY = b"k" * 32
TODAY = date(2021, 7, 26)


@pytest.fixture
def directory() -> Directory:
    made = Directory()
    values = [12, 1, NOW - HOUR, NOW + HOUR, 22.95, 113.43, 150, "confirmed", KEY, "Asia/Shanghai"]
    spot = Spot(values, read_ms=NOW)
    spot.add("s", 1, TODAY, False, 9)
    spot.add("p", 1, None, False, 9)
    spot.add("g", 1, TODAY, False, 9)
    made._spots[12] = spot
    made._walkers["mine"] = Walker(5, 1, 7, None, "Asia/Shanghai")
    made._walkers["gone"] = Walker(6, 1, 7, NOW - HOUR // 2, "Asia/Shanghai")
    made._walkers["foreign"] = Walker(8, 2, 7, None, "Asia/Shanghai")
    return made


def code(kind: CodeKind, step: int, serial: int = 1) -> str:
    return codes.build(12, kind, serial, step, key=codes.serial_key(KEY, kind, serial))


SCREEN = code(CodeKind.SCREEN, NOW // 15_000)
POSTER = code(CodeKind.POSTER, 0)
GRANT = code(CodeKind.GRANT, 20210726)


def weigh(
    directory: Directory, text: str, *, token: str = "mine", scanned: int = NOW, sent: int = NOW, arrived: int = NOW
):
    item = Handed("id", token, text, scanned, sent, None, identity(token, text))
    return Scales(directory, Guesses(), SIGNER.keys).weigh(item, arrived, "10.0.0.1")


@pytest.mark.parametrize(("text", "evidence"), [(SCREEN, "screen"), (POSTER, "poster"), (GRANT, "grant")])
def test_each_code_becomes_a_row_that_says_what_it_is_based_on(directory, text, evidence):
    row = weigh(directory, text)
    assert isinstance(row, Row)
    assert (row.outcome, row.evidence, row.walk_pass, row.organisation) == (Outcome.ACCEPTED, evidence, 5, 7)
    assert row.steward == (9 if evidence == "grant" else None)


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        ("?", {}, Refusal.UNREADABLE_CODE),
        ("13.p1.0.AAAAAAAAAAA", {}, Refusal.UNKNOWN_CHECKPOINT),
        (POSTER[:-1] + "-", {}, Refusal.FORGED_CODE),
        (code(CodeKind.POSTER, 0, serial=2), {}, Refusal.FORGED_CODE),
        (code(CodeKind.SCREEN, NOW // 15_000 - 5760), {}, Refusal.FORGED_CODE),
        (POSTER, {"token": "foreign"}, Refusal.FOREIGN_PASS),
        (POSTER, {"token": "gone"}, Refusal.WITHDRAWN_PASS),
        (POSTER, {"scanned": NOW - 2 * HOUR}, Refusal.CHECKPOINT_NOT_OPEN),
        (POSTER, {"arrived": NOW + 2 * HOUR}, Refusal.CHECKPOINT_CLOSED),
        (GRANT, {"arrived": NOW + 24 * HOUR}, Refusal.OLD_CODE),
        (POSTER, {"arrived": NOW + 8 * 24 * HOUR, "sent": NOW + 8 * 24 * HOUR}, Refusal.TOO_LATE),
        ("12.short.AAAAAA", {}, Refusal.WRONG_SHORT_CODE),
    ],
)
def test_each_reason_stands_in_the_row(directory, text, options, why):
    row = weigh(directory, text, **options)
    assert isinstance(row, Row)
    assert (row.outcome, row.code, row.at_ms, row.grade) == (Outcome.REFUSED, why, None, "")


def test_an_unknown_pass_has_no_row(directory):
    assert weigh(directory, SCREEN, token="nobody") is None


def test_a_scan_made_before_the_pass_was_withdrawn_counts(directory):
    row = weigh(directory, POSTER, token="gone", scanned=NOW - HOUR // 2 - 1)
    assert row.outcome is Outcome.ACCEPTED


def test_a_screen_far_ahead_is_to_come_again_within_five_minutes(directory):
    assert weigh(directory, code(CodeKind.SCREEN, NOW // 15_000 + 100)) == Wait(300)


def test_a_screens_step_is_the_time_and_not_the_phones(directory):
    row = weigh(directory, SCREEN, scanned=0, sent=HOUR * 24 * 365 * 30, arrived=NOW + HOUR)
    assert (row.at_ms, row.late, row.grade) == (NOW // 15_000 * 15_000, True, "B")


def test_a_short_code_of_a_live_screen_is_found_around_the_judged_time(directory):
    shown = codes.short(codes.serial_key(KEY, CodeKind.SCREEN, 1), NOW // 15_000 - 12)
    row = weigh(directory, f"12.short.{shown}")
    assert (row.evidence, row.step, row.at_ms) == ("short", NOW // 15_000 - 12, NOW)


def test_the_local_date_is_the_days_of_the_checkpoint(directory):
    assert weigh(directory, POSTER).local_date == "2021-07-26"


def test_a_right_code_is_right_only_for_the_key_that_made_it(directory):
    scales = Scales(directory, Guesses(), SIGNER.keys)
    item = Handed("id", "mine", POSTER, NOW, NOW, None, b"")
    assert scales.weigh(item, NOW, "").outcome is Outcome.ACCEPTED
    directory._spots[12].key = b"x" * 32
    directory._spots[12].add("p", 1, None, False, 9)
    assert scales.weigh(item, NOW, "").code == Refusal.FORGED_CODE
