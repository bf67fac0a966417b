import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.trail.files import without_last_stop
from zuji.trail.queries import stops_of


@pytest.mark.parametrize("text", [without_last_stop(), None], ids=["two_stops", "three_stops"])
def test_a_trails_page_costs_the_same_number_of_queries_however_long(take, text):
    trail = take(text) if text else take()
    with CaptureQueriesContext(connection) as queries:
        assert len(list(stops_of(trail))) == trail.stops.count()
    assert len(queries) - 1 == 5
