"""Closed sets of the check-in protocol; their words are in the translation files."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of an item; final for its id. *Retry* is an answer, not an outcome, and is never stored."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    REFUSED = "refused"


class Grade(StrEnum):
    """Strength of the evidence; every grade counts the same as participation."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Evidence(StrEnum):
    """By what an item says that somebody was there."""

    SCREEN = "screen"
    POSTER = "poster"
    SHORT = "short"
    GRANT = "grant"
    ROLL = "roll"


class CodeKind(StrEnum):
    """The letter before a code's serial."""

    SCREEN = "s"
    POSTER = "p"
    GRANT = "g"


class CoordStatus(StrEnum):
    """Whether a checkpoint's location may judge a fix."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    NOT_JUDGED = "not_judged"


class Datum(StrEnum):
    """The frame in which a phone states its fix."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


class Fence(StrEnum):
    """What is kept of where a fix lay."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    NONE = "none"


class DistanceBand(StrEnum):
    """Distance from the checkpoint; the metres themselves are dropped."""

    NONE = "none"
    TO_50 = "to_50"
    TO_150 = "to_150"
    TO_500 = "to_500"
    TO_2000 = "to_2000"
    OVER_2000 = "over_2000"


class AccuracyBand(StrEnum):
    """Accuracy that the phone claimed for its fix, in metres."""

    NONE = "none"
    TO_20 = "to_20"
    TO_100 = "to_100"
    TO_300 = "to_300"
    OVER_300 = "over_300"


class Reason(StrEnum):
    """Why a judgement is what it is; several may hold."""

    OUTSIDE = "outside"
    LATE = "late"
    ROLL = "roll"
    NO_FIX = "no_fix"
    VAGUE_FIX = "vague_fix"
    UNVERIFIED_LOCATION = "unverified_location"
    LOCATION_NOT_JUDGED = "location_not_judged"
    GCJ02_SUSPECTED = "gcj02_suspected"
    ABOUT = "about"
    RECEIPT = "receipt"


class TimeSource(StrEnum):
    """Where the judged time comes from."""

    STEP = "step"
    PHONE = "phone"
    ARRIVAL = "arrival"
    ROLL = "roll"


class LeafKind(StrEnum):
    """What a leaf of the log records."""

    CHECKIN = "checkin"
    TAKEN_BACK = "taken_back"
    PUT_BACK = "put_back"


class CorrectionKind(StrEnum):
    """A correction names the item that it corrects; nothing is overwritten."""

    TAKEN_BACK = "taken_back"
    PUT_BACK = "put_back"


class WithdrawReason(StrEnum):
    """Why a pass is withdrawn."""

    LOST = "lost"
    NOT_COMING = "not_coming"
    ISSUED_TWICE = "issued_twice"
    ENTERED_WRONG = "entered_wrong"


class Verb(StrEnum):
    """What the audit trail says of check-in."""

    SCREEN_ISSUED = "screen_issued"
    POSTER_ISSUED = "poster_issued"
    GRANT_ISSUED = "grant_issued"
    SERIAL_WITHDRAWN = "serial_withdrawn"
    LOCATION_CONFIRMED = "location_confirmed"
    ROLL_ADDED = "roll_added"
    TAKEN_BACK = "taken_back"
    PASS_WITHDRAWN = "pass_withdrawn"
    PASS_REPLACED = "pass_replaced"
    PASS_ERASED = "pass_erased"
    PASSES_MARKED_SAME = "passes_marked_same"
    SAME_MARK_UNDONE = "same_mark_undone"
    CAMPAIGN_REDUCED = "campaign_reduced"
    WALKERS_ADDED = "walkers_added"
    EPOCH_BEGUN = "epoch_begun"
    LOG_VERIFIED = "log_verified"
