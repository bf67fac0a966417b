"""A trail as its file describes it: campaign, activity, sites with halls and exhibits, stops with legs and checkpoints.

Pure. What the association's list says of a site, its name, address and coordinates, is only referred to here by code.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from zuji.core.errors import Invalid
from zuji.core.sheets.folding import unreadable
from zuji.trail.errors import Refusal

IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
SOUNDS = frozenset({".mp3", ".m4a", ".ogg", ".wav"})

# PostgreSQL refuses NUL in any text, and would refuse it only at the end of a whole import.
NO_NUL = r"^[^\x00]*\Z"
Name = Annotated[str, Meta(min_length=1, max_length=160, pattern=NO_NUL)]
Short = Annotated[str, Meta(min_length=1, max_length=80, pattern=NO_NUL)]
Text = Annotated[str, Meta(max_length=4000, pattern=NO_NUL)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Instant = Annotated[datetime, Meta(tz=True)]


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in both languages."""

    zh: Name
    en: Name


class ShortName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that must fit on a phone."""

    zh: Short
    en: Short


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages, which may be empty."""

    zh: Text = ""
    en: Text = ""


class ExhibitPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A thing shown; `image` and `audio` are names of files beside the trail's."""

    title: Named
    text: Words = Words()
    image: str = ""
    audio: str = ""
    sample: bool = False


class HallPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room of a site and what it shows, in order."""

    name: Named
    exhibits: list[ExhibitPlan] = []
    sample: bool = False


class SitePlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is told of a site. One that is not on the list yet also needs its name; it may be a sample."""

    code: Annotated[str, Meta(min_length=1, max_length=12, pattern=NO_NUL)]
    name: Named | None = None
    town: Annotated[str, Meta(max_length=40, pattern=NO_NUL)] = ""
    address: Annotated[str, Meta(max_length=160, pattern=NO_NUL)] = ""
    short: Annotated[str, Meta(min_length=1, max_length=24, pattern=NO_NUL)] | None = None
    seal: Annotated[str, Meta(min_length=1, max_length=4, pattern=NO_NUL)] | None = None
    about: Words = Words()
    halls: list[HallPlan] = []
    sample: bool = False


class LegPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way to a stop from the one before: metres, minutes, and when the coach leaves."""

    mode: Literal["foot", "coach"]
    distance_m: Count
    minutes: Annotated[int, Meta(ge=0, le=1440)]
    departs_at: Instant | None = None


class CheckpointPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one checks in at a stop, and when; its location is confirmed on the spot, never given by a file."""

    name: ShortName
    opens_at: Instant
    closes_at: Instant
    radius_m: Annotated[int, Meta(ge=20, le=2000)] = 150


class StopPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stop at a site; the first one has no leg to it."""

    site: str
    leg: LegPlan | None = None
    checkpoints: Annotated[list[CheckpointPlan], Meta(min_length=1, max_length=20)]


class CampaignPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The campaign that the trail's activity is part of."""

    slug: Annotated[str, Meta(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$")]
    name: Named
    opens_on: date
    closes_on: date
    target_firms: Count | None = None
    join_by_list: bool = True


class ActivityPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The dated event whose way the trail is."""

    name: Named
    held_on: date
    rehearsal: bool = False


class TrailPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The trail's own name."""

    name: Named
    sample: bool = False


class TrailFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    campaign: CampaignPlan
    activity: ActivityPlan
    trail: TrailPlan
    sites: list[SitePlan]
    stops: Annotated[list[StopPlan], Meta(min_length=1, max_length=50)]

    def media(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Every file that an exhibit names, with the endings that it may have."""
        for exhibit in (each for site in self.sites for hall in site.halls for each in hall.exhibits):
            if exhibit.image:
                yield exhibit.image, IMAGES
            if exhibit.audio:
                yield exhibit.audio, SOUNDS


def read_trail(data: bytes) -> TrailFile:
    """A trail from the bytes of its TOML file; Invalid says what is wrong and where."""
    try:
        text = data.decode()
        plan = msgspec.toml.decode(text, type=TrailFile)
    except msgspec.ValidationError as wrong:
        found, _, where = str(wrong).partition(" - at ")
        raise Invalid(Refusal.TRAIL_FILE_WRONG, where=where.strip("`"), found=found) from wrong
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise Invalid(Refusal.TRAIL_FILE_UNREADABLE, found=str(broken)) from broken
    _judge(plan)
    return plan


def _judge(plan: TrailFile) -> None:
    """What a type cannot say."""
    codes = [site.code for site in plan.sites]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise Invalid(Refusal.SITE_GIVEN_TWICE, site=twice)
    if plan.campaign.closes_on < plan.campaign.opens_on:
        raise Invalid(Refusal.WINDOW_REVERSED, name=plan.campaign.name.zh)
    # a leg leads to a stop from the one before
    for number, stop in enumerate(plan.stops, 1):
        if (stop.leg is None) != (number == 1):
            raise Invalid(Refusal.LEG_MISPLACED, stop=number)
        for checkpoint in stop.checkpoints:
            if checkpoint.closes_at <= checkpoint.opens_at:
                raise Invalid(Refusal.WINDOW_REVERSED, name=checkpoint.name.zh)
    for name, endings in plan.media():
        # a plain name: the file lies in the folder that came with the trail and nowhere else
        if PurePosixPath(name).name != name or unreadable(name) or PurePosixPath(name).suffix.lower() not in endings:
            raise Invalid(Refusal.MEDIA_UNFIT, file=name, expected=" ".join(sorted(endings)))
