"""The frame's parts."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zuji.console.around import Around, around
from zuji.console.keys import KEYS, KeyGroup
from zuji.console.pages import desk

register = template.Library()
NUMBER = re.compile(r"([^\d]*)([\d.,]*万?)(.*)", re.DOTALL)


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Around:
    """What stands around this page."""
    return around(desk(context["request"]), context["page"])


@register.simple_tag
def all_keys() -> tuple[KeyGroup, ...]:
    """Every key of the console, for the help."""
    return KEYS


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
