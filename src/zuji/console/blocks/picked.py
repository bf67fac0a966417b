"""What a list answers to a post: what an act on the picked rows would do, in its bar or as a page; or the act, done."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from zuji.console.blocks.bulk import BulkAct, Order, no_undo, perform, preview
from zuji.console.blocks.forms import Form
from zuji.console.pages import Crumb, Page, desk, show
from zuji.core.enums import RowState
from zuji.core.errors import NotFound
from zuji.core.models import Work
from zuji.core.templatetags.words import say
from zuji.people.rights import require


def answer(request: HttpRequest, page: Page, acts: Sequence[BulkAct], rows: QuerySet[Any]) -> HttpResponse:
    """What a list answers to a post: the preview of an act, in part or as a page, or the act done."""
    at_desk = desk(request)
    act = next((act for act in acts if act.key == request.POST.get("act")), None)
    if act is None:
        raise NotFound("bulk_act")
    require(at_desk.account, act.right, at=at_desk.at)
    keys = _picked(request, rows)
    form = _asked_for(request, act)
    if not keys or (form is not None and not form.is_valid()):
        return _show(request, page, act, {"form": form, "keys": keys})
    order = Order(act=act, keys=keys, values=_raw(form))
    asked = request.POST.get("step") == "do"
    work = perform(at_desk, order, seal=request.POST.get("seal", "")) if asked else None
    if work is not None:
        return _done(request, order, work)
    found = {"form": form, "keys": keys, "preview": preview(at_desk, order), "moved": asked}
    return _show(request, page, act, found)


def _asked_for(request: HttpRequest, act: BulkAct) -> Form | None:
    """The act's form, empty until it has been shown; its names on the page are others than those of the filters."""
    if act.form is None:
        return None
    return act.form(request.POST if "asked" in request.POST else None, auto_id="bulk_%s")


def _picked(request: HttpRequest, rows: QuerySet[Any]) -> list[int]:
    """Keys in rising order, so that two who act on the same rows take their locks alike.

    One that names no row that the list shows stays: the act itself finds that it is not there.
    """
    if request.POST.get("all"):
        return sorted(rows.order_by().values_list("pk", flat=True))
    return sorted({int(key) for key in request.POST.getlist("pick") if key.isdecimal() and len(key) < 19})


def _raw(form: forms.Form | None) -> dict[str, str]:
    """What was entered, as it came, so that it can be kept and read again."""
    return {name: form[name].data or "" for name in form.fields} if form else {}


def _show(request: HttpRequest, page: Page, act: BulkAct, found: dict[str, Any]) -> HttpResponse:
    """The preview: beside the list where a script asked for it, else as a page of its own."""
    form, htmx = found.get("form"), getattr(request, "htmx", False)
    template = "console/blocks/list_preview.html" if htmx else "console/bulk.html"
    page = replace(page, title=gettext(f"bulk.{act.key}"), lead=gettext("bulk.lead"), crumbs=_above(request, page))
    status = 422 if form is not None and form.errors and not htmx else 200
    context = {"act": act, "no_undo": no_undo(act), "picked": request.POST.getlist("pick"), **found}
    return show(request, template, page, status=status, **context)


def _above(request: HttpRequest, page: Page) -> tuple[Crumb, ...]:
    return (*page.crumbs, Crumb(page.title, request.get_full_path()))


def _done(request: HttpRequest, order: Order, work: Work) -> HttpResponse:
    if not order.at_once:
        return redirect("console:work", work.pk)
    link = reverse("console:work", args=[work.pk])
    done = say("bulk.done", n=work.outcome[RowState.CHANGED], what=gettext(f"bulk.{order.act.key}"))
    more = gettext("bulk.see_or_undo" if order.act.undo else "bulk.see")
    messages.success(request, format_html('{} <a href="{}">{}</a>', done, link, more))
    return redirect(request.get_full_path())
