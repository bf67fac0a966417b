"""Words, dates and numbers in pages: keys from the translation files, the reader's language, the page's time zone."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from zuji.core.http import page_of

register = template.Library()
LOOKS = ("dark", "large")


def short_language() -> str:
    """`zh` or `en`, as the names of columns and of `core.texts` have it."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


@register.simple_tag
def say(key: str, /, **facts: object) -> str:
    """The words of a key with its facts filled in; a fact `n` chooses between one and many."""
    count = facts.get("n")
    words = ngettext(key, key, count) if isinstance(count, int) else gettext(key)
    return words.format(**{name: number(fact) if name == "n" else fact for name, fact in facts.items()})


@register.filter
def word(value: object, prefix: str) -> str:
    """The word for a key of a closed set: `{{ grade|word:"grade" }}` reads `grade.A`; nothing is unknown."""
    return gettext(f"{prefix}.{value}") if value not in (None, "") else gettext("core.unknown")


@register.filter
def named(thing: object, field: str = "name") -> str:
    """The field of a thing, or of a `{"zh", "en"}`, in the reader's language."""
    if isinstance(thing, dict):
        return str(thing.get(short_language(), ""))
    return str(getattr(thing, f"{field}_{short_language()}", ""))


@register.filter
def number(value: object) -> str:
    """An integer with thousands set apart, so that 24000 reads 24,000; what is no number stays as it is."""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


@register.filter
def known(value: object) -> str | SafeString:
    """The value, or the word for what is not known: never 0, never blank."""
    if value in (None, ""):
        return format_html('<span class="un">{}</span>', gettext("core.unknown"))
    return value if isinstance(value, SafeString) else number(value)


def _date(value: date | datetime | None, key: str) -> str:
    if value is None:
        return gettext("core.unknown")
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return formats.date_format(local, gettext(key))


@register.filter
def day(value: date | datetime | None) -> str:
    """26 July, without the year."""
    return _date(value, "format.day")


@register.filter
def full_day(value: date | datetime | None) -> str:
    """26 July 2021."""
    return _date(value, "format.full_day")


@register.filter
def week_day(value: date | datetime | None) -> str:
    """Monday, 26 July."""
    return _date(value, "format.week_day")


@register.filter
def moment(value: datetime | None) -> str:
    """26 July 09:31, in the page's time zone."""
    return _date(value, "format.moment")


@register.filter
def full_moment(value: datetime | None) -> str:
    """26 July 2021 09:31, in the page's time zone."""
    return _date(value, "format.full_moment")


@register.filter
def hour(value: datetime | None) -> str:
    """09:31, in the page's time zone."""
    return _date(value, "format.hour")


@register.simple_tag(takes_context=True)
def look(context: template.Context) -> str:
    """The classes of `html` by which a person's choice of dark and large type wins."""
    return " ".join(name for name in LOOKS if looks(context.get("request"), name))


@register.filter
def looks(request: HttpRequest | None, name: str) -> bool:
    """Whether this person chose that look."""
    return request is not None and request.COOKIES.get(f"zuji_{name}") == "1"


@register.simple_tag(takes_context=True)
def shade(context: template.Context) -> str:
    """`dark` or `light` as this person chose, `system` where they leave it to their device."""
    request = context.get("request")
    chosen = request.COOKIES.get("zuji_dark") if request is not None else None
    return {"1": "dark", "0": "light"}.get(chosen or "", "system")


@register.simple_tag
def languages() -> list[tuple[str, str, bool]]:
    """Code and own name of each language, and whether the page speaks it."""
    return [(code, name, code == translation.get_language()) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def came_from(context: template.Context) -> str:
    """The page of this home whose form led here; the first page where it was another site's, or none."""
    return page_of(context["request"])
