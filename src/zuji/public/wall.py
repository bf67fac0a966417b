"""The wall: a full-screen page for a hall or lobby, the same for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from zuji.checkin.listings import public_campaign
from zuji.checkin.viewing import campaign_of
from zuji.core import built
from zuji.people.guards import for_everybody

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@for_everybody
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's wall; `?lang=` wins over the language that a browser asks for."""
    campaign = public_campaign(slug)
    entry = built.entry("wall")
    if entry is None:
        return render(request, "public/not_built.html", status=503)
    wanted = LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())
    with translation.override(wanted):
        answer = render(request, "public/wall.html", {"campaign": campaign, "entry": entry, "build": built.digest()})
    # a kept page would ask for the files of an older build, and hang on the wall with it
    answer["Cache-Control"] = "no-store"
    return answer


@for_everybody
def wall_of(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The same by a campaign's key, as the console's navigation knows it."""
    return redirect("public:wall", campaign_of(campaign_id).slug)
