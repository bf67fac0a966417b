"""Clients of the JSON face, on the morning of the walk."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.checkin.conftest import counter  # noqa: F401  (what others made serves here too)
from tests.trail.conftest import take, trail  # noqa: F401

if TYPE_CHECKING:
    from tests.cast import Cast
    from zuji.people.models import Account


@pytest.fixture
def morning(cast: "Cast") -> Iterator[None]:
    """Half past nine, for whatever runs in this thread."""
    from zuji.core import clock  # Django is set up after this file is read

    with clock.frozen(cast.day):
        yield


@pytest.fixture
def as_(morning: None) -> Callable[["Account"], Client]:
    """A client that an account has signed in with; what it writes carries the token that pages carry."""

    def sign_in(account: "Account") -> Client:
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
