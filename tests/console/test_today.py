"""Today: what waits for each role and where it is done, what changed since the last visit, numbers, what is next."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from psycopg.types.range import Range

from tests.cast import DAY, account, campaign, checkpoint, participant
from tests.checkin.desks import new_pass, serial
from zuji.briefing.actions import publish
from zuji.checkin.actions import verify_log
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Activity, Campaign, Checkpoint, CodeSerial
from zuji.checkin.passes import withdraw_pass
from zuji.committee.enums import ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.console.pages import Desk
from zuji.console.today.news import deeds
from zuji.console.today.now import Now
from zuji.console.today.numbers import NUMBERS, numbers
from zuji.console.today.waiting import WAITING, due, listed
from zuji.core.audit import audit
from zuji.core.enums import WorkState
from zuji.core.models import Work
from zuji.core.works import begin
from zuji.people.enums import Right, Role, ScopeKind, Verb
from zuji.people.messages.models import Delivery, Destination
from zuji.people.models import RoleGrant
from zuji.trail.models import Impression, Trail

HOUR = timedelta(hours=1)


def waits(who, at=DAY):
    """What waits for somebody, in order: what, how much, when it is due, and where it is done."""
    return [
        (each.waiting.what, each.waiting.count, each.due.told, each.waiting.url) for each in listed(Now(Desk(who, at)))
    ]


def whats(who, at=DAY):
    return [what for what, *_ in waits(who, at)]


def holding(cast, role, name="Ann"):
    """Somebody with a role over the whole association."""
    return account(cast.panyu, name, role, ScopeKind.ASSOCIATION, cast.panyu.pk)


def with_posters(cast):
    for place in Checkpoint.objects.filter(activity__campaign=cast.campaign).exclude(serials__kind=CodeKind.POSTER):
        serial(place, cast.mei, CodeKind.POSTER)


def impression(walked, **changes):
    values = {"campaign": walked.cast.campaign, "stop": walked.trail.stops.first(), "walk_pass": walked.first}
    return Impression.objects.create(**{"id": uuid4(), "local_date": DAY.date(), **values, **changes})


# --- those who prepare and run a walk


def test_the_office_is_told_what_waits_with_the_way_there(walked):
    cast, base = walked.cast, walked.base
    participant(cast.panyu, "还没报名的单位", ParticipantKind.FIRM, "DDDDDD")
    Checkpoint.objects.filter(pk=cast.hall.pk).update(coord_status="unverified")
    impression(walked, text="走", received_at=DAY - HOUR)
    assert waits(cast.tao) == [
        ("入口2的位置还没有现场确认", None, "今天 08:00", "/steward/"),
        ("路线“路线”还没有开放", 1, "今天 08:00", f"{base}/trail/"),
        ("打卡点还没有海报码", 1, "今天 08:00", f"{base}/posters/"),
        ("徒步：有单位报了人数，还没有打卡证", 2, "今天 08:00", f"{base}/overview/"),
        ("徒步：感言等待审核", 1, "", f"{base}/impressions/"),
    ]


def test_a_trail_that_only_waits_to_be_opened_says_so(walked, pages):
    assert "已经可以开放" in pages(walked.cast.mei).get("/").text


def test_what_is_done_waits_no_longer(walked):
    cast = walked.cast
    Trail.objects.update(opened_at=DAY)
    with_posters(cast)
    ParticipantOrganisation.objects.update(expected=0)
    impression(walked, state="approved", decided_by=cast.mei, decided_at=DAY)
    assert waits(cast.tao) == []


def test_whoever_was_at_the_first_and_the_third_door_has_probably_the_second_on_the_phone(walked):
    from tests.checkin.desks import Counter, item

    cast = walked.cast
    third = checkpoint(cast.activity, 3)
    poster = serial(third, cast.guo, CodeKind.POSTER)
    Counter().take(item(walked.second, poster, DAY + HOUR), at=DAY + HOUR)
    (found,) = [each for each in waits(cast.mei, DAY + HOUR) if "手机" in each[0]]
    assert found == ("徒步：可能还在手机上的打卡", 1, "今天 12:00", f"{walked.base}/matrix/?show=waiting")
    assert not any("手机" in what for what in whats(cast.mei, DAY + timedelta(days=4)))


def test_a_campaign_that_is_over_asks_for_nothing_and_says_what_to_begin_with(walked, pages):
    Campaign.objects.update(opens_on="2021-01-01", closes_on="2021-02-01")
    Activity.objects.update(held_on="2021-01-05")
    seen = pages(walked.cast.tao).get("/")
    assert "还没有正在进行的系列活动" in seen.text
    assert {"/organisations/import/", "/walk/import/"} <= set(seen.links("去导入"))
    assert "没有等您处理的事" in pages(walked.cast.guo).get("/").text


def test_the_lead_is_told_when_figures_are_due_after_an_activity(walked):
    cast = walked.cast
    evening = DAY + timedelta(hours=9)
    (found,) = [each for each in waits(cast.mei, evening) if "指标" in each[0]]
    assert found == ("“徒步日”之后的指标还没有发布", None, "明天", "/figures/")
    assert not any("指标" in what for what in whats(cast.mei, DAY))
    assert not any("指标" in what for what in whats(cast.tao, evening))
    publish(actor=cast.mei, association_id=cast.panyu.pk, indicator="T3", as_of=evening, at=evening)
    assert not any("指标" in what for what in whats(cast.mei, evening))


def test_a_steward_is_asked_to_show_the_code_until_it_is_shown(cast):
    with_posters(cast)
    assert waits(cast.guo) == [("您今天的打卡码还没有打开", None, "今天 08:00", "/steward/")]
    assert whats(cast.mei) == [each for each in whats(cast.mei) if "打卡码" not in each]
    CodeSerial.objects.create(
        checkpoint=cast.hall, kind=CodeKind.SCREEN, serial=9, day=date(2021, 7, 26), holder=cast.guo, issued_at=DAY
    )
    assert waits(cast.guo) == []


def test_a_code_is_asked_for_on_its_day_alone(cast):
    assert whats(cast.guo, DAY - timedelta(days=1)) == []
    assert whats(cast.guo, DAY + timedelta(hours=5)) == []


# --- contacts


def test_a_contact_signs_people_up_and_sees_who_has_not_come(walked):
    cast = walked.cast
    waiting = waits(cast.lan)
    assert waiting[0] == (
        "木棉数科还有人没有报名",
        3,
        "今天 08:00",
        f"{walked.base}/passes/add/?organisation={cast.firm.pk}",
    )
    new_pass(cast.firm, cast.campaign)
    absent = ("徒步日：本单位有人还没有打卡", 1, "今天 12:00", f"{walked.base}/passes/?sort=checkins")
    assert absent in waits(cast.lan)
    # before the doors open and after they closed nobody is late
    assert not any("没有打卡" in what for hours in (-2, 3) for what in whats(cast.lan, DAY + hours * HOUR))


def test_a_contact_without_any_way_to_be_told_is_asked_for_one(cast):
    last = waits(cast.lan)[-1]
    assert last == ("木棉数科还没有接收方式", None, "", f"/organisations/{cast.firm.pk}/messages/")
    Destination.objects.create(
        association=cast.panyu,
        scope_kind=ScopeKind.ORGANISATION,
        scope_id=cast.firm.pk,
        channel="wecom",
        address="x",
        mark="m",
        shown="x",
        kept_since=DAY,
    )
    assert not any("接收方式" in what for what in whats(cast.lan))


def test_an_organisation_that_announced_nobody_is_not_asked_for_people(cast):
    ParticipantOrganisation.objects.update(expected=None)
    assert whats(cast.lan) == ["木棉数科还没有接收方式"]


# --- those who look after the home


def failed(cast, who, times, at=DAY):
    for _ in range(times):
        audit(None, Verb.SIGN_IN_FAILED, who, association_id=who.association_id, at=at)


def test_an_administrator_sees_failed_sign_ins_works_and_messages(cast):
    admin = holding(cast, Role.ADMINISTRATOR)
    failed(cast, cast.lan, 3)
    failed(cast, cast.tao, 2)
    failed(cast, cast.guo, 9, at=DAY - timedelta(days=2))
    work = begin(actor=cast.tao, association_id=cast.panyu.pk, kind="bulk", facts={}, total=1, at=DAY)
    Work.objects.filter(pk=work.pk).update(state=WorkState.FAILED)
    told = {"topic": "test", "pace": "at_once", "made_at": DAY, "next_try_at": DAY, "channel": "wecom"}
    Delivery.objects.create(association=cast.panyu, event="1", state="given_up", **told)
    assert waits(admin) == [
        ("Lan的账号多次登录失败", 3, "", f"/settings/accounts/{cast.lan.pk}/"),
        ("有消息没有送到", 1, "", "/settings/deliveries/?state=given_up"),
        ("有后台工作失败", 1, "", f"/settings/accounts/{cast.tao.pk}/"),
    ]


def test_security_sees_accounts_without_a_role_and_lent_roles_that_end(cast):
    security = holding(cast, Role.SECURITY)
    bare = account(cast.panyu, "Bo", Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    RoleGrant.objects.filter(account=bare).delete()
    for days, role in ((3, Role.STEWARD), (20, Role.OFFICE)):
        RoleGrant.objects.create(
            account=cast.tao,
            role=role,
            scope_kind=ScopeKind.CAMPAIGN,
            scope_id=cast.campaign.pk,
            during=Range(DAY - HOUR, DAY + timedelta(days=days)),
            lent_by=cast.mei,
        )
    assert waits(security) == [
        ("借给Tao的角色“工作人员”快到期了", None, "7月29日", f"/settings/accounts/{cast.tao.pk}/"),
        ("有账号还没有角色", 1, "", f"/settings/accounts/{bare.pk}/"),
    ]
    # the lead who lends is told too, and once
    assert [what for what in whats(cast.mei) if "快到期" in what] == ["借给Tao的角色“工作人员”快到期了"]


def test_an_auditor_is_told_of_viewings_and_of_a_log_that_nobody_verified(walked):
    cast = walked.cast
    auditor = holding(cast, Role.AUDITOR)
    audit(cast.tao, Verb.VIEWING_BEGUN, cast.lan, association_id=cast.panyu.pk, at=DAY - HOUR)
    assert waits(auditor) == [
        ("打卡日志很久没有核验", None, "", "/settings/keys/"),
        ("有人以他人身份查看过", 1, "", "/settings/audit/?verb=viewing_begun"),
    ]
    # who cannot have it done is told of faults alone
    assert "打卡日志很久没有核验" not in whats(cast.mei)
    verify_log(at=DAY)
    assert whats(auditor) == ["有人以他人身份查看过"]
    assert "打卡日志很久没有核验" in whats(auditor, DAY + timedelta(days=31))


def test_a_fault_in_the_log_waits_however_lately_it_was_found(walked):
    from zuji.checkin.models import LogHead

    LogHead.objects.update(size=99)
    verify_log(at=DAY)
    first = waits(holding(walked.cast, Role.AUDITOR))[0]
    assert first == ("打卡日志有 1 处不符", None, "今天 09:30", "/settings/keys/")
    assert first in waits(walked.cast.mei)


def test_an_empty_log_needs_no_verification(cast):
    assert whats(holding(cast, Role.AUDITOR)) == []


def test_ones_own_work_that_failed_can_be_gone_on_with(cast):
    work = begin(actor=cast.guo, association_id=cast.panyu.pk, kind="bulk", facts={}, total=4, at=DAY)
    Work.objects.filter(pk=work.pk).update(state=WorkState.FAILED, done=3)
    assert ("后台工作没有做完：批量操作", None, "", f"/works/{work.pk}/") in waits(cast.guo)
    assert not any("后台" in what for what in whats(cast.lan))


# --- the table


def test_every_role_has_a_first_page_and_each_way_leads_somewhere(walked, pages):
    for role in Role:
        who = holding(walked.cast, role, role.value)
        assert pages(who).get("/").status == 200
        assert all(resolve(url.split("?")[0]).func for *_, url in waits(who))


def test_what_waits_is_asked_for_by_whoever_has_the_right_and_by_nobody_else(walked):
    asked = {right for right, _ in (*WAITING, *NUMBERS)}
    assert asked <= set(Right)
    with CaptureQueriesContext(connection) as captured:
        assert waits(holding(walked.cast, Role.JUROR)) == []
    assert len(captured) <= 8  # to make the juror, to ask for the rights and for own works


def test_nobody_is_told_of_another_association(walked):
    participant(walked.cast.other, "外区单位", ParticipantKind.FIRM, "DDDDDD")
    assert [url for *_, url in waits(walked.cast.qin) if walked.base in url] == []
    assert not any("木棉" in what for what in whats(walked.cast.qin))


@pytest.mark.parametrize(
    ("hours", "told", "is_late"),
    [
        (-49, "逾期 2 天", True),
        (-1, "今天 08:30", True),
        (2, "今天 11:30", False),
        (24, "明天", False),
        (72, "7月29日", False),
    ],
)
def test_when_something_is_due_is_said_shortly(cast, hours, told, is_late):
    assert due(DAY + hours * HOUR, Now(Desk(cast.tao, DAY))) == (told, is_late)


def test_the_most_urgent_is_on_top(walked):
    times = [each.waiting.due for each in listed(Now(Desk(walked.cast.tao, DAY)))]
    dated = [each for each in times if each]
    assert times[: len(dated)] == sorted(dated)


# --- what changed


def note(cast, who, row, verb=Verb.ACCOUNT_MADE, at=DAY - HOUR):
    return audit(who, verb, row, association_id=cast.panyu.pk, at=at)


def said(who, at=DAY):
    from django.utils.html import strip_tags

    return [(each.when, each.who, strip_tags(each.said)) for each in deeds(Now(Desk(who, at)))]


def test_what_others_did_since_the_last_visit_is_told_by_person_and_thing(cast):
    note(cast, cast.mei, cast.firm, at=DAY - timedelta(days=8))
    note(cast, cast.mei, cast.firm, at=DAY - timedelta(days=1))
    note(cast, cast.mei, cast.second_firm)
    note(cast, cast.tao, cast.unit)
    assert said(cast.tao) == [("08:30", "Mei", "新建了账号榕声互动、木棉数科")]
    assert said(cast.mei) == [("08:30", "Tao", "新建了账号共建单位甲")]
    for hours in (3, 0):
        note(cast, cast.tao, cast.tao, Verb.SIGNED_IN, at=DAY - hours * HOUR)
    note(cast, cast.mei, cast.unit, Verb.ROLE_ENDED, at=DAY - timedelta(days=2))
    assert said(cast.tao) == [("08:30", "Mei", "新建了账号榕声互动")]


def test_the_same_done_to_many_is_one_line_with_the_way_to_all(cast):
    for n in range(5):
        note(cast, cast.mei, new_pass(cast.firm, cast.campaign), Verb.ROLE_ENDED, at=DAY - n * timedelta(minutes=1))
    (deed,) = deeds(Now(Desk(cast.tao, DAY)))
    assert deed.said.count("打卡证") == 3
    rest = "?verb=role_ended&amp;kind=checkin.pass&amp;since=2021-07-19"
    assert f'<a href="/walk/{cast.campaign.pk}/log/{rest}">5 项</a>' in deed.said
    reader = holding(cast, Role.AUDITOR)
    assert f'<a href="/settings/audit/{rest}">5 项</a>' in deeds(Now(Desk(reader, DAY)))[0].said


def test_things_of_one_name_are_named_once(walked):
    for _ in range(4):
        note(walked.cast, walked.cast.guo, impression(walked, text="走"), Verb.ROLE_ENDED)
    ((_, who, sentence),) = said(walked.cast.tao)
    assert (who, sentence.count("旧址S1"), "4 项" in sentence) == ("Guo", 1, True)


def test_yesterday_is_said_so(cast):
    note(cast, cast.mei, cast.firm, at=DAY - timedelta(days=1))
    note(cast, cast.mei, cast.unit, Verb.ROLE_ENDED, at=DAY - timedelta(days=3))
    assert [when for when, *_ in said(cast.tao)] == ["昨天 09:30", "7月23日 09:30"]


def test_a_change_shows_its_values_and_leads_to_where_it_is_taken_back(walked, pages):
    cast = walked.cast
    withdraw_pass(actor=cast.mei, pass_id=walked.second.pk, at=DAY)
    text = pages(cast.tao).get("/").text
    assert f"停用了打卡证 {walked.second.pk}（木棉数科）" in text


def test_who_signed_in_is_no_news(cast):
    note(cast, cast.tao, cast.tao, Verb.SIGNED_IN)
    assert said(cast.mei) == []


def test_when_nothing_changed_the_page_says_so(cast, demo, pages, morning):
    assert "没有人改动过什么" in pages(cast.tao).get("/").text


# --- numbers and what comes next


def numbered(who, at=DAY):
    return {each.name: (each.printed, each.more, each.url) for each in numbers(Now(Desk(who, at)))}


def test_figures_have_their_qualifier_and_say_how_much_they_grew(walked):
    assert numbered(walked.cast.tao, DAY + HOUR) == {
        "打卡的红色遗址数": ("2处", 2, "/figures/T1/"),
        "参加徒步的互联网企业数": ("1家以上", 1, "/figures/T2/"),
        "参加徒步的企业人数": ("2名以上", 2, "/figures/T3/"),
    }


def test_a_contact_sees_the_own_people_alone(walked):
    cast, base = walked.cast, walked.base
    assert numbered(cast.lan, DAY + HOUR) == {
        "已报名": ("2", 0, f"{base}/passes/"),
        "到过的人": ("2", 0, f"{base}/checkins/"),
        "打卡": ("3", 0, f"{base}/checkins/"),
    }
    assert numbered(cast.guo, DAY + HOUR)["到过的人"][0] == "3"


def test_overseers_see_accounts_and_the_trail(walked):
    cast = walked.cast
    admin, auditor = holding(cast, Role.ADMINISTRATOR), holding(cast, Role.AUDITOR, "Bo")
    assert set(numbered(admin)) == {"可以登录的账号", "借出的角色"}
    assert set(numbered(auditor)) == {"今天的操作", "打卡日志，条"}


def test_what_comes_next_leads_to_its_day_in_the_calendar(walked, pages):
    seen = pages(walked.cast.lan).get("/")
    assert seen.links("徒步日")[-1] == "/programme/calendar/?view=day&on=2021-07-26"
    assert "08:00–12:00" in seen.text
    assert "接下来" not in pages(holding(walked.cast, Role.ADMINISTRATOR)).get("/").text


@pytest.mark.parametrize(
    ("who", "main", "url"),
    [
        ("mei", "看到达矩阵", "/matrix/"),
        ("lan", "本单位的打卡证", "/passes/"),
        ("guo", "打开工作人员页面", "/steward/"),
    ],
)
def test_the_main_action_is_what_one_came_for(walked, pages, who, main, url):
    seen = pages(getattr(walked.cast, who)).get("/")
    (button,) = seen.page.all("a", class_="main")
    assert (button.text, button.attributes["href"].endswith(url)) == (main, True)


def test_the_day_is_that_of_the_association(walked, pages):
    walked.cast.panyu.time_zone = "Pacific/Honolulu"
    walked.cast.panyu.save()
    assert pages(walked.cast.tao).get("/").title == "7月25日，星期日"


# --- how quick


def asked(pages, who):
    with CaptureQueriesContext(connection) as captured:
        assert pages(who).get("/").status == 200
    return len(captured)


@pytest.mark.parametrize("who", ["mei", "tao", "lan", "guo"])
def test_the_queries_do_not_grow_with_what_waits(walked, pages, who):
    cast = walked.cast
    account_of = getattr(cast, who)
    Checkpoint.objects.filter(pk=cast.hall.pk).update(coord_status="unverified")
    note(cast, account(cast.panyu, "Zoe", Role.OFFICE, ScopeKind.ASSOCIATION, cast.panyu.pk), cast.campaign)
    impression(walked, text="走", received_at=DAY)
    asked(pages, account_of)
    before = asked(pages, account_of)
    for n in range(3):
        other = campaign(cast.panyu, f"walk{n}")
        activity = Activity.objects.create(campaign=other, name_zh="日", name_en="Day", held_on=date(2021, 8, n + 1))
        later = {"opens_at": DAY + timedelta(days=6), "closes_at": DAY + timedelta(days=7)}
        checkpoint(activity, 1, coord_status="unverified", **later)
        Trail.objects.create(activity=activity, name_zh="路", name_en="Trail")
        participant(cast.panyu, f"单位{n}", ParticipantKind.FIRM, f"E{n:05}")
        note(cast, cast.qin, other)
        impression(walked, text="走", received_at=DAY)
    assert asked(pages, account_of) <= before
