"""A trail comes in: its file and its pictures are chosen, looked at as the way they would make, then taken or dropped.

What is shown before the yes is a run of the import itself, rolled back, so that the two cannot differ.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.blocks.forms import Form
from zuji.console.blocks.staging import Staged, beside, drop, stage, staged
from zuji.console.pages import Crumb, Desk, Page, desk, show
from zuji.console.ways import Way, way_of
from zuji.core.errors import Forbidden, Invalid, Refused
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import scope_of
from zuji.trail.actions import import_trail
from zuji.trail.errors import Refusal
from zuji.trail.models import Trail
from zuji.trail.trying import Changed, tried

FILES = 200
"""As many pictures and sounds as one trail brings."""
OF_MEDIA = {Refusal.MEDIA_MISSING, Refusal.MEDIA_UNFIT}


class ManyFiles(forms.FileField):
    """Any number of files, or none."""

    widget = type("Many", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: object = None) -> "list[UploadedFile[Any]]":  # noqa: ANN401 - a list, or nothing
        return [super(ManyFiles, self).clean(each, initial) for each in data or []]


class TrailForm(Form):
    """A trail's file, and the pictures and sounds that its exhibits name."""

    keys = {"book": "trail_import.file", "media_files": "trail_import.media"}
    helped = ("media_files",)

    book = forms.FileField(widget=forms.FileInput(attrs={"accept": ".toml"}), max_length=120)
    media_files = ManyFiles(required=False)

    def clean_media_files(self) -> "list[UploadedFile[Any]]":
        files: list[UploadedFile[Any]] = self.cleaned_data["media_files"]
        if len(files) > FILES:
            raise forms.ValidationError(gettext("trail_import.too_many"))
        return files


@needs(Right.EDIT_TRAIL)
def trail_import(request: HttpRequest) -> HttpResponse:
    """Choose the files; what cannot be used is said beside them."""
    form, at_desk = TrailForm(request.POST or None, request.FILES or None), desk(request)
    if form.is_valid():
        book, media = form.cleaned_data["book"], form.cleaned_data["media_files"]
        token = stage(at_desk.account, Staged(book.read(), book.name), media)
        try:
            _look(at_desk, token)
        except (Invalid, Refused) as problem:
            drop(at_desk.account, token)
            words = say(problem.code, problem.facts)[short_language()]
            form.add_error("media_files" if problem.code in OF_MEDIA else "book", words)
        else:
            return redirect("console:trail_confirm", token)
    status = 422 if form.errors else 200
    return show(request, "console/trail_choose.html", _page(), form=form, back=_back(), status=status)


@needs(Right.EDIT_TRAIL)
def trail_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Look at the way that it would make; a post takes it, or drops the files."""
    at_desk = desk(request)
    file = staged(at_desk.account, token)
    if "drop" in request.POST:
        drop(at_desk.account, token)
        return redirect("console:trail_import")
    if request.method == "POST":
        taken = _take(at_desk, token)
        drop(at_desk.account, token)
        messages.success(request, gettext("trail_import.done"))
        return redirect("console:trail", taken.activity.campaign_id)
    way, changes = _look(at_desk, token)
    return show(request, "console/trail_confirm.html", _page(), file=file, way=way, changes=changes)


def _take(at_desk: Desk, token: str) -> Trail:
    account, at = at_desk
    register = min(scope_of(account, Right.EDIT_TRAIL, at=at).associations, default=None)
    if register is None:
        raise Forbidden(Right.EDIT_TRAIL)
    data, media = staged(account, token).data, beside(account, token)
    return import_trail(actor=account, association_id=register, data=data, media=media, at=at)


def _look(at_desk: Desk, token: str) -> tuple[Way, list[Changed]]:
    """The way that the import would make, and how much would change."""
    return tried(lambda: _take(at_desk, token), way_of)


def _page() -> Page:
    crumb = Crumb(gettext("entry.campaigns"), _back())
    return Page(
        task="walk",
        entry="campaigns",
        title=gettext("trail_import.title"),
        lead=gettext("trail_import.lead"),
        crumbs=(crumb,),
    )


def _back() -> str:
    return reverse("console:campaigns")
