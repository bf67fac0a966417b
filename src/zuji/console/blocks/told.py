"""A value in words, wherever a record, a timeline or a form that came too late tells one."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext
from psycopg.types.range import Range

from zuji.core.templatetags.words import full_day, full_moment, number, say

ONE_DAY = timedelta(days=1)


def value_told(value: object, prefix: str = "") -> str:
    """A value in the reader's language; `prefix` is the family of a closed set's words. What is empty is unknown."""
    if value in (None, ""):
        return gettext("core.unknown")
    if prefix:
        return gettext(f"{prefix}.{value}")
    if isinstance(value, Range):
        return span_told(value)
    if isinstance(value, datetime):
        return full_moment(value)
    return full_day(value) if isinstance(value, date) else number(value)


def span_told(span: Range[date]) -> str:
    """A range of days by its first and its last one."""
    if span.upper is None:
        return say("span.open", first=full_day(span.lower))
    return say("span.closed", first=full_day(span.lower), last=full_day(span.upper - ONE_DAY))
