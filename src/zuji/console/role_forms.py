"""The forms by which a role is granted or lent, for the page that shows both and the views that take them."""

from datetime import date, datetime, timedelta

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.console.blocks.forms import Choices, Form
from zuji.console.pages import desk
from zuji.console.scopes import organisation_called, role_choices
from zuji.people.access import lendable_by
from zuji.people.enums import Role
from zuji.people.models import Account
from zuji.people.rights import LENT_DAYS


class GrantForm(Form):
    """A role over one scope; a contact's organisation is typed, since there are many."""

    keys = {"what": "account.role", "organisation": "account.organisation"}
    helped = ("organisation",)

    what = forms.ChoiceField()
    organisation = forms.CharField(max_length=120, required=False)

    def __init__(self, *args: object, found: Account, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        choices = role_choices([role for role in Role if role != Role.CONTACT], found, at=at)
        self.fields["what"].choices = [*choices, (Role.CONTACT, gettext("role.contact"))]  # type: ignore[attr-defined]
        suggested = reverse("console:account_organisations", args=[found.pk])
        asking = {"hx-get": suggested, "hx-trigger": "input changed delay:200ms", "hx-target": "#organisations"}
        self.fields["organisation"].widget.attrs |= {"list": "organisations", "autocomplete": "off", **asking}

    def clean(self) -> None:
        if self.cleaned_data.get("what") == Role.CONTACT:
            row = organisation_called(self.found, self.cleaned_data.get("organisation", ""))
            if row is None:
                self.add_error("organisation", gettext("account.organisation.unknown"))
            else:
                self.cleaned_data["what"] = f"{Role.CONTACT}:{row.pk}"

    def over(self) -> tuple[Role, int]:
        """The role, and the key of what it is held over."""
        role, key = self.cleaned_data["what"].split(":")
        return Role(role), int(key)


class LendForm(Form):
    """One of one's own roles over one scope, through a day."""

    keys = {"what": "lending.what", "until": "lending.until"}
    helped = ("until",)

    what = forms.ChoiceField()
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, choices: Choices, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        today = timezone.localtime(at).date()
        last = today + timedelta(days=LENT_DAYS - 1)
        self.fields["until"].widget.attrs |= {"min": str(today), "max": str(last)}

    @property
    def role(self) -> Role:
        """Which role is lent."""
        return Role(self.cleaned_data["what"].split(":")[0])

    @property
    def scope_id(self) -> int:
        """Over what."""
        return int(self.cleaned_data["what"].split(":")[1])

    @property
    def until_day(self) -> date:
        """The last day on which it holds."""
        day: date = self.cleaned_data["until"]
        return day


def lend_form(request: HttpRequest, found: Account, *, data: object = None) -> LendForm | None:
    """The form by which this account may lend something to that one; None where it may not."""
    actor, at = desk(request)
    roles = lendable_by(actor, at=at) if actor != found and found.is_active else []
    choices = role_choices(roles, found, at=at)
    return LendForm(data, choices=choices, at=at) if choices else None
