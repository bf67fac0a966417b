"""Personal details that this package keeps: what rows say of persons, and the files that they came in."""

from datetime import datetime, timedelta

from zuji.core.personal import PersonalTable
from zuji.register.models import SourceFile, SourceRowDetail

KEPT_DAYS = 90
"""Long enough to decide the doubtful pairs of a list; a cell's position stays as origin."""


def erase_details(at: datetime) -> int:
    """Erase what rows said of persons that was received too long before `at`; returns how many rows went."""
    return SourceRowDetail.objects.filter(received_at__lte=at - timedelta(days=KEPT_DAYS)).delete()[0]


def erase_files(at: datetime) -> int:
    """Erase the files that were received too long before `at`; returns how many went."""
    return SourceFile.objects.filter(received_at__lte=at - timedelta(days=KEPT_DAYS)).delete()[0]


DETAILS = PersonalTable(model=SourceRowDetail, purpose="row_of_list", days=KEPT_DAYS, erase_due=erase_details)
FILES = PersonalTable(model=SourceFile, purpose="file_of_list", days=KEPT_DAYS, erase_due=erase_files)
