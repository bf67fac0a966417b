"""The few numbers that matter to an account, each with its qualifier and the way to what it counts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from zuji.briefing import queries
from zuji.briefing.access import visible_associations
from zuji.briefing.definitions import catalogue
from zuji.briefing.figures import rounded
from zuji.briefing.wording import printed
from zuji.checkin import pending
from zuji.checkin.listings import log_heads
from zuji.checkin.models import Campaign
from zuji.checkin.viewing import view_of
from zuji.console.today.now import Now
from zuji.core.templatetags.words import named, number, say
from zuji.people.access import lent_grants, visible_accounts, without_role
from zuji.people.audit import visible_entries
from zuji.people.enums import Right

OF_FIRMS = "T2"
HEADLINES = ("T1", OF_FIRMS, "T3")


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number as it may be said, what it counts, and where that is listed; `more` is by how much it grew."""

    name: str
    note: str
    url: str
    value: int
    printed: str
    more: int = 0


def figures(now: Now) -> Iterator[Number]:
    """Figures of the association as they stand, with their qualifiers; since the last visit they grew by `more`."""
    association = visible_associations(now.account, at=now.at).order_by("pk").first()
    if association is None:
        return
    for name in HEADLINES:
        definition = catalogue()[name]
        before, value = queries.course(name, association=association, cut_offs=(now.since, now.at))
        shown = rounded(value, definition.rule)
        yield Number(
            name=gettext(definition.name),
            note=f"{name}　{_counts(name, now)}",
            url=reverse("console:figure", args=[name]),
            value=value,
            printed=named(printed(shown, definition.unit)),
            more=value - before,
        )


def _counts(name: str, now: Now) -> str:
    """Shortly what a headline counts; of firms, what the walk aims at."""
    target = next((each.target_firms for each in now.running if each.target_firms), None)
    return say("today.target", n=target) if name == OF_FIRMS and target else gettext(f"today.counts.{name}")


def own_walk(now: Now) -> Iterator[Number]:
    """A contact's own people in the walk that is on or next: signed up, and been there."""
    keys = now.scope(Right.IMPORT_WALKERS).organisations
    for campaign in now.running[:1] if keys else ():
        passes = sum(pending.signed_up([campaign], keys).values())
        yield _plain("today.number.passes", passes, reverse("console:passes", args=[campaign.pk]), named(campaign))
        yield from _been(now, campaign)


def steward_walk(now: Now) -> Iterator[Number]:
    """A steward's walk: who has been there."""
    for campaign in now.running[:1]:
        if campaign.pk in now.scope(Right.SHOW_CODES).campaigns:
            yield from _been(now, campaign)


def _been(now: Now, campaign: Campaign) -> Iterator[Number]:
    view = view_of(now.account, campaign, at=now.at)
    url = reverse("console:checkins", args=[campaign.pk])
    for name, value in queries.walk_totals(campaign, view, as_of=now.at, names=("people", "checkins")).items():
        yield _plain(f"today.number.{name}", value, url, named(campaign))


def accounts(now: Now) -> Iterator[Number]:
    """Who can sign in, who of them may do nothing, and what is lent."""
    url, account, at = reverse("console:accounts"), now.account, now.at
    active = visible_accounts(account, at=at).filter(is_active=True).count()
    yield _plain("today.number.accounts", active, f"{url}?active=yes")
    if Right.GRANT_ROLES in now.scopes:
        yield _plain("today.number.roleless", without_role(account, at=at).count(), f"{url}?active=yes")
    lent = lent_grants(account, at=at).filter(during__contains=at).count()
    yield _plain("today.number.lent", lent, reverse("console:lent"))


def trail(now: Now) -> Iterator[Number]:
    """What was done today, and how long the log of check-ins is; for whoever has no figures to look at."""
    if Right.SEE_FIGURES in now.scopes:
        return
    entries = visible_entries(now.account, at=now.at).filter(at__gte=now.midnight(now.today)).count()
    yield _plain("today.number.entries", entries, f"{reverse('console:audit')}?since={now.today.isoformat()}")
    size = sum(log_heads().values_list("size", flat=True))
    yield _plain("today.number.log", size, reverse("console:keys"))


Provider = Callable[[Now], Iterable[Number]]
NUMBERS: tuple[tuple[Right, Provider], ...] = (
    (Right.SEE_FIGURES, figures),
    (Right.IMPORT_WALKERS, own_walk),
    (Right.SHOW_CODES, steward_walk),
    (Right.MANAGE_ACCOUNTS, accounts),
    (Right.GRANT_ROLES, accounts),
    (Right.SEE_AUDIT, trail),
)
"""By what right a number is asked for, and what gives it."""
MOST = 6


def numbers(now: Now) -> list[Number]:
    """What matters to this account."""
    providers = dict.fromkeys(provider for right, provider in NUMBERS if right in now.scopes)
    return [each for provider in providers for each in provider(now)][:MOST]


def _plain(key: str, value: int, url: str, note: str = "") -> Number:
    """A count that is exact."""
    return Number(name=gettext(key), note=note, url=url, value=value, printed=number(value))
