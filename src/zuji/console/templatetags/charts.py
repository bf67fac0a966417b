"""What pages with charts need: the script that draws them, where it is built, and changes with their sign."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zuji.core import built

register = template.Library()


@register.simple_tag
def chart_script() -> SafeString:
    """What a page with a chart loads; nothing where `web/` is not built, and then the tables stand."""
    entry = built.entry("charts")
    if entry is None:
        return SafeString()
    parts = format_html_join("", '<link rel="modulepreload" href="{}">', ((static(part),) for part in entry.parts))
    return format_html('{}<script src="{}" type="module"></script>', parts, static(entry.script))


@register.filter
def signed(change: int) -> str:
    """A change with its sign, less with a true minus: +3, −1, 0."""
    return f"{change:+,}".replace("-", "\u2212") if change else "0"
