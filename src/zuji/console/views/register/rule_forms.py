"""Forms of rules: each kind's parameters as an office user thinks of them, from and to the data that is kept."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext

from zuji.console.blocks.forms import Form, words_of
from zuji.console.views.register.words import field_named
from zuji.register.enums import EnterpriseStatus, FilingKind, RuleKind
from zuji.register.fields import PERSONAL, Field

Parameters = dict[str, Any]
SEPARATORS = re.compile(r"[、,，\n\r]+")
GROUPS: Final = ["core", "related", "telecom"]
TESTS: Final = ["at_least", "one_of", "starts_with", "has"]
SPARE: Final = 2
"""Rows for further criteria."""
PARTS: Final = ("name", "of", "test", "against", "weight")


class Texts(forms.CharField):
    """Several texts, set apart by commas or lines."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's own
        return "、".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401 - Django's own
        text = super().clean(value)
        return list(dict.fromkeys(part.strip() for part in SEPARATORS.split(text) if part.strip()))


class Towns(forms.CharField):
    """A town a line: its code and its name."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's own
        return "\n".join(f"{code} {name}" for code, name in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:  # noqa: ANN401 - Django's own
        pairs = (line.strip().partition(" ") for line in super().clean(value).splitlines() if line.strip())
        return {code: name.strip() for code, _, name in pairs}


class Ticks(forms.MultipleChoiceField):
    """Some of a closed set."""

    def __init__(self, prefix: str, keys: list[str]) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "options"})
        super().__init__(choices=lambda: words_of(prefix, keys), required=False, widget=widget)


class RuleForm(Form):
    """What every rule's next version asks beside its parameters."""

    def __init__(self, *args: Any, kept: Parameters, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        kwargs["initial"] = {**self.opened(kept), **kwargs.get("initial", {})}
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["since"] = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        self.fields["reason"] = forms.CharField(max_length=200)
        for name, field in self.fields.items():
            field.label = gettext(f"rule.{name}")
            field.error_messages["required"] = gettext("form.required")

    @staticmethod
    def opened(kept: Parameters) -> Parameters:
        """What the form opens with."""
        return kept

    def parameters(self) -> Parameters:
        """What was entered, as it is kept."""
        return {name: self.cleaned_data[name] for name in self.base_fields}


class InternetForm(RuleForm):
    groups = Ticks("industry_group", GROUPS)
    filings = Ticks("filing_kind", FilingKind.values)


class DistrictForm(RuleForm):
    district = forms.CharField(max_length=6)
    towns = Towns()
    names = Texts(required=False)
    lookalikes = Texts(required=False)
    elsewhere = Texts(required=False)
    by_code = forms.BooleanField(required=False)


class ActiveForm(RuleForm):
    statuses = Ticks("enterprise_status", [each for each in EnterpriseStatus.values if each != "unknown"])


class ThreeHavesForm(RuleForm):
    staff_at_least = forms.IntegerField(min_value=1, max_value=100_000)
    premises_yes = Texts()
    premises_no = Texts(required=False)
    operating_yes = Texts()
    operating_no = Texts(required=False)
    evidence_months = forms.IntegerField(min_value=1, max_value=120, required=False)

    @staticmethod
    def opened(kept: Parameters) -> Parameters:
        words = {f"{of}_{answer}": kept[of][answer] for of in ("premises", "operating") for answer in ("yes", "no")}
        return {**kept, **words}

    def parameters(self) -> Parameters:
        typed = self.cleaned_data
        words = {of: {"yes": typed[f"{of}_yes"], "no": typed[f"{of}_no"]} for of in ("premises", "operating")}
        months = {} if typed["evidence_months"] is None else {"evidence_months": typed["evidence_months"]}
        return {"staff_at_least": typed["staff_at_least"], **words, **months}


class KeyForm(RuleForm):
    """Criteria a row each; a row without a field is none."""

    threshold = forms.IntegerField(min_value=1, max_value=1000)

    def __init__(self, *args: Any, kept: Parameters, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, kept=kept, **kwargs)
        self.rows = len(kept["criteria"]) + SPARE
        for row in range(self.rows):
            criterion = kept["criteria"][row] if row < len(kept["criteria"]) else {}
            for part, field in _criterion(criterion).items():
                field.label = gettext(f"criterion.{part}")
                self.fields[f"{part}-{row}"] = field

    @staticmethod
    def opened(kept: Parameters) -> Parameters:
        return {"threshold": kept["threshold"]}

    def parameters(self) -> Parameters:
        rows = ({part: self.cleaned_data[f"{part}-{row}"] for part in PARTS} for row in range(self.rows))
        return {"criteria": [_kept(row) for row in rows if row["of"]], "threshold": self.cleaned_data["threshold"]}

    @property
    def table(self) -> list[list[forms.BoundField]]:
        """The fields of the criteria, row by row."""
        return [[self[f"{part}-{row}"] for part in PARTS] for row in range(self.rows)]


def _criterion(kept: Mapping[str, Any]) -> dict[str, forms.Field]:
    fields = [(each.value, field_named(each)) for each in Field if each not in PERSONAL]
    of = [("", "—"), *fields, *words_of("filing_kind", FilingKind.values)]
    against = kept.get("least") or "、".join(kept.get("values", ()))
    return {
        "name": forms.CharField(required=False, max_length=60, initial=kept.get("name", "")),
        "of": forms.ChoiceField(required=False, choices=of, initial=kept.get("of", "")),
        "test": forms.ChoiceField(choices=words_of("criterion_test", TESTS), initial=kept.get("test", "at_least")),
        "against": forms.CharField(required=False, max_length=400, initial=against),
        "weight": forms.IntegerField(min_value=1, max_value=100, initial=kept.get("weight", 1)),
    }


def _kept(typed: Mapping[str, Any]) -> Parameters:
    """A row as it is kept; what its test needs is judged where every rule is."""
    kept = {"test": typed["test"], "of": typed["of"], "weight": typed["weight"]}
    if typed["name"]:
        kept["name"] = typed["name"]
    if typed["test"] == "at_least":
        return kept | {"least": _number(typed["against"])}
    texts = [part.strip() for part in SEPARATORS.split(typed["against"]) if part.strip()]
    return kept | {"values": texts} if texts else kept


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text  # refused by the rule itself, which says what it expects


FORMS: Final[dict[str, type[RuleForm]]] = {
    RuleKind.INTERNET: InternetForm,
    RuleKind.IN_DISTRICT: DistrictForm,
    RuleKind.ACTIVE: ActiveForm,
    RuleKind.THREE_HAVES: ThreeHavesForm,
    RuleKind.KEY: KeyForm,
}
