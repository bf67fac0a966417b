from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.register.lists import firm, staged
from zuji.core.personal import TABLES
from zuji.register.models import SourceRow
from zuji.register.personal import DETAILS, FILES, KEPT_DAYS

KEPT_FOR = timedelta(days=KEPT_DAYS)


@pytest.mark.parametrize(("table", "rows"), [(DETAILS, 2), (FILES, 1)])
def test_what_a_list_says_of_persons_goes_after_its_time_and_its_cells_positions_stay(cast, table, rows):
    assert table in TABLES
    staged(cast, [firm(0), firm(1)])
    staged(cast, [firm(2)], at=DAY + timedelta(days=1))
    assert table.erase_due(DAY + KEPT_FOR - timedelta(seconds=1)) == 0
    assert [table.erase_due(DAY + KEPT_FOR) for _ in range(2)] == [rows, 0]
    assert table.model.objects.count() == 1
    assert SourceRow.objects.first().cells["person"] == "D"
