"""What measuring pages stands on: the demo's printed links, and the pages that they lead to."""

import pytest

from bench import pages
from tests.live import LiveHome

PRINTED = """Whose page is where
  office lead
    http://127.0.0.1:8000/enter/?sesame=AAA&next=%2F
  auditor
    http://127.0.0.1:8000/enter/?sesame=BBB&next=%2Fsettings%2Faudit%2F
  everybody: check a receipt
    http://127.0.0.1:8000/check/
Serving
"""


def test_the_printed_links_are_read_up_to_the_last_address():
    lines = iter(PRINTED.splitlines(keepends=True))
    assert [link[-7:] for link in pages.printed(lines)] == ["ext=%2F", "udit%2F"]
    assert next(lines) == "Serving\n"


def test_a_demo_that_ends_early_is_a_fault():
    with pytest.raises(RuntimeError, match="ended"):
        pages.printed(["Faults\n"])


def test_pages_are_found_by_their_links_each_kind_once(live_home: LiveHome):
    from zuji.people.links import make_link

    with live_home.database():
        link = live_home.origin + "/enter/" + make_link(live_home.cast.mei).split("/enter/")[1]
    port = int(live_home.origin.rsplit(":", 1)[1])
    found = {page.name: page for page in pages.seen_by(port, link)}
    assert {"/", "/organisations/", "/walk/…/matrix/", "/figures/T3/"} <= set(found)
    assert len({page.name for page in found.values()}) == len(found)
    assert not any(page.path.startswith(pages.OUTSIDE) for page in found.values())
    assert pages.ask(port, found["/organisations/"].path, found["/"].session).size > 1000


def test_the_least_of_a_view_answers(live_home: LiveHome):
    assert pages.ask(int(live_home.origin.rsplit(":", 1)[1]), pages.LEAST, "").first_s < 5


def test_a_share_of_times_is_told_in_milliseconds():
    assert (pages.part([0.001, 0.002, 0.1], 50), pages.part([0.001, 0.002, 0.1], 99)) == (2.0, 100.0)
