"""What the frame says of long works."""

from django import template

from zuji.core.works import under_way
from zuji.people.guards import signed_in

register = template.Library()


@register.inclusion_tag("console/works_running.html", takes_context=True)
def works_running(context: template.Context) -> dict[str, int]:
    """A link to this account's works with how many wait or run; nothing when none does."""
    return {"running": under_way(signed_in(context["request"]))}
