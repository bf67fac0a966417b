"""Short help for each kind of reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from zuji.people.guards import for_everybody

READERS = {"participant": 5, "contact": 5, "steward": 6, "office": 6}
"""Reader → number of steps; the words stand under `help.<reader>.<step>`."""


@for_everybody
def help_page(request: HttpRequest) -> HttpResponse:
    """What each reader does, step by step."""
    parts = [
        {
            "key": reader,
            "title": gettext(f"help.{reader}.title"),
            "steps": [gettext(f"help.{reader}.{step}") for step in range(1, steps + 1)],
        }
        for reader, steps in READERS.items()
    ]
    return render(request, "public/help.html", {"title": gettext("help.title"), "parts": parts})
