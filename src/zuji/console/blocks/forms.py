"""Forms whose words come from the translation files and whose errors stand beside their fields."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext

from zuji.core.errors import Invalid, Problem, Refused
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say

Choices = list[tuple[str, str]]


class Form(forms.Form):
    """A form; `keys` says under which key the words before each field stand, `key.help` those under it.

    `beside` says, by the code of a refusal that names no field itself, beside which one it stands.
    """

    keys: ClassVar[Mapping[str, str]] = {}
    helped: ClassVar[tuple[str, ...]] = ()
    beside: ClassVar[Mapping[str, str]] = {}

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


def attempt(form: forms.Form, act: Callable[[], object], *, passing: Collection[str] = ()) -> bool:
    """Do what a valid form asks for; a refusal stands in the form, beside its field where it names one.

    Refusals with a code among `passing` are not the form's to tell and go on to whoever called.
    """
    try:
        act()
    except (Refused, Invalid) as problem:
        if problem.code in passing:
            raise
        form.add_error(_field(form, problem), say(problem.code, problem.facts)[short_language()])
        return False
    return True


def _field(form: forms.Form, problem: Problem) -> str | None:
    beside = form.beside if isinstance(form, Form) else {}
    field = str(problem.facts.get("field", beside.get(problem.code, "")))
    return field if field in form.fields else None
