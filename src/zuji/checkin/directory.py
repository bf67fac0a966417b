"""Passes, checkpoints and serials as the intake remembers them: read when first needed, forgotten when told or old."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from zuji.checkin import codes
from zuji.checkin.enums import CodeKind, CoordStatus
from zuji.checkin.judge import Place
from zuji.checkin.steps import Query, Steps
from zuji.checkin.times import Window
from zuji.core.geometry import Point
from zuji.core.ids import b64, unb64

PASSES_KEPT: Final = 200_000
SPOT_FRESH_MS: Final = 30_000
SPOT_SETTLED_MS: Final = 1_000
_TOKEN_BYTES: Final = 16
_QUARTER_MS: Final = 900_000

PASSES: Final = (
    "select walker.id, walker.token, walker.campaign_id, walker.organisation_id, "
    "(extract(epoch from walker.withdrawn_at) * 1000)::bigint, association.time_zone "
    "from checkin_pass as walker join checkin_campaign as campaign on campaign.id = walker.campaign_id "
    "join core_association as association on association.id = campaign.association_id "
    "where walker.token = any(%s::bytea[])"
)
SPOTS: Final = (
    "select spot.id, activity.campaign_id, (extract(epoch from spot.opens_at) * 1000)::bigint, "
    "(extract(epoch from spot.closes_at) * 1000)::bigint, spot.lat, spot.lon, spot.radius_m, spot.coord_status, "
    "spot.key, association.time_zone from checkin_checkpoint as spot "
    "join checkin_activity as activity on activity.id = spot.activity_id "
    "join checkin_campaign as campaign on campaign.id = activity.campaign_id "
    "join core_association as association on association.id = campaign.association_id where spot.id = any(%s::bigint[])"
)
SERIALS: Final = (
    "select checkpoint_id, kind, serial, day, withdrawn_at is not null, holder_id from checkin_codeserial "
    "where checkpoint_id = any(%s::bigint[])"
)


class Walker(NamedTuple):
    """A pass: whose, where, and until when it was good."""

    id: int
    campaign: int
    organisation: int
    withdrawn_ms: int | None
    zone: str


class Serial(NamedTuple):
    """One poster, one screen on one day, or one steward's grant for one day."""

    kind: CodeKind
    number: int
    day: date | None
    withdrawn: bool
    holder: int
    key: bytes


class Spot:
    """A checkpoint with its serials, as of the moment at which it was read."""

    def __init__(self, values: Iterable[Any], *, read_ms: int) -> None:
        self.id, self.campaign, opens_ms, closes_ms, lat, lon, radius_m, status, key, self.zone = values
        self.window = Window(opens_ms, closes_ms)
        self.place = Place(None if lat is None else Point(lat, lon), float(radius_m), CoordStatus(status))
        self.key = bytes(key)
        self.read_ms = read_ms
        self.serials: dict[tuple[CodeKind, int], Serial] = {}

    def add(self, kind: str, number: int, day: date | None, withdrawn: bool, holder: int) -> None:
        """Take in a serial that was issued here."""
        letter = CodeKind(kind)
        key = codes.serial_key(self.key, letter, number)
        self.serials[letter, number] = Serial(letter, number, day, withdrawn, holder, key)

    @cached_property
    def screens(self) -> list[Serial]:
        """Those whose short codes may be read out."""
        return [serial for serial in self.serials.values() if serial.kind is CodeKind.SCREEN and not serial.withdrawn]


class Directory:
    """What is remembered of passes and checkpoints. Unknown passes are not remembered: a join may be on its way."""

    def __init__(self) -> None:
        self._walkers: dict[str, Walker] = {}
        self._tokens: dict[int, str] = {}
        self._spots: dict[int, Spot | None] = {}
        self._told = 0

    def walker(self, token: str) -> Walker | None:
        """The pass of a token, if it is remembered."""
        return self._walkers.get(token)

    def spot(self, checkpoint: int) -> Spot | None:
        """The checkpoint of a key, if it is remembered and there is one."""
        return self._spots.get(checkpoint)

    def lacks_spot(self, code: codes.Code | codes.ShortCode, *, at_ms: int) -> bool:
        """Whether the database must be asked for a code's checkpoint: unknown, old, or without that serial so far."""
        spot = self._spots.get(code.checkpoint)
        if spot is None:
            return code.checkpoint not in self._spots
        age_ms = at_ms - spot.read_ms
        if isinstance(code, codes.Code) and (code.kind, code.serial) not in spot.serials:
            return not 0 <= age_ms <= SPOT_SETTLED_MS
        return not 0 <= age_ms <= SPOT_FRESH_MS

    def load(self, tokens: Collection[str], checkpoints: Collection[int], *, at_ms: int) -> Steps[bool]:
        """Read what is lacking, and remember it all at once, so that it can be used before anything is forgotten.

        Returns whether nothing was told to be forgotten meanwhile; if something was, what was read may be old already.
        """
        told = self._told
        raw = [token for text in tokens if (token := read_token(text)) is not None]
        walkers = (yield Query(PASSES, [raw])) if raw else []
        wanted = list(checkpoints)
        found = (yield Query(SPOTS, [wanted])) if wanted else []
        spots = {values[0]: Spot(values, read_ms=at_ms) for values in found}
        for checkpoint, *values in (yield Query(SERIALS, [list(spots)])) if spots else []:
            spots[checkpoint].add(*values)
        for number, token, campaign, organisation, withdrawn_ms, zone in walkers:
            self._remember(b64(bytes(token)), Walker(number, campaign, organisation, withdrawn_ms, zone))
        self._spots.update(dict.fromkeys(wanted) | spots)
        return told == self._told

    def drop(self, tokens: Iterable[str], checkpoints: Iterable[int]) -> None:
        """Forget what was just read."""
        for token in tokens:
            self._walkers.pop(token, None)
        for checkpoint in checkpoints:
            self._spots.pop(checkpoint, None)

    def _remember(self, token: str, walker: Walker) -> None:
        if len(self._walkers) >= PASSES_KEPT:
            self._walkers.clear()
            self._tokens.clear()
        self._walkers[token] = walker
        self._tokens[walker.id] = token

    def forget(self, what: str) -> None:
        """A row changed: `pass:<key>` or `checkpoint:<key>`, as the database tells."""
        self._told += 1
        kind, _, number = what.partition(":")
        if kind == "pass":
            self._walkers.pop(self._tokens.pop(int(number), ""), None)
        elif kind == "checkpoint":
            self._spots.pop(int(number), None)

    def forget_all(self) -> None:
        """What was told in the meantime is unknown."""
        self._told += 1
        for remembered in (self._walkers, self._tokens, self._spots):
            remembered.clear()


@lru_cache(maxsize=4096)
def read_token(text: str) -> bytes | None:
    """A pass's 16 bytes, or None where the text is none in its one spelling."""
    try:
        raw = unb64(text)
    except ValueError:
        return None
    return raw if len(raw) == _TOKEN_BYTES and b64(raw) == text else None


def local_date(at_ms: int, zone: str) -> date:
    """The day there; every zone's offset is a whole number of quarter hours."""
    return _quarter_date(at_ms // _QUARTER_MS, zone)


@lru_cache(maxsize=4096)
def _quarter_date(quarter: int, zone: str) -> date:
    return datetime.fromtimestamp(quarter * _QUARTER_MS / 1000, UTC).astimezone(ZoneInfo(zone)).date()
