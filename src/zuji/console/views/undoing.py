"""Taking a step of a record's timeline back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console import undoing  # noqa: F401  (fills the table of what can be taken back)
from zuji.console.blocks.objects import things
from zuji.console.blocks.undo import take_back
from zuji.console.pages import desk
from zuji.people.audit import entry_of
from zuji.people.enums import Right
from zuji.people.guards import needs


@needs(Right.SEE_FRAME)
@require_POST
def undo(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take it back, and go to the record that it was about; the verb's own action asks for its right."""
    at_desk, entry = desk(request), entry_of(entry_id)
    take_back(at_desk, entry)
    messages.success(request, gettext("undo.done"))
    return redirect(things(at_desk, [entry])[entry.kind, entry.key].url or "console:today")
