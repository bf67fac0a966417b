"""What every page shows around its content."""

from django.http import HttpRequest

from zuji.core import clock


def frame(request: HttpRequest) -> dict[str, object]:
    """The set clock that a demo must announce."""
    return {"clock_announced": clock.announced()}
