"""A form made from an action's signature: what the action takes is what is asked for.

    AddForm = ActForm.of(actions.add_participant, words="participant", given=("association_id",))

Each keyword-only parameter becomes a field, and a parameter that takes a dataclass or a struct becomes a field for each
of its values. Types say which: text, whole number, yes or no, day, instant, closed set; `| None` or a default says that
it may stay empty; `msgspec.Meta` says its limits. A key of a row is asked for by `Rows`. Words stand under
`<words>.<name>`, and help under `<words>.<name>.help` where there is any.
"""

import dataclasses
import inspect
import re
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, ClassVar, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
from django import forms
from django.db.models import Choices, Model, QuerySet, TextChoices
from django.utils.translation import gettext, gettext_lazy

from zuji.console.blocks.filters import NamedField
from zuji.console.blocks.forms import Form, words_of
from zuji.console.blocks.told import value_told
from zuji.console.pages import Desk

BY_THE_PAGE = ("actor", "at", "seen")
"""What every action takes and no form asks for: who acts, when, and what the row said when it was read."""

Action = Callable[..., Any]


@dataclass(frozen=True)
class Rows:
    """A choice among rows by key: those that a desk may choose, called by `label_of` or by their names.

    Where there are too many to list, the key is `typed`.
    """

    visible: Callable[[Desk], QuerySet[Any]]
    label_of: Callable[[Any], str] | None = None
    typed: bool = False


class Asked(NamedTuple):
    """One thing that an action wants to know: its name, its type, its limits, whether it may stay empty."""

    name: str
    kind: type
    limits: msgspec.Meta
    required: bool
    within: str = ""
    """The parameter of whose values it is one; empty for a parameter of its own."""


class ActForm(Form):
    """Asks for what an action takes, and does it. Made by `of`."""

    action: ClassVar[Action]
    asked: ClassVar[tuple[Asked, ...]]
    values: ClassVar[Mapping[str, type]]
    """The parameters that take several values at once, and the type of those."""

    def __init__(self, *args: Any, at_desk: Desk, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        self.at_desk = at_desk
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, RowChoice):
                field.queryset = field.rows.visible(at_desk)
            help_key = f"{self.keys[name]}.help"
            said = gettext(help_key)
            field.help_text = "" if said == help_key else said

    @classmethod
    def of(
        cls,
        action: Action,
        *,
        words: str,
        given: Collection[str] = (),
        fields: Mapping[str, forms.Field | Rows] | None = None,
        keys: Mapping[str, str] | None = None,
        beside: Mapping[str, str] | None = None,
    ) -> type["ActForm"]:
        """The form of an action.

        `given` are parameters that the page knows, `fields` replace what types would give, `keys` are words that stand
        elsewhere than under `words`, and `beside` says to which field the code of a refusal belongs.
        """
        values = {name: kind for name, kind in _parameters(action, given) if _takes_several(kind)}
        asked = tuple(_asked(action, given))
        own = {name: RowChoice(field) if isinstance(field, Rows) else field for name, field in (fields or {}).items()}
        made = {each.name: own.get(each.name) or _field(each) for each in asked}
        about: dict[str, object] = {
            "action": staticmethod(action),
            "asked": asked,
            "values": values,
            "beside": dict(beside or {}),
            "keys": {each.name: f"{words}.{each.name}" for each in asked} | dict(keys or {}),
        }
        return type(f"{action.__name__}_form", (cls,), about | made)

    def typed(self) -> dict[str, object]:
        """What was typed, by name, as the action wants it: members of closed sets, keys of rows, None where empty."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}

    def arguments(self, typed: Mapping[str, object] | None = None) -> dict[str, object]:
        """What was typed as the action's keyword arguments, several values put together again."""
        typed = self.typed() if typed is None else typed
        alone = {each.name: typed[each.name] for each in self.asked if not each.within}
        together = {
            parameter: kind(**{each.name: typed[each.name] for each in self.asked if each.within == parameter})
            for parameter, kind in self.values.items()
        }
        return alone | together

    def told(self, name: str, value: object) -> str:
        """A value of one field in words."""
        field = self.fields[name]
        if value in (None, ""):
            return gettext("form.blank")
        words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        return words.get(str(value)) or value_told(value)

    def sent(self, name: str, value: object) -> str:
        """A value of one field as a browser would send it."""
        field = self.fields[name]
        sent = field.widget.format_value(field.prepare_value(value))
        return str(sent[0] if isinstance(sent, list | tuple) else sent or "")

    def act(self, typed: Mapping[str, object] | None, given: Mapping[str, object]) -> object:
        """Do the action, by the desk's account and at its time, with what was typed and with what the page knows."""
        account, at = self.at_desk
        return type(self).action(actor=account, at=at, **given, **self.arguments(typed))


class RowChoice(NamedField):
    """A choice among rows; which, is known once there is a desk."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        options: dict[str, Any] = {"widget": forms.NumberInput} if rows.typed else {}
        super().__init__(
            queryset=None,
            label_of=rows.label_of,
            empty_label=gettext_lazy("form.choose"),
            error_messages={"invalid_choice": gettext_lazy("form.no_such")},
            **options,
        )


def initial_of(values: object) -> dict[str, object]:
    """What a form opens with, from values as the action takes them."""
    if dataclasses.is_dataclass(values):
        return {field.name: getattr(values, field.name) for field in dataclasses.fields(values)}
    if isinstance(values, msgspec.Struct):
        return msgspec.structs.asdict(values)
    return dict(values)  # type: ignore[call-overload,no-any-return]  # a mapping


def prefix_of(kind: type[Choices]) -> str:
    """Under what the words of a closed set stand: `JoinsAs` under `joins_as`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _parameters(action: Action, given: Collection[str]) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(action, include_extras=True)
    for name in inspect.signature(action).parameters:
        if name not in BY_THE_PAGE and name not in given:
            yield name, hints[name]


def _asked(action: Action, given: Collection[str]) -> Iterator[Asked]:
    parameters = inspect.signature(action).parameters
    for name, hint in _parameters(action, given):
        if _takes_several(hint):
            yield from _parts(hint, name)
        else:
            yield _one(name, hint, has_default=parameters[name].default is not inspect.Parameter.empty)


def _takes_several(hint: Any) -> bool:  # noqa: ANN401 - a type as it was written
    return isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, msgspec.Struct))


def _parts(kind: Any, within: str) -> Iterator[Asked]:  # noqa: ANN401 - a dataclass or a struct
    hints = get_type_hints(kind, include_extras=True)
    for name, parameter in inspect.signature(kind).parameters.items():
        one = _one(name, hints[name], has_default=parameter.default is not inspect.Parameter.empty)
        yield one._replace(within=within)


def _one(name: str, hint: Any, *, has_default: bool) -> Asked:  # noqa: ANN401 - a type as it was written
    options = [part for part in get_args(hint) if part is not type(None)]
    is_union = get_origin(hint) in (Union, types.UnionType)
    bare = options[0] if is_union else hint
    limits = msgspec.Meta()
    if get_origin(bare) is Annotated:
        bare, *about = get_args(bare)
        limits = next((each for each in about if isinstance(each, msgspec.Meta)), limits)
    return Asked(name, bare, limits, required=not (has_default or is_union))


def _field(asked: Asked) -> forms.Field:
    made = next(make for kind, make in FIELDS if issubclass(asked.kind, kind))
    return made(asked)


def _choice(asked: Asked) -> forms.Field:
    kind: Any = asked.kind
    return forms.TypedChoiceField(
        choices=partial(words_of, prefix_of(kind), kind.values),
        coerce=kind,
        empty_value=None,
        required=asked.required,
    )


def _number(asked: Asked) -> forms.Field:
    return forms.IntegerField(min_value=asked.limits.ge, max_value=asked.limits.le, required=asked.required)  # type: ignore[arg-type]  # a limit of a whole number is one


def _text(asked: Asked) -> forms.Field:
    return forms.CharField(max_length=asked.limits.max_length, required=asked.required)


def _day(asked: Asked) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=asked.required)


def _instant(asked: Asked) -> forms.Field:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(widget=widget, required=asked.required)


FIELDS: tuple[tuple[type, Callable[[Asked], forms.Field]], ...] = (
    (TextChoices, _choice),
    (bool, lambda asked: forms.BooleanField(required=False)),
    (int, _number),
    (datetime, _instant),
    (date, _day),
    (str, _text),
)
"""By type, narrower ones first: a bool is an int, an instant is a date."""


def _plain(value: object) -> object:
    return value.pk if isinstance(value, Model) else value
