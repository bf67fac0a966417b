"""The crash test in short; `zuji bench crash` is the long one."""

import pytest

from bench import crash


@pytest.mark.slow
def test_what_was_acknowledged_survives_kills_and_stops_and_counts_once():
    found = crash.measure(kills=2, stops=1)
    assert found["sound"], found
    assert found["acknowledged"] > 100
    assert found["leaves"] == found["records"]
