"""The frame's parts."""

import re

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zuji.console.keys import KEYS, KeyGroup
from zuji.console.pages import Page
from zuji.console.tasks import TASKS, Entry, Task
from zuji.core import clock
from zuji.people.access import own_grants
from zuji.people.enums import Right, Role
from zuji.people.guards import signed_in
from zuji.people.rights import RIGHTS

register = template.Library()
NUMBER = re.compile(r"([^\d]*)([\d.,]*万?)(.*)", re.DOTALL)


@register.inclusion_tag("console/tasks.html", takes_context=True)
def task_list(context: template.Context) -> dict[str, object]:
    """The tasks that this account may open, the current one with its pages."""
    page: Page = context["page"]
    account, at = signed_in(context["request"]), clock.now()
    held = list(dict.fromkeys(own_grants(account, at=at).values_list("role", flat=True)))
    rights = set().union(*(RIGHTS[Role(role)] for role in held))
    shown = [_task(task, page, rights) for task in TASKS]
    roles = gettext("list.comma").join(gettext(f"role.{role}") for role in held)
    tasks = [task for task in shown if task]
    return {"tasks": tasks, "account": account, "roles": roles, "request": context["request"]}


@register.inclusion_tag("console/printed.html", takes_context=True)
def printed_by(context: template.Context) -> dict[str, object]:
    """Who printed the page, and when; only paper shows it."""
    return {"account": signed_in(context["request"]), "at": clock.now()}


@register.simple_tag
def all_keys() -> tuple[KeyGroup, ...]:
    """Every key of the console, for the help."""
    return KEYS


def _task(task: Task, page: Page, rights: set[Right]) -> dict[str, object] | None:
    entries = [entry for entry in task.entries if entry.right in rights and _fits(entry, page)]
    if not entries:
        return None
    current = task.key == page.task
    links = [{"key": entry.key, "url": _url(entry, page), "current": entry.key == page.entry} for entry in entries]
    return {"key": task.key, "url": links[0]["url"], "current": current, "entries": links if current else []}


def _fits(entry: Entry, page: Page) -> bool:
    return not entry.per_campaign or page.campaign_id is not None


def _url(entry: Entry, page: Page) -> str:
    return reverse(entry.route, args=[page.campaign_id] if entry.per_campaign else [])


@register.filter
def figure(printed: str) -> SafeString:
    """A printed figure with its number set apart, so that the qualifier stays beside it: 近 **20** 家."""
    before, number, after = NUMBER.match(printed).groups()  # type: ignore[union-attr]  # every part may be empty
    return format_html("{}<b>{}</b>{}", before, number, after)


@register.simple_tag(takes_context=True)
def without(context: template.Context, *names: str) -> str:
    """The query string of this page without some parameters, and from its first page."""
    query = context["request"].GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return f"?{query.urlencode()}"
