"""Every list of the console asks the database as often for many rows as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, account, campaign, participant
from tests.checkin.desks import Counter, item, new_pass
from zuji.checkin.actions import take_back
from zuji.committee.enums import ParticipantKind
from zuji.console.blocks import bulk
from zuji.console.bulk_acts import RECLASSIFY
from zuji.people.enums import Role, ScopeKind
from zuji.people.saving import NewView, save_view

LISTS = {
    "/organisations/": Role.OFFICE,
    "/walk/": Role.OFFICE,
    "/walk/{}/passes/": Role.OFFICE,
    "/walk/{}/checkins/": Role.OFFICE,
    "/walk/checkins/": Role.OFFICE,
    "/walk/{}/corrections/": Role.OFFICE,
    "/settings/accounts/": Role.AUDITOR,
    "/settings/audit/": Role.AUDITOR,
    "/works/": Role.OFFICE,
}


def somebody(at, name, role):
    return account(at.panyu, name, role, ScopeKind.ASSOCIATION, at.panyu.pk)


def add_a_row(walked, number, reader):
    """One row of every list, each of other people, organisations and campaigns than the one before."""
    at = walked.cast
    added = participant(at.panyu, f"新单位{number}", ParticipantKind.FIRM, f"DDDD{number}D")
    campaign(at.panyu, f"more-{number}")
    Counter().take(item(new_pass(added, at.campaign), walked.screen, DAY + timedelta(minutes=number)), at=DAY)
    bulk.start(bulk.Desk(reader, DAY), bulk.Order(act=RECLASSIFY, keys=[added.pk]))
    name = ("first", "second", "third")[number]
    taker = somebody(at, f"Taker{number}", Role.OFFICE)
    take_back(actor=taker, campaign_id=at.campaign.pk, item_id=walked.items[name], reason="误扫", at=DAY)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_as_much_for_three_rows_as_for_one(walked, pages, path):
    reader = somebody(walked.cast, "Reader", LISTS[path])
    seen, url, counted = pages(reader), path.format(walked.cast.campaign.pk), []
    add_a_row(walked, 0, reader)
    for number in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            page = seen.get(url)
        counted.append((len(queries), len(page.cells)))
        add_a_row(walked, number, reader)
    (few, rows), (many, more) = counted
    assert (page.status, more > rows) == (200, True)
    assert many == few


def test_saved_views_cost_one_query_however_many(walked, pages):
    tao, counted = walked.cast.tao, []
    seen = pages(tao)
    for name in ("一", "二", "三"):
        save_view(actor=tao, view=NewView(page="console:participants", query=f"q={name}", name=name))
        with CaptureQueriesContext(connection) as queries:
            seen.get("/organisations/")
        counted.append(len(queries))
    assert counted[0] == counted[2]


def test_an_export_asks_a_few_times_and_not_once_a_row(walked, pages):
    seen, counted = pages(walked.cast.tao), []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            seen.csv("/organisations/")
        counted.append(len(queries))
        participant(walked.cast.panyu, f"新单位{number}", ParticipantKind.FIRM, f"DDDD{number}D")
    assert counted[0] == counted[2]
