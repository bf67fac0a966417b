"""The audit trail and a campaign's change log: told in words, narrowed, exported, and quick where it is long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, account, campaign, grant
from tests.checkin.desks import new_pass
from zuji.briefing.actions import publish
from zuji.checkin.passes import withdraw_pass
from zuji.committee.actions import change_participant
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.values import ParticipantValues
from zuji.core.audit import audit
from zuji.core.enums import HomeKind
from zuji.core.models import Home
from zuji.people.enums import Role, ScopeKind, Verb

AUDIT = "/settings/audit/"


def log(cast):
    return f"/walk/{cast.campaign.pk}/log/"


def note(cast, row, verb=Verb.ACCOUNT_MADE, who=None, at=DAY, **facts):
    return audit(who or cast.tao, verb, row, association_id=cast.panyu.pk, at=at, **facts)


def change(cast, expected, at=DAY):
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO, "held_at": at})
    values = ParticipantValues(
        name="木棉数科", kind=ParticipantKind.FIRM, joins_as=JoinsAs.FIRM_ORGANISATION, expected=expected
    )
    change_participant(actor=cast.tao, participant_id=cast.firm.pk, values=values, at=at)


def said(seen):
    """The sentences of a page, with what changed."""
    return [row[2] for row in seen.cells]


# --- words


def test_a_row_says_who_did_what_with_the_values_before_and_after(walked, pages):
    change(walked.cast, 8)
    seen = pages(walked.cast.mei).get(AUDIT, verb="participant_changed")
    assert [row[1:] for row in seen.cells] == [["Tao", "修改了木棉数科报名人数 5 → 8"]]
    assert f"/organisations/{walked.cast.firm.pk}/" in seen.links("木棉数科")


def test_an_auditor_reads_everything_by_its_key_and_no_values(walked, pages):
    change(walked.cast, 8)
    auditor = account(walked.cast.panyu, "Ann", Role.AUDITOR, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)
    (row,) = pages(auditor).get(AUDIT, verb="participant_changed").cells
    assert row[2] == f"修改了参加单位 {walked.cast.firm.pk}改了报名人数"


def test_an_export_holds_the_same_words(walked, pages):
    cast = walked.cast
    change(cast, 8)
    heading, row = pages(cast.mei).sheet(AUDIT, verb="participant_changed")
    assert heading[1:] == ["谁", "做了什么"]
    assert row[1:] == ["Tao", "修改了木棉数科：报名人数 5 → 8"]
    columns = pages(cast.mei).csv(AUDIT, verb="participant_changed", cols="verb,kind,thing,key")
    assert columns[1][1:] == ["修改参加单位", "参加单位", "木棉数科", str(cast.firm.pk)]


# --- narrowing


@pytest.fixture
def entries(walked):
    """Four entries: of two people, at three days, about three kinds."""
    cast = walked.cast
    note(cast, cast.firm, who=cast.mei, at=DAY - timedelta(days=2))
    note(cast, cast.hall, Verb.ROLE_ENDED, at=DAY - timedelta(days=1))
    note(cast, walked.first, at=DAY)
    audit(None, Verb.ROLE_ENDED, cast.campaign, association_id=cast.panyu.pk, at=DAY)
    return cast


@pytest.mark.parametrize(
    ("query", "things"),
    [
        ({"who": "mei"}, ["木棉数科"]),
        ({"who": "系统"}, ["徒步"]),
        ({"who": "nobody"}, []),
        ({"verb": "role_ended", "kind": "checkin.checkpoint"}, ["入口2"]),
        ({"kind": "checkin.campaign"}, ["徒步"]),
        ({"thing": "木棉"}, ["打卡证", "木棉数科"]),
        ({"thing": "入口2"}, ["入口2"]),
        ({"since": "2021-07-26", "verb": "account_made"}, ["打卡证"]),
        ({"until": "2021-07-24", "verb": "account_made"}, ["木棉数科"]),
        ({"since": "2021-07-25", "until": "2021-07-25"}, ["入口2"]),
    ],
)
def test_the_trail_narrows_by_thing_person_verb_kind_and_days(entries, pages, query, things):
    rows = [row for row in pages(entries.mei).get(AUDIT, **query).cells if "登录" not in row[2]]
    assert len(rows) == len(things)
    assert all(thing in row[2] for thing, row in zip(things, rows, strict=True))


def test_a_day_ends_with_the_associations_midnight(walked, pages):
    cast = walked.cast
    for hours in (-1, 1):  # about midnight in Guangzhou
        note(cast, cast.firm, Verb.ROLE_ENDED, at=DAY.replace(hour=16, minute=0) + timedelta(hours=hours))
    for query, count in (({"until": "2021-07-26"}, 1), ({"since": "2021-07-27"}, 1), ({"since": "2021-07-26"}, 2)):
        assert len(pages(cast.mei).get(AUDIT, verb="role_ended", **query).cells) == count


@pytest.mark.parametrize("query", [{"since": "not a day"}, {"kind": "core.home"}, {"thing": "\0"}, {"verb": "x"}])
def test_nonsense_in_the_address_is_no_failure(walked, pages, query):
    assert pages(walked.cast.mei).get(AUDIT, **query).status == 200


# --- a campaign's log


def test_the_log_tells_what_happened_to_the_campaign_and_all_that_hangs_on_it(walked, pages):
    cast = walked.cast
    second = campaign(cast.panyu, "second")
    for row in (cast.campaign, cast.hall, walked.poster, walked.first, walked.trail, walked.trail.stops.first()):
        note(cast, row)
    publish(actor=cast.mei, association_id=cast.panyu.pk, indicator="T3", as_of=DAY, at=DAY)
    note(cast, cast.firm)
    note(cast, second)
    told = " ".join(said(pages(cast.mei).get(log(cast))))
    things = ("账号徒步", "入口2", "海报码", "打卡证", "路线", "旧址S1", "T3 参加徒步的企业人数")
    assert [thing for thing in things if thing not in told] == []
    assert "账号木棉数科" not in told
    assert len(pages(cast.mei).get(log(cast)).cells) == len(things)


def test_everybody_reads_of_the_log_what_they_see(walked, pages):
    cast = walked.cast
    note(cast, cast.campaign)
    for walk_pass in (walked.first, walked.third):
        note(cast, walk_pass)
    viewer = account(cast.panyu, "Vi", Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    counts = {who: len(pages(who).get(log(cast)).cells) for who in (cast.tao, cast.lan, cast.guo, viewer)}
    assert list(counts.values()) == [3, 2, 3, 1]
    assert pages(cast.qin).get(log(cast)).status == 404


def test_what_was_done_by_an_act_is_in_the_log_at_once(walked, pages):
    cast = walked.cast
    withdraw_pass(actor=cast.lan, pass_id=walked.second.pk, at=DAY)
    (row,) = pages(cast.lan).get(log(cast)).cells
    assert row[1:] == ["Lan", f"停用了打卡证 {walked.second.pk}（木棉数科）"]


def test_an_empty_log_says_what_it_is_for(walked, pages):
    second = campaign(walked.cast.panyu, "second")
    assert "还没有变更" in pages(walked.cast.mei).get(f"/walk/{second.pk}/log/").text


# --- how quick


def queries(pages, who, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert pages(who).get(path).status == 200
    return len(captured)


def test_the_queries_of_a_log_do_not_grow_with_its_entries(walked, pages):
    cast = walked.cast
    note(cast, walked.first)
    change(cast, 6)
    pages(cast.mei).get(log(cast))
    before = [queries(pages, cast.mei, path) for path in (log(cast), AUDIT)]
    for n in range(3):
        note(cast, new_pass(cast.firm, cast.campaign))
        change(cast, 7 + n, DAY + timedelta(hours=n))
    assert [queries(pages, cast.mei, path) for path in (log(cast), AUDIT)] == before


def test_a_campaigns_entries_are_read_from_their_index(walked):
    """However many entries other campaigns have, which the planner is not told here: so scans are switched off."""
    from zuji.console.blocks.objects import changes
    from zuji.console.pages import Desk

    grant(walked.cast.tao, Role.AUDITOR, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")
    for who in (walked.cast.tao, walked.cast.guo):
        plan = changes(Desk(who, DAY)).filter(campaign=walked.cast.campaign.pk)[:40].explain()
        assert "audit_by_campaign" in plan


@pytest.mark.parametrize(("day", "rows"), [("9999-12-31", True), ("0001-01-01", False), ("2021-02-30", True)])
def test_a_day_at_the_calendars_end_narrows_like_any_other_and_one_that_is_none_does_not(walked, pages, day, rows):
    change(walked.cast, 7)
    seen = pages(walked.cast.mei).get(AUDIT, until=day)
    assert (seen.status, bool(seen.cells)) == (200, rows)
