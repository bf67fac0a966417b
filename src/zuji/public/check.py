"""Checking a receipt: whoever holds one can see that its record stands in the log, here or without this server."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from zuji.checkin import queries
from zuji.checkin.receipts import Receipt, Verdict, check_code, leaf, verify_json
from zuji.core.ids import unb64
from zuji.people.guards import for_everybody

LARGEST = 64_000


@dataclass(frozen=True)
class Checked:
    """What a check found; the receipt itself only where it could be read."""

    verdict: Verdict
    receipt: Receipt | None = None
    check_code: str = ""

    @property
    def at(self) -> datetime | None:
        """The judged instant."""
        return datetime.fromtimestamp(self.receipt.fields.at / 1000, tz=UTC) if self.receipt else None


class CheckForm(forms.Form):
    """A receipt, pasted or as a file."""

    text = forms.CharField(
        required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
    )
    file = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ".json,application/json"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = gettext(f"check.{name}")

    def receipt(self) -> bytes:
        """The bytes that were handed in."""
        file = self.cleaned_data.get("file")
        return bytes(file.read(LARGEST)) if file else str(self.cleaned_data["text"]).encode()

    def clean(self) -> None:
        if not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data["text"].strip():
            self.add_error("text", gettext("check.empty"))


@for_everybody
def check(request: HttpRequest) -> HttpResponse:
    """The form, and what the check found."""
    form = CheckForm(request.POST or None, request.FILES or None)
    checked = look_at(form.receipt()) if form.is_valid() else None
    context = {"title": gettext("check.title"), "form": form, "checked": checked}
    return render(request, "public/check.html", context, status=422 if form.errors else 200)


def look_at(receipt: bytes) -> Checked:
    """What the published keys say of a receipt that may be anything."""
    verdict = verify_json(receipt, json.dumps(queries.published_keys()).encode())
    try:
        read = msgspec.json.decode(receipt, type=Receipt)
        code = check_code(leaf(unb64(read.salt), read.fields))
    except (msgspec.MsgspecError, ValueError):
        return Checked(verdict)
    return Checked(verdict, read, code)
