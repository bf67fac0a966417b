"""Pages of notices, destinations and deliveries; the link that stops what comes; and what no page may show."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, account
from tests.people.messages.conftest import receiver  # noqa: F401  (what others made serves here too)
from tests.people.messages.places import HOOKS, SOON, TOKENS, of_firm, own, told
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages import actions
from zuji.people.messages.enums import DeliveryState, Topic
from zuji.people.messages.links import OptOut, opt_out_url
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.messages.sending import send_due
from zuji.people.models import Account

MINE, LOG, NOTICES = "/settings/messages/", "/settings/deliveries/", "/notices/"
FORM = {"channel": "wecom", "address": HOOKS["wecom"], "language": "zh-hans", "quiet_from": "", "quiet_until": ""}
SECRET = "SEC000102030405060708090a0b0c0d0e0f"


@pytest.fixture
def administrator(walked) -> Account:
    return account(walked.cast.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)


def path_of(row: Destination | Delivery) -> str:
    return f"{MINE if isinstance(row, Destination) else LOG}{row.pk}/"


def test_the_bell_counts_what_one_has_not_read(walked, pages):
    seen = pages(walked.cast.tao)
    (bell,) = seen.get("/").page.all("a", class_="bell")
    assert (bell.text.strip(), bell.attributes["href"]) == ("通知", NOTICES)
    told(walked.cast.tao)
    (bell,) = seen.get("/").page.all("a", class_="bell")
    assert bell.text.split() == ["通知", "1", "条未读"]


def test_notices_are_read_one_by_one_or_all_at_once(walked, pages):
    for event in ("1", "2", "3"):
        told(walked.cast.tao, event)
    seen = pages(walked.cast.tao)
    page = seen.get(NOTICES)
    assert page.text.count("您有了新角色：办公室") == 3
    assert "?unread=1" in page.links("未读")
    first = Notice.objects.latest("pk")
    after = seen.post(f"{NOTICES}{first.pk}/")
    assert after.title == "我的账号"
    assert seen.get(NOTICES, unread=1).text.count("您有了新角色") == 2
    assert "2 条已标为已读" in seen.post(f"{NOTICES}read/").text
    assert "没有未读的通知" in seen.get(NOTICES, unread=1).text


def test_nobody_reads_what_another_was_told(walked, pages):
    told(walked.cast.tao)
    notice = Notice.objects.get()
    assert "还没有通知" in pages(walked.cast.mei).get(NOTICES).text
    assert pages(walked.cast.mei).post(f"{NOTICES}{notice.pk}/").status == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_is_told_in_the_readers_language(walked, pages):
    told(walked.cast.tao)
    seen = pages(walked.cast.tao)
    seen.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "You have a new role: Office" in seen.get(NOTICES).text


def test_a_destination_is_added_tried_and_seen_with_its_mask(walked, pages, receiver):  # noqa: F811
    seen = pages(walked.cast.tao)
    assert "还没有。添加后" in seen.get(MINE).text
    added = seen.post(f"{MINE}add/", **FORM)
    assert added.title.startswith("企业微信机器人")
    place = Destination.objects.get()
    assert "正在发送" in seen.post(f"{path_of(place)}test/").text
    assert [each.attributes["hx-get"] for each in seen.get(path_of(place)).page.all("div", id="lately")]
    send_due(at=DAY)
    lately = seen.get(f"{path_of(place)}latest/")
    assert ("已发送" in lately.text, "hx-get" in lately.page.all("div")[0].attributes) == (True, False)
    assert [row[0] for row in seen.get(MINE).cells] == [f"企业微信机器人 …{TOKENS['wecom'][-4:]}"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"address": "https://example.org/cgi-bin/webhook/send?key=12345678"}, "这不是所选服务的机器人地址"),
        ({"address": "http://127.0.0.1:5432/"}, "这不是所选服务的机器人地址"),
        ({"channel": "email", "address": "lan@example.org\nBcc: all@example.org"}, "这不是电子邮件地址"),
        ({"address": ""}, "请填写这一项"),
        ({"secret": SECRET}, "没有加签密钥"),
        ({"channel": "dingtalk", "address": HOOKS["dingtalk"], "secret": "x"}, "加签密钥不完整"),
        ({"quiet_from": "21:00"}, "两个时间"),
    ],
)
def test_what_is_wrong_with_a_destination_is_told_beside_its_field(walked, pages, form, field):
    seen = pages(walked.cast.tao).post(f"{MINE}add/", **FORM | form)
    assert (seen.status, len(seen.errors)) == (422, 1)
    assert field in seen.errors[0]
    assert not Destination.objects.exists()


def test_the_same_address_is_there_once(walked, pages):
    seen = pages(walked.cast.tao)
    seen.post(f"{MINE}add/", **FORM)
    again = seen.post(f"{MINE}add/", **FORM)
    assert (again.status, again.errors) == (422, ["这个地址已经添加过，请在列表里查看。"])
    pages(walked.cast.mei).post(f"{MINE}add/", **FORM)
    assert Destination.objects.count() == 2


def test_habits_are_changed_on_the_destinations_page(walked, pages):
    place = own(walked.cast.tao)
    seen = pages(walked.cast.tao)
    form = {"language": "en", "quiet_from": "22:00", "quiet_until": "07:30", "topics": ["role_granted", "role_ending"]}
    assert "已保存" in seen.post(path_of(place), **form).text
    place.refresh_from_db()
    assert (place.language, str(place.quiet_from), str(place.quiet_until)) == ("en", "22:00:00", "07:30:00")
    assert place.muted == ["role_lent", "trail_opened", "work_ended", "impressions_waiting", "viewed_as"]
    chosen = [
        each for each in seen.get(path_of(place)).page.all("input", type="checkbox") if "checked" in each.attributes
    ]
    assert {each.attributes["value"] for each in chosen} == {"role_granted", "role_ending"}


def test_only_what_can_come_is_offered(walked, pages, administrator):
    offered = {
        who: {each.attributes["value"] for each in pages(who).get(path_of(own(who))).page.all("input", type="checkbox")}
        for who in (walked.cast.lan, administrator)
    }
    assert ("nobody_signed_up" in offered[walked.cast.lan], "delivery_failed" in offered[walked.cast.lan]) == (
        True,
        False,
    )
    assert ("nobody_signed_up" in offered[administrator], "delivery_failed" in offered[administrator]) == (False, True)


def test_a_destination_is_stopped_started_and_removed(walked, pages):
    place = own(walked.cast.tao)
    seen = pages(walked.cast.tao)
    assert "起停用" in seen.post(f"{path_of(place)}stop/").text
    assert "已启用" in seen.post(f"{path_of(place)}start/").text
    (waiting,) = told(walked.cast.tao)
    assert seen.post(f"{path_of(place)}drop/").title == "我的消息"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.destination) == (DeliveryState.GIVEN_UP, None)
    assert seen.get(path_of(place)).status == 404


def test_a_destination_is_its_owners_and_nobody_elses(walked, pages):
    place, firms = own(walked.cast.tao), of_firm(walked.cast, walked.cast.lan)
    for path in ("", "latest/"):
        assert pages(walked.cast.mei).get(path_of(place) + path).status == 404
    for path in ("test/", "stop/", "start/", "drop/"):
        assert pages(walked.cast.mei).post(path_of(place) + path).status == 404
    for who, status in ((walked.cast.lan, 200), (walked.cast.mei, 200), (walked.cast.guo, 404), (walked.cast.qin, 404)):
        assert pages(who).get(path_of(firms)).status == status


def test_an_organisations_destinations_are_looked_after_by_its_contact_and_the_office(walked, pages):
    at = walked.cast
    page = f"/organisations/{at.firm.pk}/messages/"
    for who, address in ((at.lan, HOOKS["wecom"]), (at.tao, HOOKS["wecom"] + "x")):
        assert pages(who).get(page).status == 200
        assert pages(who).post(f"{page}add/", **FORM | {"address": address}).status == 200
    assert [each.scope_id for each in Destination.objects.all()] == [at.firm.pk] * 2
    assert pages(at.lan).get(f"/organisations/{at.second_firm.pk}/messages/").status == 404
    assert pages(at.qin).get(page).status == 404
    assert "木棉数科" in pages(at.lan).get(MINE).text


def test_a_group_of_the_office_is_named_by_the_office(walked, pages):
    at = walked.cast
    assert pages(at.tao).post(f"{MINE}office/add/", **FORM).status == 200
    assert Destination.objects.get().scope_id == at.panyu.pk
    assert len(pages(at.mei).get(MINE).cells) == 1
    assert "办公室的群" not in pages(at.lan).get(MINE).text


def test_a_contact_cannot_name_a_group_of_the_office(walked, pages):
    assert pages(walked.cast.lan).get(f"{MINE}office/add/").status == 404
    assert pages(walked.cast.lan).post(f"{MINE}office/add/", **FORM).status == 404
    assert not Destination.objects.exists()


def test_a_home_says_where_its_messages_go(walked, pages, settings):
    from zuji.core.enums import HomeKind
    from zuji.core.models import Home

    seen = pages(walked.cast.tao)
    assert "只发到本机的接收器" in seen.get(MINE).text
    Home.objects.update(kind=HomeKind.REAL)
    settings.EMAIL_HOST = ""
    assert "还没有设置邮件服务器" in seen.get(MINE).text
    settings.EMAIL_HOST = "mail.example.org"
    text = seen.get(MINE).text
    assert "邮件服务器" not in text
    assert "本机" not in text


def test_the_delivery_log_is_listed_narrowed_and_exported(walked, pages, administrator, receiver):  # noqa: F811
    own(walked.cast.tao)
    own(walked.cast.tao, "email")
    told(walked.cast.tao)
    receiver.answers.append((200, b'{"errcode":93000}'))
    send_due(at=SOON)
    seen = pages(administrator)
    states = sorted((row[2], row[4], row[5]) for row in (row[-7:] for row in seen.get(LOG).cells))
    assert states == [("企业微信机器人", "未能送达", "机器人地址已失效，请重新添加。"), ("电子邮件", "已发送", "没有")]
    assert len(seen.get(LOG, state="sent").cells) == 1
    assert len(seen.csv(LOG, channel="wecom")) == 2
    assert pages(walked.cast.lan).get(LOG).status == 403
    assert "要发到机器人或邮箱时" in pages(walked.cast.qin).get(LOG).text


def test_a_delivery_says_what_where_and_why_not(walked, pages, receiver):  # noqa: F811
    own(walked.cast.tao)
    (delivery,) = told(walked.cast.tao)
    receiver.answers.append((503, b""))
    send_due(at=SOON)
    seen = pages(walked.cast.mei).get(path_of(delivery))
    assert "您有了新角色：办公室" in seen.text
    assert "对方的服务器没有收下" in seen.text
    assert "Tao …5aaa" in seen.text
    assert [each.text for each in seen.page.all("button") if "发送" in each.text] == ["不再发送"]


def test_a_delivery_is_stopped_and_sent_again(walked, pages, receiver):  # noqa: F811
    own(walked.cast.tao)
    (delivery,) = told(walked.cast.tao)
    seen = pages(walked.cast.mei)
    assert "已停止" in seen.post(f"{path_of(delivery)}stop/").text
    send_due(at=SOON)
    assert not receiver.received
    assert "重新排队" in seen.post(f"{path_of(delivery)}again/").text
    send_due(at=SOON)
    assert len(receiver.received) == 1
    assert seen.post(f"{path_of(delivery)}again/").status == 409
    assert seen.post(f"{path_of(delivery)}stop/").status == 409
    verbs = [step for step in seen.get(path_of(delivery)).text.split() if "消息" in step]
    assert "重发了消息" in verbs
    assert "停止了消息" in verbs


def test_many_deliveries_are_sent_again_at_once(walked, pages, receiver):  # noqa: F811
    own(walked.cast.tao)
    for event in ("1", "2"):
        told(walked.cast.tao, event)
    receiver.answers.append((200, b'{"errcode":93000}'))
    send_due(at=SOON)
    seen = pages(walked.cast.mei)
    preview = seen.post(LOG, act="deliveries_again", all="1")
    seal = [each.attributes["value"] for each in preview.page.all("input", name="seal")]
    seen.post(LOG, act="deliveries_again", all="1", step="do", seal=seal[0])
    assert send_due(at=SOON) == 2


def test_who_may_see_the_log_may_not_therefore_send_again(walked, pages):
    own(walked.cast.tao)
    (delivery,) = told(walked.cast.tao)
    assert pages(walked.cast.tao).get(path_of(delivery)).status == 200
    assert pages(walked.cast.tao).post(f"{path_of(delivery)}stop/").status == 403


def test_every_template_is_shown_in_both_languages(walked, pages):
    seen = pages(walked.cast.mei).get(f"{MINE}texts/")
    assert len(seen.page.all("div", class_="told")) == 2 * len(Topic)
    assert "有 3 条感想等待审核" in seen.text
    assert "Impressions that wait for a decision: 3" in seen.text
    assert "{" not in seen.text


def token_of(stop: OptOut) -> str:
    return opt_out_url(stop).removeprefix(settings.BASE_URL)


def test_a_link_stops_a_topic_without_sign_in_once_it_is_said(walked, client: Client):
    place = own(walked.cast.tao)
    path = token_of(OptOut(place.pk, "role_granted"))
    asked = client.get(path)
    assert "以后不再把“有了新角色”发到这里" in asked.content.decode()
    place.refresh_from_db()
    assert place.muted == []
    for _ in range(2):
        assert "不会再把“有了新角色”发到这里" in client.post(path).content.decode()
    place.refresh_from_db()
    assert (place.muted, place.stopped_at) == (["role_granted"], None)


def test_a_mailboxs_own_button_stops_everything_without_a_token_of_the_page(walked):
    place = own(walked.cast.tao)
    mailbox = Client(enforce_csrf_checks=True)
    answer = mailbox.post(token_of(OptOut(place.pk)), {"List-Unsubscribe": "One-Click"})
    place.refresh_from_db()
    assert (answer.status_code, place.stopped_at is not None) == (200, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-6] + "AAAAA/",
        lambda token: "/messages/stop/" + token.removeprefix("/messages/stop/")[1:],
        lambda token: "/messages/stop/x/",
        lambda token: token.replace(":", ".", 1),
        lambda token: f"/messages/stop/{'A' * 4000}/",
    ],
)
def test_a_link_that_was_tampered_with_stops_nothing(walked, client: Client, change):
    place = own(walked.cast.tao)
    for answer in (client.get(path := change(token_of(OptOut(place.pk)))), client.post(path)):
        assert answer.status_code == 409
        assert "退订链接不完整" in answer.content.decode()
    place.refresh_from_db()
    assert (place.muted, place.stopped_at) == ([], None)


def test_a_link_of_a_destination_that_is_gone_says_so(walked, client: Client):
    place = own(walked.cast.tao)
    path = token_of(OptOut(place.pk))
    actions.drop_destination(actor=walked.cast.tao, destination_id=place.pk, at=DAY)
    assert "已经删除" in client.post(path).content.decode()


def test_no_page_shows_an_address_or_a_secret(walked, pages, administrator, receiver):  # noqa: F811
    at = walked.cast
    places = [own(at.mei, kind, secret=SECRET if kind == "dingtalk" else "") for kind in HOOKS]
    told(at.mei)
    send_due(at=SOON)
    paths = [MINE, LOG, NOTICES, f"{MINE}texts/", f"{MINE}add/", "/settings/audit/", "/", "/settings/me/"]
    paths += [path_of(each) for each in places] + [f"{path_of(each)}latest/" for each in places]
    paths += [path_of(each) for each in Delivery.objects.all()]
    hidden = [*TOKENS.values(), SECRET]
    for path in paths:
        text = pages(at.mei).get(path).answer.content.decode()
        assert [secret for secret in hidden if secret in text] == [], path
    for kind in ("csv", "xlsx"):
        rows = getattr(pages(at.mei), {"csv": "csv", "xlsx": "sheet"}[kind])(LOG)
        assert not any(secret in str(rows) for secret in hidden)


@pytest.mark.parametrize("path", [NOTICES, MINE, LOG])
def test_a_page_asks_as_much_for_three_rows_as_for_one(walked, pages, path):
    seen = pages(walked.cast.mei)
    asked = []
    for number in (1, 3):
        for event in range(number):
            own(walked.cast.mei, address=f"{HOOKS['wecom']}-{number}-{event}")
            told(walked.cast.mei, f"{number} {event}")
        with CaptureQueriesContext(connection) as queries:
            seen.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_organisations_that_signed_nobody_up_are_reminded_from_the_campaigns_page(walked, pages):
    at = walked.cast
    quiet = {at.second_firm.pk}
    account(at.panyu, "Lin", Role.CONTACT, ScopeKind.ORGANISATION, at.second_firm.pk)
    page = pages(at.tao).get(f"{walked.base}/overview/")
    assert "提醒这些单位报名" in page.text
    assert "已提醒 1 家单位" in pages(at.tao).post(f"{walked.base}/remind/").text
    (notice,) = Notice.objects.filter(topic=Topic.NOBODY_SIGNED_UP)
    assert (notice.account.name, notice.facts["organisation"]["zh"]) == ("Lin", at.second_firm.name)
    pages(at.tao).post(f"{walked.base}/remind/")
    assert Notice.objects.filter(topic=Topic.NOBODY_SIGNED_UP).count() == len(quiet)
    assert pages(at.lan).post(f"{walked.base}/remind/").status == 403


def test_organisations_that_cannot_be_reached_are_counted(walked, pages):
    seen = pages(walked.cast.tao).post(f"{walked.base}/remind/")
    assert "1 家单位没有联系人账号" in seen.text
