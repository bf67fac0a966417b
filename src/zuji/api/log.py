"""What anybody may verify receipts with."""

from django.http import HttpRequest
from ninja import Router

from zuji.api.schemas.log import LogKeys, SignedHead
from zuji.checkin.published import log_head, log_keys
from zuji.people.guards import for_everybody

router = Router(tags=["log"])


@router.get("/keys", response=LogKeys)
@for_everybody
def keys(request: HttpRequest) -> dict[str, object]:
    """The published keys, as `zuji receipt verify --keys` reads them."""
    return log_keys()


@router.get("/head", response=SignedHead)
@for_everybody
def head(request: HttpRequest) -> dict[str, object]:
    """Where the log ends now, signed."""
    return log_head()
