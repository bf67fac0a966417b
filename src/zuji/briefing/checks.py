"""A home does not start with an indicator that reads anything but facts."""

from django.core.checks import CheckMessage, Error, register

from zuji.briefing.definitions import BadDefinition, catalogue
from zuji.core.facts import all_facts


@register("briefing")
def indicators(**_: object) -> list[CheckMessage]:
    """One error for each fault of each indicator."""
    from zuji.briefing.dialects import faults  # sqlglot is wanted by no command but that which runs the checks

    relations = {fact.name: dict.fromkeys(fact.columns, "text") for fact in all_facts()}
    try:
        found = [f"{each.id}: {fault}" for each in catalogue().values() for fault in faults(each, relations)]
    except BadDefinition as error:
        return [Error(str(error), id="briefing.E001")]
    return [Error(fault, id="briefing.E002") for fault in found]
