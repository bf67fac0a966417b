"""What others made serves here too."""

from tests.checkin.conftest import committing

__all__ = ["committing"]
