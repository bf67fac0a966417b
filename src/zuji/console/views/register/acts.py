"""What can be done to a firm: set a value, end that, join it with another, take rows apart from it."""

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm
from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.once import once
from zuji.console.blocks.record import history
from zuji.console.pages import Crumb, Page, desk, show
from zuji.console.views.register.firm import below_list, name_of, page_of
from zuji.console.views.register.told import rows_told
from zuji.console.views.register.words import field_named
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.register import actions, queries
from zuji.register.access import access_enterprise, visible_cards
from zuji.register.fields import PERSONAL, Field
from zuji.register.models import Enterprise

EDIT = Right.EDIT_REGISTER
HITS: Final = 12
"""As many firms as are offered for a few letters."""
FIELDS = [field for field in Field if field not in PERSONAL]


class FieldChoice(forms.TypedChoiceField):
    """A choice among what a list can say of a firm, but for what it says of persons."""

    def __init__(self) -> None:
        super().__init__(choices=lambda: [(each.value, field_named(each)) for each in FIELDS], coerce=Field)


OverruleForm = ActForm.of(
    actions.overrule, words="firm_overrule", given=("enterprise_id",), fields={"field": FieldChoice()}
)


@needs(EDIT)
def firm_overrule(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Say what is so, whatever the lists say, and why."""
    found = _found(request, enterprise_id)
    return act_page(request, _act(request, found, "firm_overrule", OverruleForm))


def _found(request: HttpRequest, enterprise_id: int) -> Enterprise:
    account, at = desk(request)
    return access_enterprise(account, enterprise_id, EDIT, at=at)


def _act(request: HttpRequest, found: Enterprise, key: str, form: type[ActForm]) -> Act:
    """An act on one firm: words under `<key>.title`, `.lead`, `.done` and `.do`."""
    return Act(
        page=page_below(found, key),
        form=form,
        given={"enterprise_id": found.pk},
        steps=lambda: history(request, found),
        goes=lambda _: page_of(found.pk),
        back=page_of(found.pk),
        said=f"{key}.done",
        do=f"{key}.do",
    )


def page_below(found: Enterprise, key: str) -> Page:
    """A page of an act on a firm, below the firm's own."""
    name = name_of(found)
    return below_list(say(f"{key}.title", name=name), gettext(f"{key}.lead"), Crumb(name, page_of(found.pk)))


@needs(EDIT)
def firm_merge(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Find the firm that this one is, and join the two."""
    account, at = desk(request)
    found, text = _found(request, enterprise_id), request.GET.get("q", "").replace("\0", "").strip()
    form = MergeForm(request.POST or None)
    if form.is_valid():
        kept = form.cleaned_data["kept"]
        about = {"gone_id": found.pk, "kept_id": kept, "reason": form.cleaned_data["reason"]}
        about["despite_codes"] = form.cleaned_data["despite"]
        if attempt(form, lambda: once(request, lambda: actions.merge(actor=account, at=at, **about))):
            messages.success(request, gettext("firm_merge.done"))
            return redirect("console:firm", kept)
    others = visible_cards(account, EDIT, at=at).exclude(pk=found.pk)
    chosen = request.POST.get("kept", "")
    return show(
        request,
        "console/register/merge.html",
        page_below(found, "firm_merge"),
        found=found,
        text=text,
        hits=list(queries.search(others, text)[:HITS]) if text else [],
        chosen=int(chosen) if chosen.isdecimal() else None,
        form=form,
        status=422 if form.errors else 200,
    )


class MergeForm(Form):
    """Which firm is kept, and why."""

    keys: ClassVar = {"kept": "firm_merge.kept", "reason": "firm_merge.reason", "despite": "firm_merge.despite"}

    kept = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=200)
    despite = forms.BooleanField(required=False)


class SplitForm(Form):
    """Which rows leave, and why."""

    keys: ClassVar = {"rows": "firm_split.rows", "reason": "firm_split.reason"}

    rows = forms.TypedMultipleChoiceField(coerce=int)
    reason = forms.CharField(max_length=200)

    def __init__(self, *args: Any, keys_of_rows: list[int], **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rows"]
        field.choices = [(key, key) for key in keys_of_rows]


@needs(EDIT)
def firm_split(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Tick the rows that are about another firm; they become one of their own."""
    account, at = desk(request)
    found = _found(request, enterprise_id)
    rows = rows_told(found)
    form = SplitForm(request.POST or None, keys_of_rows=[row.key for row in rows])
    if form.is_valid():
        about: dict[str, Any] = {"row_ids": form.cleaned_data["rows"], "reason": form.cleaned_data["reason"]}
        about |= {"enterprise_id": found.pk}
        if attempt(form, lambda: once(request, lambda: actions.split(actor=account, at=at, **about))):
            messages.success(request, gettext("firm_split.done"))
            return redirect("console:firm", found.pk)
    return show(
        request,
        "console/register/split.html",
        page_below(found, "firm_split"),
        found=found,
        rows=rows,
        ticked={int(each) for each in request.POST.getlist("rows") if each.isdecimal()},
        form=form,
        status=422 if form.errors else 200,
    )
