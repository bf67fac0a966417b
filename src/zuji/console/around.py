"""What stands around a page: the tasks that one may open, what waits there, and the way to where one is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.pages import Crumb, Desk, Page
from zuji.console.tasks import TASKS, Entry, Task
from zuji.people.enums import Right
from zuji.people.rights import RIGHTS, roles_of, scope_of
from zuji.register.access import visible_doubts
from zuji.register.census.access import visible_forms
from zuji.register.census.queries import DONE
from zuji.register.enums import DoubtState, FormState
from zuji.trail.access import visible_impressions
from zuji.trail.enums import ImpressionState

Waits = Callable[[Desk, int | None], int]
"""How much waits for a desk behind an entry, on the pages of a campaign or of none; few and fast queries."""


def _impressions(at_desk: Desk, campaign_id: int | None) -> int:
    rows = visible_impressions(at_desk.account, Right.DECIDE_IMPRESSIONS, at=at_desk.at)
    return rows.filter(campaign=campaign_id, state=ImpressionState.WAITING).count()


def _doubts(at_desk: Desk, campaign_id: int | None) -> int:
    rows = visible_doubts(at_desk.account, Right.DECIDE_DOUBTS, at=at_desk.at)
    return rows.filter(state=DoubtState.WAITING).count()


def _census(at_desk: Desk, campaign_id: int | None) -> int:
    """Of the office forms to be checked, of an enumerator those to be handed in."""
    account, at = at_desk
    right = Right.RUN_CENSUS if scope_of(account, Right.RUN_CENSUS, at=at) else Right.ENTER_CENSUS
    rows = visible_forms(account, right, at=at).filter(round__closed_at=None)
    if right == Right.RUN_CENSUS:
        return rows.filter(state=FormState.HANDED_IN).count()
    today = at.astimezone(ZoneInfo(account.association.time_zone)).date()
    return rows.filter(round__opens_on__lte=today, round__closes_on__gte=today).exclude(state__in=DONE).count()


WAITS: dict[str, Waits] = {"impressions": _impressions, "doubts": _doubts, "census": _census}
"""By the entry's key. Only entries where work waits are here."""


@dataclass(frozen=True)
class Link:
    """An entry of the navigation as one page shows it."""

    key: str
    url: str
    is_current: bool
    waits: int


@dataclass(frozen=True)
class Shown:
    """A task as one page shows it: the current one with its entries."""

    key: str
    url: str
    is_current: bool
    waits: int
    entries: list[Link]


@dataclass(frozen=True)
class Around:
    """All that the frame asks for, by one look at somebody's roles; a page's template hides by `frame.rights`."""

    desk: Desk
    rights: set[Right]
    roles: str
    tasks: list[Shown]
    crumbs: list[Crumb]


def around(desk: Desk, page: Page, waits: Mapping[str, Waits] = WAITS) -> Around:
    """What stands around this page for whoever sits at this desk."""
    held = roles_of(desk.account, at=desk.at)
    rights: set[Right] = set().union(*(RIGHTS[role] for role in held))
    tasks = [shown for task in TASKS if (shown := _shown(task, page, desk, rights, waits))]
    way = next((Crumb(gettext(f"task.{each.key}"), each.url) for each in tasks if each.is_current), None)
    return Around(
        desk=desk,
        rights=rights,
        roles=gettext("list.comma").join(gettext(f"role.{role}") for role in held),
        tasks=tasks,
        crumbs=_once([*([way] if way else []), *page.crumbs], page.title),
    )


def _once(crumbs: list[Crumb], title: str) -> list[Crumb]:
    """The steps but for those whose words the next one repeats, as a task's and its first page's may."""
    after = [each.label for each in crumbs[1:]] + [title]
    return [each for each, said in zip(crumbs, after, strict=True) if each.label != said]


def _shown(task: Task, page: Page, desk: Desk, rights: set[Right], waits: Mapping[str, Waits]) -> Shown | None:
    entries = [entry for entry in task.entries if entry.right in rights and _fits(entry, page)]
    if not entries:
        return None
    links = [
        Link(
            key=entry.key,
            url=_url(entry, page),
            is_current=entry.key == page.entry,
            waits=waits[entry.key](desk, page.campaign_id) if entry.key in waits else 0,
        )
        for entry in entries
    ]
    is_current = task.key == page.task
    total = sum(link.waits for link in links)
    return Shown(task.key, links[0].url, is_current, total, links if is_current else [])


def _fits(entry: Entry, page: Page) -> bool:
    return not entry.per_campaign or page.campaign_id is not None


def _url(entry: Entry, page: Page) -> str:
    return reverse(entry.route, args=[page.campaign_id] if entry.per_campaign else [])
