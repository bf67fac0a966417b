"""The page behind a message's link by which whoever got it stops what comes, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from zuji.core import clock
from zuji.people.guards import for_everybody
from zuji.people.messages.actions import opt_out
from zuji.people.messages.links import read_opt_out


# A mailbox posts here by itself (RFC 8058), without a page of ours and so without its token; the link is the proof.
@csrf_exempt
@for_everybody
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the link stops, and on a post stop it; messengers that look at links stop nothing."""
    wanted = read_opt_out(token)
    done = request.method == "POST"
    if done:
        opt_out(token=token, at=clock.now())
    what = gettext(f"topic.{wanted.topic}") if wanted.topic else ""
    return render(request, "console/messages_stop.html", {"title": gettext("stop.title"), "what": what, "done": done})
