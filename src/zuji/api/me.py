"""Who is signed in."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from zuji.api.schemas.common import answers
from zuji.api.schemas.me import Me
from zuji.core import clock
from zuji.core.texts import both
from zuji.people.access import own_grants
from zuji.people.enums import Right
from zuji.people.guards import Needs, signed_in
from zuji.people.rights import rights_of

router = Router(tags=["me"])


@router.get("/me", response=answers(Me, 401, 403, 409), auth=Needs(Right.SEE_FRAME))
def me(request: HttpRequest) -> dict[str, object]:
    """The account behind the session."""
    account, at = signed_in(request), clock.now()
    roles = dict.fromkeys(own_grants(account, at=at).order_by("role").values_list("role", flat=True))
    return {
        "name": account.name,
        "username": account.username,
        "roles": [{"role": role, "name": both(f"role.{role}")} for role in roles],
        "rights": sorted(rights_of(account, at=at)),
        "csrf": get_token(request),
    }
