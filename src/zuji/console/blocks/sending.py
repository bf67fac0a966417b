"""An action with its page, and its form as it was sent: tried, done, or shown once more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from zuji.console.blocks.acts import ActForm
from zuji.console.blocks.forms import attempt
from zuji.console.blocks.history import Step
from zuji.console.pages import Page, show
from zuji.core.errors import CoreRefusal

SAVED = "zuji:saved"
"""What a page is told when its form has been saved, so that it keeps no draft of it."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """An action with its page.

    `given` are the arguments that the page knows. A form that changes a record has `read`, what the record says now as
    the action takes it, and `steps`, the record's timeline, which tells who was quicker; `traces` says under which name
    the timeline knows a field. `goes` says where one is led by what the action gave back.
    """

    page: Page
    form: type[ActForm]
    goes: Callable[[Any], str]
    back: str
    given: Mapping[str, object] = field(default_factory=dict)
    initial: Mapping[str, object] = field(default_factory=dict)
    read: Callable[[], object] | None = None
    steps: Callable[[], list[Step]] = list
    traces: Mapping[str, str] = field(default_factory=dict)
    said: str = "form.saved"
    do: str = "form.save"
    template: str = "console/act.html"
    beside: Mapping[str, object] = field(default_factory=dict)
    """What else the template shows."""


@dataclass(frozen=True)
class Sent:
    """An action's form as it was sent."""

    request: HttpRequest
    act: Act
    form: ActForm

    def tries(self, values: Mapping[str, object] | None = None, **more: object) -> list[object]:
        """What the action gave back, in a list; empty where it refused, which then stands in the form.

        That somebody was quicker is not the form's to tell and is raised.
        """
        made: list[object] = []
        arguments = {**self.act.given, **more}
        attempt(
            self.form,
            lambda: made.append(self.form.act(values, arguments)),
            passing=(CoreRefusal.CHANGED_MEANWHILE,),
        )
        return made

    def done(self, url: str, *, said: str = "", is_saved: bool = True) -> HttpResponse:
        """On to where what was done is found."""
        messages.success(self.request, gettext(said or self.act.said))
        if not self.request.htmx:  # type: ignore[attr-defined]  # set by the middleware
            return redirect(url)
        answer = HttpResponseClientRedirect(url)
        return trigger_client_event(answer, SAVED) if is_saved else answer

    def again(self, *, seen: str | None = None, status: int = 0, **told: object) -> HttpResponse:
        """The form once more, with what was typed. It keeps what it was opened with, unless it says what is new."""
        sent = self.request.POST
        return show(
            self.request,
            self.act.template,
            self.act.page,
            act=self.act,
            form=self.form,
            seen=sent.get("seen", "") if seen is None else seen,
            # the same number as long as it is the same form, or a second try would make a second one
            once=sent.get("once") or uuid4().hex,
            status=status or (422 if self.form.errors else 200),
            **{**self.act.beside, **told},
        )
