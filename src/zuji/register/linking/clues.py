"""What two codes say of one firm, in log odds: known from how codes are made and lost, so it is not learnt."""

from collections.abc import Callable

from zuji.register.codes import KNOWN_OF_LOST, CodeKind, could_be, nearly_one, one_slip_apart
from zuji.register.linking.units import Unit

DISTRICT_PART = 6
"""Leading digits that half of all firms share."""
PER_DIGIT = 0.8


def _same(one: str, other: str) -> float | None:
    return 12.0 if one == other else -9.0


def _lost(one: str, other: str) -> float | None:
    lost, whole = sorted((one, other), key=len)
    if len(lost) >= KNOWN_OF_LOST:
        return 9.0 if could_be(lost, whole) else -6.0
    return PER_DIGIT * max(0, len(lost) - DISTRICT_PART) if could_be(lost, whole) else -6.0


def _old(one: str, other: str) -> float | None:
    return 10.0 if one == other else -5.0


def _slip(one: str, other: str) -> float | None:
    return 8.0 if one_slip_apart(one, other) else -5.0


def _mistyped(one: str, other: str) -> float | None:
    return 8.0 if nearly_one(one, other) else -5.0


def _broken(one: str, other: str) -> float | None:
    return 8.0 if one == other else None


SPEAKS: dict[tuple[CodeKind, CodeKind], Callable[[str, str], float | None]] = {
    (CodeKind.SOUND, CodeKind.SOUND): _same,
    (CodeKind.SOUND, CodeKind.LOST): _lost,
    (CodeKind.LOST, CodeKind.SOUND): _lost,
    (CodeKind.LOST, CodeKind.LOST): _lost,
    (CodeKind.OLD, CodeKind.OLD): _old,
    (CodeKind.BROKEN, CodeKind.SOUND): _slip,
    (CodeKind.SOUND, CodeKind.BROKEN): _slip,
    (CodeKind.BROKEN, CodeKind.BROKEN): _broken,
    (CodeKind.MISTYPED, CodeKind.SOUND): _mistyped,
    (CodeKind.SOUND, CodeKind.MISTYPED): _mistyped,
    (CodeKind.MISTYPED, CodeKind.MISTYPED): _same,
}


def codes_say(unit: Unit, firm: Unit) -> float:
    """The strongest that any pair of their codes says for one firm; 0 where none can be compared."""
    if not unit.codes or not firm.codes:
        return 0.0
    said = [
        value
        for (ours, theirs), speak in SPEAKS.items()
        for one in unit.codes.get(ours, ())
        for other in firm.codes.get(theirs, ())
        if (value := speak(one, other)) is not None
    ]
    return max(said, default=0.0)
