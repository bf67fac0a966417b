"""What a wall is about and whom it lists: what seldom changes, and is looked up every few seconds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings

from zuji.checkin.models import Activity, Campaign
from zuji.checkin.standing import doors_of, signed_up
from zuji.checkin.viewing import campaign_of
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.committee.names import short_names
from zuji.core.enums import HomeKind
from zuji.core.models import Home
from zuji.trail.flow import Station
from zuji.trail.models import Impression, Site, Trail
from zuji.trail.queries import approved_impressions
from zuji.trail.stations import day_shown, stations_of

IMPRESSIONS: Final = 24


class Line(NamedTuple):
    """An organisation on the wall; `co` where it is no firm of the campaign but builds with it."""

    key: int
    name: str
    full: str
    is_firm: bool
    co: bool


@dataclass(frozen=True, kw_only=True)
class Setting:
    """`doors` are all checkpoints of the campaign; `lines` stand in the order of signing up."""

    campaign: Campaign
    activity: Activity | None
    stations: list[Station]
    doors: list[int]
    lines: list[Line]
    passes: int
    impressions: list[Impression]
    sample: bool
    demo: bool

    @property
    def shown_doors(self) -> list[int]:
        """The checkpoints of the stations, in order."""
        return [door for station in self.stations for door in station.checkpoints]

    @property
    def window(self) -> tuple[datetime | None, datetime | None]:
        """From when and until when one can check in at what is shown; None where there is nothing."""
        doors = self.activity.checkpoints.all() if self.activity else []
        return min((door.opens_at for door in doors), default=None), max(
            (door.closes_at for door in doors), default=None
        )

    @property
    def join(self) -> str:
        """Where whoever sees the wall can join."""
        return f"{settings.BASE_URL}/public/{self.campaign.slug}/"


def setting_of(campaign_id: int, counted: frozenset[int], *, at: datetime) -> Setting:
    """A campaign's wall; organisations that are counted in it are listed even where none of them has a pass."""
    campaign = campaign_of(campaign_id)
    activity = day_shown(campaign, at=at)
    stations = stations_of(activity, at=at) if activity else []
    signed = signed_up(campaign)
    keys = [*signed.organisations, *sorted(counted - set(signed.organisations))]
    found = ParticipantOrganisation.objects.in_bulk(keys)
    impressions = approved_impressions(campaign, IMPRESSIONS, as_of=at)
    samples = [any(each.sample for each in found.values()), any(each.sample for each in impressions)]
    return Setting(
        campaign=campaign,
        activity=activity,
        stations=stations,
        doors=doors_of(campaign),
        lines=_lines([found[key] for key in keys if key in found]),
        passes=signed.passes,
        impressions=impressions,
        sample=any(samples) or _is_sample_trail(activity, stations),
        demo=Home.objects.filter(kind=HomeKind.DEMO).exists(),
    )


def _lines(organisations: list[ParticipantOrganisation]) -> list[Line]:
    names = short_names([each.name for each in organisations])
    return [
        Line(
            each.pk,
            name,
            each.name,
            is_firm=each.kind == ParticipantKind.FIRM,
            co=each.joins_as == JoinsAs.COBUILDING_UNIT,
        )
        for each, name in zip(organisations, names, strict=True)
    ]


def _is_sample_trail(activity: Activity | None, stations: list[Station]) -> bool:
    sites = [station.site for station in stations if station.site]
    trails = Trail.objects.filter(activity=activity, sample=True)
    return bool(sites) and (trails.exists() or Site.objects.filter(pk__in=sites, sample=True).exists())
