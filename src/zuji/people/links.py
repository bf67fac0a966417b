"""One-time links: the bearer signs in once, within a day."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from sesame.utils import get_parameters, get_user

from zuji.people.models import Account


def make_link(account: Account, next: str = "/") -> str:  # noqa: A002  (the query's own word)
    """A link that signs this account in, once, and leads on to a page of this home."""
    return f"{settings.BASE_URL}/enter/?{urlencode({**get_parameters(account), 'next': next})}"


def bearer(request: HttpRequest) -> Account | None:
    """Whose valid link this is; the link is used up only by signing in."""
    account = get_user(request, update_last_login=False)
    return account if isinstance(account, Account) else None


def leads_to(request: HttpRequest) -> str:
    """Where the link leads: a page of this home and nowhere else."""
    target = request.GET.get("next", "")
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()) else "/"
