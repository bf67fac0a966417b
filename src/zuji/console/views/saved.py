"""Views of lists that an account saved for itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zuji.console.pages import desk
from zuji.core.errors import Invalid, Refused
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say
from zuji.people import saving
from zuji.people.enums import Right
from zuji.people.guards import needs


@needs(Right.SEE_FRAME)
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Save what a list shows under a name."""
    new = saving.NewView(**{name: request.POST.get(name, "") for name in ("page", "query", "name")})
    try:
        saved = saving.save_view(actor=desk(request).account, view=new)
    except (Invalid, Refused) as problem:
        return _back(request, new.query, problem)
    return _back(request, saved.query)


@needs(Right.SEE_FRAME)
@require_POST
def view_rename(request: HttpRequest, view_id: int) -> HttpResponse:
    """Call a saved view something else."""
    account, _ = desk(request)
    view = saving.access_view(account, view_id)
    try:
        saving.rename_view(actor=account, view_id=view_id, name=request.POST.get("name", ""))
    except (Invalid, Refused) as problem:
        return _back(request, view.query, problem)
    return _back(request, view.query)


@needs(Right.SEE_FRAME)
@require_POST
def view_drop(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a saved view."""
    saving.drop_view(actor=desk(request).account, view_id=view_id)
    return _back(request, "")


def _back(request: HttpRequest, query: str, problem: Invalid | Refused | None = None) -> HttpResponse:
    """To the list that the form came from, with what was wrong in words."""
    if problem is not None:
        messages.error(request, say(problem.code, problem.facts)[short_language()])
    path = request.POST.get("path", "")
    own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(f"{path if own else reverse('console:today')}{f'?{query}' if query else ''}")
