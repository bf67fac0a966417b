"""One item against what is known of its pass and its code: a judged row, a refused one, or a time to come again."""

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from zuji.checkin import codes, times
from zuji.checkin.codes import Code, ShortCode
from zuji.checkin.directory import Directory, Serial, Spot, Walker, local_date
from zuji.checkin.enums import CodeKind, Evidence, Grade, Outcome, Reason
from zuji.checkin.errors import Refusal
from zuji.checkin.judge import judge
from zuji.checkin.limits import Guesses
from zuji.checkin.receipts import Fields, Keys
from zuji.checkin.restoring import proven
from zuji.checkin.rows import Row
from zuji.checkin.times import Times
from zuji.checkin.wire import Handed

GENUINE_KEPT: Final = 4096
WAIT_AT_MOST_S: Final = 300
SHORT_STEPS: Final = times.SHORT_WITHIN_MS // (codes.STEP_S * 1000)
EVIDENCE: Final = {
    CodeKind.SCREEN: Evidence.SCREEN,
    CodeKind.POSTER: Evidence.POSTER,
    CodeKind.GRANT: Evidence.GRANT,
}


class Wait(NamedTuple):
    """Not an outcome: hand the item in again after so many seconds."""

    after_s: int


class Seen(NamedTuple):
    """A code that holds good: what it is evidence of, and when."""

    evidence: Evidence
    serial: Serial
    step: int
    times: Times


class Scales:
    """Weighs items; remembers which macs were right, since a whole group hands in the same screen's code."""

    def __init__(self, directory: Directory, guesses: Guesses, keys: Keys) -> None:
        self._directory = directory
        self._guesses = guesses
        self._keys = keys
        self._genuine: dict[str, bytes] = {}

    def weigh(self, item: Handed, arrived_ms: int, address: str) -> Row | Wait | None:
        """The row to be stored, a time to wait, or None where the pass is unknown."""
        walker = self._directory.walker(item.token)
        if walker is None:
            return None
        code = None if item.flaw else read_code(item.code)
        spot = self._directory.spot(code.checkpoint) if code else None
        if item.flaw or code is None or spot is None:
            why = item.flaw or (Refusal.UNKNOWN_CHECKPOINT if code else Refusal.UNREADABLE_CODE)
            return refused(item, walker, None, why, arrived_ms)
        if spot.campaign != walker.campaign:
            return refused(item, walker, None, Refusal.FOREIGN_PASS, arrived_ms)
        if item.receipt and (fields := self._proven(item, walker, spot)):
            return restored(item, code, fields, spot, arrived_ms)
        seen = self._see(item, code, spot, arrived_ms, address)
        if isinstance(seen, Wait):
            return seen
        if isinstance(seen, Refusal):
            return refused(item, walker, spot, seen, arrived_ms)
        if walker.withdrawn_ms is not None and seen.times.at_ms >= walker.withdrawn_ms:
            return refused(item, walker, spot, Refusal.WITHDRAWN_PASS, arrived_ms)
        if closed := times.outside_window(spot.window, seen.times.at_ms, arrived_ms=arrived_ms):
            return refused(item, walker, spot, closed, arrived_ms)
        return accepted(item, walker, spot, seen, arrived_ms)

    def _proven(self, item: Handed, walker: Walker, spot: Spot) -> Fields | None:
        return proven(item, walk_pass=walker.id, campaign=walker.campaign, checkpoint=spot.id, keys=self._keys)

    def _see(
        self, item: Handed, code: Code | ShortCode, spot: Spot, arrived_ms: int, address: str
    ) -> Seen | Wait | Refusal:
        if isinstance(code, ShortCode):
            return self._see_short(item, code, spot, arrived_ms, address)
        serial = spot.serials.get((code.kind, code.serial))
        if serial is None or not self._is_genuine(item.code, code, serial):
            return Refusal.FORGED_CODE
        if serial.withdrawn:
            return Refusal.WITHDRAWN_CODE
        if code.kind is CodeKind.SCREEN:
            return _see_screen(code, serial, spot, arrived_ms)
        judged = times.by_phone(item.at_ms, item.sent_ms, arrived_ms=arrived_ms, window=spot.window)
        if code.kind is CodeKind.GRANT and local_date(judged.at_ms, spot.zone) != serial.day:
            return Refusal.OLD_CODE
        return Seen(EVIDENCE[code.kind], serial, code.step, judged)

    def _see_short(
        self, item: Handed, code: ShortCode, spot: Spot, arrived_ms: int, address: str
    ) -> Seen | Wait | Refusal:
        guessers = (f"pass {item.token}", f"address {address}")
        if wait_s := self._guesses.wait_s(guessers):
            return Wait(wait_s)
        judged = times.by_phone(item.at_ms, item.sent_ms, arrived_ms=arrived_ms, window=spot.window)
        today = local_date(judged.at_ms, spot.zone)
        around = codes.step_at(judged.at_ms / 1000)
        for serial in spot.screens:
            if serial.day == today:
                step = codes.short_step(serial.key, code.digits, around=around, steps=SHORT_STEPS)
                if step is not None:
                    return Seen(Evidence.SHORT, serial, step, judged)
        self._guesses.wrong(guessers)
        return Refusal.WRONG_SHORT_CODE

    def _is_genuine(self, text: str, code: Code, serial: Serial) -> bool:
        if self._genuine.get(text) == serial.key:
            return True
        if not codes.is_genuine(code, serial.key):
            return False
        if len(self._genuine) >= GENUINE_KEPT:
            self._genuine.clear()
        self._genuine[text] = serial.key
        return True


@lru_cache(maxsize=GENUINE_KEPT)
def read_code(text: str) -> Code | ShortCode | None:
    """codes.parse, remembered."""
    return codes.parse(text)


def _see_screen(code: Code, serial: Serial, spot: Spot, arrived_ms: int) -> Seen | Wait | Refusal:
    # a screen holds one day's serial, so a step of another day was made by nobody's screen
    if local_date(code.step * codes.STEP_S * 1000, spot.zone) != serial.day:
        return Refusal.FORGED_CODE
    judged = times.by_step(code.step, arrived_ms=arrived_ms)
    if isinstance(judged, int):
        return Wait(min(judged, WAIT_AT_MOST_S))
    return Seen(Evidence.SCREEN, serial, code.step, judged)


def refused(item: Handed, walker: Walker, spot: Spot | None, why: Refusal, arrived_ms: int) -> Row:
    """The row of an attempt. It names no place or time of day beyond its arrival."""
    return Row(
        campaign=walker.campaign,
        id=item.id,
        digest=item.digest,
        received_ms=arrived_ms,
        local_date=_iso(local_date(arrived_ms, walker.zone)),
        outcome=Outcome.REFUSED,
        code=why,
        checkpoint=spot.id if spot else None,
        walk_pass=walker.id,
        organisation=walker.organisation,
    )


def accepted(item: Handed, walker: Walker, spot: Spot, seen: Seen, arrived_ms: int) -> Row:
    """The row of a check-in, unless the pass has one at this checkpoint already."""
    judgement = judge(spot.place, seen.evidence, item.fix, seen.times)
    return Row(
        campaign=walker.campaign,
        id=item.id,
        digest=item.digest,
        received_ms=arrived_ms,
        local_date=_iso(local_date(seen.times.at_ms, spot.zone)),
        outcome=Outcome.ACCEPTED,
        checkpoint=spot.id,
        walk_pass=walker.id,
        organisation=walker.organisation,
        evidence=seen.evidence,
        serial=seen.serial.number,
        step=seen.step,
        at_ms=seen.times.at_ms,
        grade=judgement.grade,
        late=seen.times.late,
        reasons=",".join(judgement.reasons),
        fence=judgement.fence,
        distance=judgement.distance,
        accuracy=judgement.accuracy,
        steward=seen.serial.holder if seen.evidence is Evidence.GRANT else None,
    )


def restored(item: Handed, code: Code | ShortCode, fields: Fields, spot: Spot, arrived_ms: int) -> Row:
    """The row of a check-in whose time and grade its receipt gives back. Where the phone was is not known again."""
    kind, serial, step = (None, None, None) if isinstance(code, ShortCode) else (code.kind, code.serial, code.step)
    return Row(
        campaign=fields.campaign,
        id=item.id,
        digest=item.digest,
        received_ms=arrived_ms,
        local_date=_iso(local_date(fields.at, spot.zone)),
        outcome=Outcome.ACCEPTED,
        checkpoint=fields.checkpoint,
        walk_pass=fields.walk_pass,
        organisation=fields.organisation,
        evidence=EVIDENCE[kind] if kind else Evidence.SHORT,
        serial=serial,
        step=step,
        at_ms=fields.at,
        grade=Grade(fields.grade),
        late=fields.late,
        reasons=Reason.RECEIPT,
    )


@lru_cache(maxsize=1024)
def _iso(day: date) -> str:
    return day.isoformat()
