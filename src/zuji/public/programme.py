"""What everybody may see of a campaign: where it goes, when, and the matrix with small counts hidden."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zuji.checkin.listings import public_campaign
from zuji.checkin.viewing import PUBLIC, matrix_seen
from zuji.core import clock
from zuji.core.templatetags.words import named
from zuji.people.guards import for_everybody
from zuji.trail.documents import places_of
from zuji.trail.grid import lay_out
from zuji.trail.queries import open_trails, stops_of


@for_everybody
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's public page."""
    campaign = public_campaign(slug)
    at = clock.now()
    held = [activity for activity in campaign.activities.all() if not activity.rehearsal]
    matrix = matrix_seen(campaign, PUBLIC, as_of=at)
    grid = lay_out(matrix, places_of(campaign.pk), activities=[activity.pk for activity in held])
    trails = [(trail, stops_of(trail)) for trail in open_trails(campaign)]
    context = {
        "title": named(campaign),
        "campaign": campaign,
        "activities": held,
        "trails": trails,
        "grid": grid,
        "at": at,
    }
    with timezone.override(campaign.association.time_zone):
        return render(request, "public/programme.html", context)
