"""Forms whose words come from the translation files and whose errors stand beside their fields."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext

from zuji.core.errors import Invalid, Problem, Refused
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say

Choices = list[tuple[str, str]]


class Form(forms.Form):
    """A form; `keys` says under which key the words before each field stand, `key.help` those under it."""

    keys: ClassVar[dict[str, str]] = {}
    helped: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = gettext(self.keys[name])
            field.error_messages["required"] = gettext("form.required")
            if name in self.helped:
                field.help_text = gettext(f"{self.keys[name]}.help")


def words_of(prefix: str, keys: list[str]) -> Choices:
    """Choices of a closed set in the reader's language."""
    return [(key, gettext(f"{prefix}.{key}")) for key in keys]


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do what a valid form asks for; a refusal stands in the form, beside its field where it names one."""
    try:
        act()
    except (Refused, Invalid) as problem:
        form.add_error(_field(form, problem), say(problem.code, problem.facts)[short_language()])
        return False
    return True


def _field(form: forms.Form, problem: Problem) -> str | None:
    field = str(problem.facts.get("field", ""))
    return field if field in form.fields else None
