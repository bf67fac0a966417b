"""What a figure counts, in words, each row with the address of the check-ins behind it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from zuji.briefing import queries
from zuji.briefing.ledger import Entry, Value
from zuji.checkin.listings import COUNTED
from zuji.core.templatetags.words import named, say, word

NARROWED_BY = {
    "campaign_id": "campaign",
    "organisation_id": "organisation",
    "person_id": "person",
    "checkpoint_id": "checkpoint",
    "site_id": "site",
    "activity_id": "activity",
}
"""A dimension of a counted row, and what narrows the list of check-ins to it."""
PAGES = {"enterprise_id": "console:firm", "party_organisation_id": "console:organisation"}
"""Dimensions that are no check-in's, and the page that each has."""
TELLING = (*PAGES, "site_id", "organisation_id", "checkpoint_id", "activity_id")
"""By which a row is called, the first that it has."""
CALLED = 3


def columns(counted: Sequence[Entry]) -> list[str]:
    """What stands above a row's dimensions."""
    return [gettext(f"dimension.{name}") for name in (counted[0].dimensions if counted else ())]


def rows(counted: Sequence[Entry], until: date | None) -> list[dict[str, object]]:
    """Counted rows in words, each with the address of the check-ins behind it."""
    return [
        {
            "cells": [said(name, value, known) for name, value in entry.dimensions.items()],
            "weight": entry.weight,
            "url": records(entry.dimensions, until),
            "see": gettext("figures.see_record" if PAGES.keys() & entry.dimensions.keys() else "figures.see_checkins"),
        }
        for entry, known in zip(counted, queries.named(counted), strict=True)
    ]


def said(name: str, value: Value, known: Mapping[str, dict[str, str]]) -> str:
    """A dimension's value in words; `known` are the names that were looked up."""
    if name in known:
        return named(known[name])
    if name == "grade":
        return word(value, "grade")
    if name == "late":
        return word(_yes_no(value), "yes_no")
    return str(value)


def _yes_no(value: Value) -> str:
    return "yes" if value else "no"


def records(dimensions: Mapping[str, Value], until: date | None) -> str:
    """The list of check-ins narrowed to these dimensions, as they counted at a day's end, or as they count now.

    What is no check-in has a page of its own.
    """
    for name, route in PAGES.items():
        if name in dimensions:
            return reverse(route, args=[dimensions[name]])
    narrowed = {NARROWED_BY[name]: str(value) for name, value in dimensions.items() if name in NARROWED_BY}
    if "grade" in dimensions:
        narrowed["grade"] = str(dimensions["grade"])
    if "late" in dimensions:
        narrowed["late"] = _yes_no(dimensions["late"])
    narrowed |= {"until": until.isoformat()} if until else {"state": COUNTED}
    return f"{reverse('console:all_checkins')}?{urlencode(narrowed)}"


def called(counted: Sequence[Entry]) -> str:
    """The first few of rows by their names, each name once, and how many more rows there are."""
    telling = next((name for name in TELLING if counted and name in counted[0].dimensions), None)
    if telling is None:
        return ""
    few = counted[: CALLED * 4]
    names = dict.fromkeys(
        said(telling, entry.dimensions[telling], known) for entry, known in zip(few, queries.named(few), strict=True)
    )
    first = gettext("list.comma").join(list(names)[:CALLED])
    return first if len(names) <= CALLED and len(counted) == len(few) else say("figures.and_more", names=first)
