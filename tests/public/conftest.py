"""Pages for everybody on the morning of the walk."""

from tests.console.conftest import (  # noqa: F401  (what others made serves here too)
    as_,
    demo,
    morning,
    pages,
    walked,
)
