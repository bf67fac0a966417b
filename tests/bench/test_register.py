"""The four workbooks of the register's measurement become the same firms in memory and through the store."""

import pytest

from bench import taking
from bench.linkage.lists import write_lists, write_workbooks
from bench.linkage.quality import quality
from zuji.project.commands import bench as command
from zuji.register.models import SourceList

FIRMS = 60


@pytest.mark.django_db
def test_the_workbooks_go_through_the_store_row_by_row(tmp_path):
    lists = write_lists(3, FIRMS)
    taken = taking.take_in(write_workbooks(lists, tmp_path))
    assert sorted(key for cluster in taken.clusters for key in cluster) == sorted(lists.truth)
    assert quality(taken.clusters, lists.truth).precision > 0.95
    assert taking.database_s() > 0
    assert set(SourceList.objects.values_list("state", flat=True)) == {"taken_in"}


def test_the_table_tells_each_way_and_how_busy_the_machine_was(capsys):
    way = {
        "seconds": 1.0,
        "peak_mib": 200.0,
        "f1": 0.99,
        "precision": 1.0,
        "recall": 0.98,
        "false_merges": 2,
        "rows": 9,
    }
    own = way | {"read_s": 0.5, "asked_share": 0.01, "f1_asked": 0.995, "staged_s": 3.0, "taken_s": 4.0}
    found = {"rows": 9, "load": 1.5, "ways": {"zuji": own, "register": own, "exact": way}, "ratios": {"exact": 12.34}}
    command._print_ways(found)
    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if "0.9900" in line and "12.3" in line]
    for part in ("9", "0.9950", "3.0", "4.0", "1.5"):
        assert part in told
