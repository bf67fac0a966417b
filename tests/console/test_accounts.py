import re

import pytest
from django.test import Client

from tests.cast import account, grant, participant
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant

ACCOUNTS = "/settings/accounts/"
FORM = {"name": "新人", "username": "newcomer", "password": "walk offline 2021", "language": "zh-hans"}


@pytest.fixture
def administrator(walked):
    return account(walked.cast.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)


@pytest.fixture
def security(walked):
    return account(walked.cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)


def test_accounts_are_listed_with_their_roles(walked, pages, administrator):
    rows = {row[1]: row for row in pages(administrator).get(ACCOUNTS).cells}
    assert rows["lan"] == ["Lan", "lan", "单位联系人", "可登录", "没有登录过"]
    assert "qin" not in rows


def test_a_new_account_has_no_role_until_somebody_else_grants_one(walked, pages, administrator, security):
    made = pages(administrator).post(f"{ACCOUNTS}add/", **FORM)
    new = Account.objects.get(username="newcomer")
    assert made.title.startswith("新人")
    assert "没有角色" in made.text
    assert not made.page.all("select")
    seen = pages(security).post(f"{ACCOUNTS}{new.pk}/grant/", what=f"office:{walked.cast.panyu.pk}")
    assert "已授予" in seen.text
    assert pages(new).get("/organisations/").status == 200


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"username": "lan"}, "已有人使用"),
        ({"password": "short"}, "密码至少 12 个字符"),
        ({"name": ""}, "请填写这一项"),
        ({"username": "no spaces here"}, "用户名只能用"),
        ({"username": "a\0b"}, ""),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_beside_its_field(walked, pages, administrator, form, told):
    seen = pages(administrator).post(f"{ACCOUNTS}add/", **FORM | form)
    assert seen.status == 422
    assert told in seen.text
    assert Account.objects.filter(name="新人").count() == 0


@pytest.mark.parametrize(
    "what", ["steward:{firm}", "office:{foreign}", "steward:{foreign}", "contact:{firm}", "king:1"]
)
def test_what_is_not_offered_is_refused_beside_the_field(walked, pages, security, what):
    at = walked.cast
    sent = what.format(firm=at.firm.pk, foreign=at.foreign.pk)
    seen = pages(security).post(f"{ACCOUNTS}{at.guo.pk}/grant/", what=sent)
    assert (seen.status, len(seen.errors)) == (422, 1)
    assert RoleGrant.objects.filter(account=at.guo).count() == 1


def test_a_contact_is_given_an_organisation_by_its_name_or_join_code(walked, pages, security):
    at = walked.cast
    for account_of, said in ((at.guo, at.firm.name), (at.tao, at.unit.join_code.lower())):
        seen = pages(security).post(f"{ACCOUNTS}{account_of.pk}/grant/", what="contact", organisation=f" {said} ")
        assert "已授予" in seen.text
    assert {grant.scope_id for grant in RoleGrant.objects.filter(role="contact", account__in=[at.guo, at.tao])} == {
        at.firm.pk,
        at.unit.pk,
    }


def test_an_organisation_that_is_none_of_theirs_is_told_beside_its_field(walked, pages, security):
    at = walked.cast
    for said in ("", "没有这家", "木棉"):
        seen = pages(security).post(f"{ACCOUNTS}{at.guo.pk}/grant/", what="contact", organisation=said)
        assert (seen.status, seen.errors) == (422, ["没有叫这个名字的参加单位。请从提示里选，或输入它的加入码。"])


def test_organisations_are_suggested_by_a_part_of_their_name_of_the_own_association_only(walked, pages, security):
    at = walked.cast
    foreign = participant(at.other, "木棉外区", "firm", "DDDDDD")
    path = f"{ACCOUNTS}{at.guo.pk}/organisations/"
    offered = [each.attributes["value"] for each in pages(security).get(path, organisation="木棉").page.all("option")]
    assert offered == [at.firm.name]
    assert foreign.name not in offered
    assert pages(at.mei).get(path, organisation="木棉").status == 403


def test_scopes_of_another_association_are_not_offered_nor_what_is_held(walked, pages, security):
    at = walked.cast
    seen = pages(security).get(f"{ACCOUNTS}{at.tao.pk}/")
    offered = {each.attributes["value"] for each in seen.page.all("option")}
    assert f"steward:{at.campaign.pk}" in offered
    assert f"steward:{at.foreign.pk}" not in offered
    assert f"office:{at.panyu.pk}" not in offered


def test_a_role_is_ended_and_stays_on_the_record(walked, pages, security):
    at = walked.cast
    held = RoleGrant.objects.get(account=at.lan)
    seen = pages(security).post(f"/settings/roles/{held.pk}/end/")
    assert "已收回" in seen.text
    assert seen.cells[0][:4] == ["单位联系人", "木棉数科", "2018年11月1日", "2021年7月26日"]
    assert pages(at.lan).get("/organisations/").status == 403


def test_nobody_changes_their_own_roles(walked, pages, security):
    own = RoleGrant.objects.get(account=security)
    assert pages(security).post(f"/settings/roles/{own.pk}/end/").status == 409


def test_a_closed_account_opens_nothing(walked, pages, administrator):
    at = walked.cast
    before = pages(at.lan)
    asked = pages(administrator).get(f"{ACCOUNTS}{at.lan.pk}/close/")
    assert (asked.title, before.get("/").status) == ("停用 Lan", 200)
    assert "角色全部收回" in asked.text
    seen = pages(administrator).post(f"{ACCOUNTS}{at.lan.pk}/close/")
    assert "已停用" in seen.text
    assert before.client.get("/").status_code == 302


def test_a_one_time_link_is_shown_once_and_lets_in_once(walked, pages, administrator):
    at = walked.cast
    seen = pages(administrator).post(f"{ACCOUNTS}{at.lan.pk}/link/")
    link = re.search(r"http://127\.0\.0\.1:8000(/enter/\S+)", seen.text)[1]
    assert "/enter/" not in pages(administrator).get(f"{ACCOUNTS}{at.lan.pk}/").text
    assert "生成登录链接" in pages(administrator).get(f"{ACCOUNTS}{at.lan.pk}/").text
    first, second = Client(), Client()
    assert first.get(link).status_code == 302
    assert first.get("/organisations/").status_code == 200
    assert second.get(link).status_code == 409


def test_an_auditor_reads_who_did_what_and_exports_it_with_names(walked, pages):
    at = walked.cast
    grant(at.mei, Role.AUDITOR, ScopeKind.ASSOCIATION, at.panyu.pk)
    pages(at.guo).post(f"{walked.base}/checkins/{walked.items['first']}/", reason="误扫")
    seen = pages(at.mei)
    rows = seen.get("/settings/audit/", verb="taken_back").cells
    assert [row[1:3] for row in rows] == [["Guo", "撤回了木棉数科在入口1的打卡误扫"]]
    assert [row[1:] for row in seen.csv("/settings/audit/", verb="taken_back", cols="who,verb,kind")[1:]] == [
        ["Guo", "撤回打卡", "更正"]
    ]


def test_ones_own_account_tells_the_roles_and_leads_to_the_second_factor(walked, pages):
    seen = pages(walked.cast.lan).get("/settings/me/")
    assert seen.cells == [["单位联系人", "木棉数科", "2018年11月1日", "至今"]]
    assert seen.links("启用") == ["/account/second-factor/"]


def test_the_keys_page_shows_the_head_of_the_log(walked, pages):
    from zuji.checkin.models import LogBatch

    seen = pages(walked.cast.lan).get("/settings/keys/")
    last = LogBatch.objects.order_by("id").last()
    assert bytes(last.head).hex() in seen.text
    assert f"共 {last.size} 条" in seen.text


PASSWORD = "walk offline 2021"


def sign_in(username, client=None):
    client = client or Client()
    answer = client.post("/sign-in/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_whoever_signs_in_reads_in_the_language_of_their_account(walked):
    Account.objects.filter(username="lan").update(language="en")
    assert "Waiting for you" in sign_in("lan").get("/").content.decode()


def test_a_language_that_was_chosen_on_this_device_stays(walked):
    Account.objects.filter(username="lan").update(language="en")
    client = Client()
    client.cookies["django_language"] = "zh-hans"
    assert "等我处理" in sign_in("lan", client).get("/").content.decode()


def test_a_wrong_password_is_told_above_the_form_in_words_that_help(walked, pages):
    from tests.console.walks import Pages

    seen = Pages(Client()).post("/sign-in/", login="lan", password="wrong")
    assert "用户名或密码不对。请检查后重新输入。" in seen.text
    assert seen.title == "登录"


def test_signing_out_asks_once_and_then_shuts_the_door(walked):
    client = sign_in("lan")
    assert client.get("/sign-out/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


SIGN_IN_PAGES = [
    *("/account/password/", "/account/second-factor/", "/account/second-factor/totp/activate/", "/account/confirm/"),
]


@pytest.mark.parametrize("path", SIGN_IN_PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_ones_own_sign_in_look_like_the_others(walked, path, language):
    from tests.console.walks import Seen

    client = sign_in("lan")
    client.cookies["django_language"] = language
    seen = Seen(client.get(path, follow=True))  # some ask for the password once more first
    assert seen.status == 200
    assert len(seen.page.all("h1")) == 1
    assert not re.search(r"\b(?:sign_in|second_factor|password|recovery)\.\w", seen.text)


def test_a_page_that_is_none_and_a_stale_form_are_told_in_words(walked):
    from tests.console.walks import Pages

    assert "找不到这一项" in Pages(Client()).get("/no/such/page").text
    strict = Client(enforce_csrf_checks=True)
    assert "页面打开太久" in Pages(strict).post("/sign-in/", login="lan").text


def test_a_failure_is_told_without_its_cause(walked, monkeypatch):
    from zuji.console.views import today

    client = sign_in("lan")
    client.raise_request_exception = False
    monkeypatch.setattr(today, "listed", lambda _: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "系统出错，已记录" in answer.content.decode()
    assert "division" not in answer.content.decode()
