"""Who opens the first page, when, and what they may: looked up once for everything that stands on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from zuji.checkin.access import visible_campaigns
from zuji.checkin.models import Activity, Campaign
from zuji.checkin.pending import held_on
from zuji.console.pages import Desk
from zuji.people.audit import last_visit
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import Scope, scopes_of

BEHIND, AHEAD = timedelta(days=30), timedelta(days=60)
"""How far back something may still be owed, and how far ahead something may already be prepared."""
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Now:
    """A desk and all that its first page asks again and again."""

    desk: Desk

    @property
    def account(self) -> Account:
        return self.desk.account

    @property
    def at(self) -> datetime:
        return self.desk.at

    @cached_property
    def zone(self) -> ZoneInfo:
        """The association's time zone."""
        return ZoneInfo(self.account.association.time_zone)

    @cached_property
    def today(self) -> date:
        """The day in that zone."""
        return self.at.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """The first instant of a day there."""
        return datetime.combine(day, time(), self.zone)

    @cached_property
    def since(self) -> datetime:
        """When this account had signed in before; a week ago where it never had."""
        return last_visit(self.account) or self.at - A_WEEK

    @cached_property
    def scopes(self) -> dict[Right, Scope]:
        """The scope of every right that this account has."""
        return scopes_of(self.account, at=self.at)

    def scope(self, right: Right) -> Scope:
        """Over what a right is held; over nothing where it is not."""
        return self.scopes.get(right, Scope())

    @cached_property
    def running(self) -> list[Campaign]:
        """Campaigns that this account sees, that are not over and begin soon; those that began first on top."""
        rows = visible_campaigns(self.account, at=self.at).select_related("association")
        return list(rows.filter(closes_on__gte=self.today, opens_on__lte=self.today + AHEAD).order_by("opens_on", "pk"))

    def campaigns(self, right: Right) -> list[Campaign]:
        """Those of them over which a right is held as a whole, and not for some organisations alone."""
        scope = self.scope(right)
        return [row for row in self.running if row.association_id in scope.associations or row.pk in scope.campaigns]

    @cached_property
    def activities(self) -> list[Activity]:
        """Their activities, from a month back on, each with its checkpoints."""
        return held_on(self.running, self.today - BEHIND, self.today + AHEAD)

    def coming(self, campaign: Campaign) -> Activity | None:
        """A campaign's next activity, or the one of today."""
        own = (each for each in self.activities if each.campaign_id == campaign.pk)
        return next((each for each in own if each.held_on >= self.today), None)

    def due_of(self, campaign: Campaign) -> datetime | None:
        """When a campaign's next activity begins; None where none is near."""
        activity = self.coming(campaign)
        return None if activity is None else self.opens(activity)

    def opens(self, activity: Activity) -> datetime:
        """When one can first check in at an activity; the beginning of its day where it has no checkpoint."""
        times = [each.opens_at for each in activity.checkpoints.all()]
        return min(times, default=self.midnight(activity.held_on))

    def closes(self, activity: Activity) -> datetime:
        """When one could last check in; the end of its day where it has no checkpoint."""
        times = [each.closes_at for each in activity.checkpoints.all()]
        return max(times, default=self.midnight(activity.held_on + timedelta(days=1)))

    def on_now(self, campaigns: Iterable[Campaign]) -> list[Activity]:
        """Activities of these campaigns at which one can check in at this instant."""
        keys = {each.pk for each in campaigns}
        own = (each for each in self.activities if each.campaign_id in keys)
        return [each for each in own if self.opens(each) <= self.at < self.closes(each)]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something to do: what, a note, the words and the address of where it is done; how much of it, and until when."""

    what: str
    note: str
    do: str
    url: str
    count: int | None = None
    due: datetime | None = None


Provider = Callable[[Now], Iterable[Waiting]]
