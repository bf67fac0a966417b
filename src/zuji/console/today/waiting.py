"""What waits for an account. A package that has more to remind of adds one line to `WAITING`."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from zuji.console.today import counting, listing, overseeing, walking
from zuji.console.today.now import Now, Provider, Waiting
from zuji.core.templatetags.words import day as day_told
from zuji.core.templatetags.words import hour, say
from zuji.people.enums import Right

WAITING: tuple[tuple[Right, Provider], ...] = (
    (Right.SHOW_CODES, walking.screen),
    (Right.IMPORT_WALKERS, walking.not_arrived),
    (Right.SEE_CHECKINS, walking.on_phones),
    (Right.CONFIRM_LOCATION, walking.locations),
    (Right.EDIT_TRAIL, walking.trails),
    (Right.EDIT_CAMPAIGNS, walking.codes),
    (Right.EDIT_CAMPAIGNS, walking.unsigned),
    (Right.IMPORT_WALKERS, walking.sign_up),
    (Right.DECIDE_IMPRESSIONS, walking.impressions),
    (Right.DECIDE_DOUBTS, listing.doubts),
    (Right.IMPORT_LISTS, listing.staged),
    (Right.ENTER_CENSUS, counting.own_forms),
    (Right.RUN_CENSUS, counting.to_check),
    (Right.RUN_CENSUS, counting.running),
    (Right.PUBLISH_FIGURES, walking.publishing),
    (Right.MANAGE_ACCOUNTS, overseeing.failed_entries),
    (Right.SEE_AUDIT, overseeing.verification),
    (Right.SEE_AUDIT, overseeing.viewed_as),
    (Right.GRANT_ROLES, overseeing.roleless),
    (Right.GRANT_ROLES, overseeing.lent_ending),
    (Right.LEND_ROLES, overseeing.lent_ending),
    (Right.RESEND_MESSAGES, overseeing.undelivered),
    (Right.MANAGE_ACCOUNTS, overseeing.failed_works_of_all),
    (Right.SEE_FRAME, overseeing.own_failed_works),
    (Right.MANAGE_DESTINATIONS, walking.unreachable),
)
"""By what right something is asked for, and what asks. What has no time of its own follows in this order."""


class Due(NamedTuple):
    """When something is due, in words, and whether that is over."""

    told: str
    is_late: bool


class Listed(NamedTuple):
    """Something that waits, with when it is due."""

    waiting: Waiting
    due: Due


def listed(now: Now) -> list[Listed]:
    """All that waits for this account, the most urgent first."""
    providers = dict.fromkeys(provider for right, provider in WAITING if right in now.scopes)
    found = [each for provider in providers for each in provider(now)]
    dated = sorted((each for each in found if each.due), key=lambda each: each.due or now.at)
    return [Listed(each, due(each.due, now)) for each in (*dated, *(each for each in found if not each.due))]


def due(at: datetime | None, now: Now) -> Due:
    """When something is due: by the hour today, by the day before and after."""
    if at is None:
        return Due("", is_late=False)
    day = at.astimezone(now.zone).date()
    days = (day - now.today).days
    if days < 0:
        return Due(say("today.due.late", n=-days), is_late=True)
    if days == 0:
        return Due(say("today.due.today", at=hour(at)), is_late=at < now.at)
    return Due(gettext("today.due.tomorrow") if days == 1 else day_told(day), is_late=False)
