"""What is sent twice is done once: a form carries a number that was drawn for it, and it is known for a day."""

from collections.abc import Callable
from hashlib import sha256
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from zuji.console.pages import desk

KEPT_S = 86_400
"""How long a number is known after its form was sent."""


def drawn(request: HttpRequest) -> str:
    """The number of the form that was sent, else a new one."""
    return request.POST.get("once") or uuid4().hex


def key_of(request: HttpRequest) -> str:
    """Under which key a form's number is known: nobody else's, and whatever text came in."""
    return f"form:{desk(request).account.pk}:{sha256(drawn(request).encode()).hexdigest()}"


def once(request: HttpRequest, act: Callable[[], object]) -> None:
    """Do what a form asks for, unless this very form did it before; after a refusal it may be sent again."""
    with transaction.atomic():
        # the same form sent twice at once waits here for the first, by the table's own key
        if cache.add(key_of(request), "", KEPT_S):
            act()
