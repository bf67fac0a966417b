"""What the register's pages say in words: answers and states with their shapes, reasons, fields, towns, industries."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from zuji.core.templatetags.words import short_language
from zuji.core.texts import say as refusal
from zuji.register.census.comparing import discreet
from zuji.register.fields import Field
from zuji.register.rules.industries import industry_of
from zuji.register.towns import towns

ANSWERS: Final = {"yes": "yes", "no": "not", "unknown": "gone"}
"""The shape of each answer; a firm that is not of a kind is no refusal, and so not red."""
STATUSES: Final = {"active": "yes", "revoked": "differs", "deregistered": "not", "moved_out": "not", "unknown": "gone"}


def answer_state(answer: str) -> SafeString:
    """An answer as word, shape and colour."""
    return format_html('<span class="state {}">{}</span>', ANSWERS[answer], gettext(f"answer.{answer}"))


def reasons_told(reasons: Iterable[Mapping[str, Any]], family: str) -> list[str]:
    """Reasons as they are kept, `{"code", "facts"}`, each as a sentence under `<family>.<code>`."""
    return [reason_told(each, family) for each in reasons]


def reason_told(reason: Mapping[str, Any], family: str) -> str:
    """One of them; a fact that has words of its own is told by them, and a small count of members not at all."""
    reason = discreet(reason)
    facts = {name: _fact(name, value) for name, value in reason.get("facts", {}).items()}
    return told_by(f"{family}.{reason['code']}", facts)


def told_by(key: str, facts: Mapping[str, object]) -> str:
    """The words of a key with its facts; one that was not kept, as those of persons are not, is left out."""
    count = facts.get("n")
    words = ngettext(key, key, count) if isinstance(count, int) else gettext(key)
    return words.format_map(_Kept(facts))


class _Kept(dict[str, object]):
    """Facts; of persons none is kept with a reason."""

    def __missing__(self, key: str) -> str:
        return "…"


def _fact(name: str, value: object) -> object:
    prefix = FACTS.get(name)
    return gettext(f"{prefix}.{value}") if prefix else value


FACTS: Final = {"of": "list_field", "field": "list_field", "kind": "filing_kind"}
"""Facts that are keys of closed sets, by the prefix of their words."""


def problems_told(problems: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is doubtful about cells, in words."""
    return [refusal(each["code"], each)[short_language()] for each in problems]


def field_named(field: Field | str) -> str:
    """What a field is called."""
    return gettext(f"list_field.{field}")


def industry_named(code: str) -> str:
    """An industry code with its name where the table of the Internet's industries has it."""
    found = industry_of(code)
    return f"{code} {found.name}" if found else code


def town_named(code: str) -> str:
    """A town by its name; one of elsewhere by its code, and none is not known."""
    known = towns()
    return known[code].name if code in known else code or gettext("core.unknown")


def towns_known() -> dict[str, str]:
    """Names of the district's towns by their codes."""
    return {code: each.name for code, each in towns().items()}
