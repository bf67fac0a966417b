"""The frame's parts."""

import re

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zuji.console.around import Around, around
from zuji.console.blocks.once import drawn
from zuji.console.keys import KEYS, KeyGroup
from zuji.console.pages import desk

register = template.Library()
OWN_WORDS = {
    "required": "form.required",
    **dict.fromkeys(("password_too_short", "password_too_common", "password_too_similar"), "refusal.password_too_weak"),
    "password2_differs": "password.mismatch",
}
NUMBER = re.compile(r"([^\d]*)([\d.,]*万?)(.*)", re.DOTALL)


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Around:
    """What stands around this page."""
    return around(desk(context["request"]), context["page"])


@register.simple_tag(takes_context=True)
def once(context: template.Context) -> SafeString:
    """The number by which a form that is sent twice is done once."""
    return format_html('<input type="hidden" name="once" value="{}">', drawn(context["request"]))


@register.simple_tag
def all_keys() -> tuple[KeyGroup, ...]:
    """Every key of the console, for the help."""
    return KEYS


@register.filter
def bare(field: BoundField) -> SafeString:
    """A control without the grey words that the sign-in library writes into it: its label says the same."""
    return field.as_widget(attrs={"placeholder": ""})


@register.filter
def told(field: BoundField) -> list[str]:
    """What is wrong with a field of the sign-in library, in our words where we have some."""
    # that two passwords differ has no code of its own
    codes = [(error.code or f"{field.name}_differs", error) for error in field.errors.as_data()]
    return [gettext(OWN_WORDS[code]) if code in OWN_WORDS else error.messages[0] for code, error in codes]


@register.filter
def in_fours(code: str) -> str:
    """A long code as it is copied by hand: four signs at a time."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


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
