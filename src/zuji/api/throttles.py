"""How much one address may ask of the routes that are open to everybody."""

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from zuji.checkin.limits import Addresses


class PerAddress(BaseThrottle):
    """At most so many requests a minute from one address; a group behind one is to get through."""

    def __init__(self, per_minute: int) -> None:
        self._addresses = Addresses(per_minute)
        self._wait_s = 0

    def allow_request(self, request: HttpRequest) -> bool:
        self._wait_s = self._addresses.wait_s(request.META.get("REMOTE_ADDR", ""), 1)
        return not self._wait_s

    def wait(self) -> float:
        return float(self._wait_s)
