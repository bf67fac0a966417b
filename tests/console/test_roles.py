"""Lending on an account's page, the list of what is lent, and looking as somebody, as the pages show them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, account
from zuji.core import clock
from zuji.people.actions import lend_role
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant

ACCOUNTS = "/settings/accounts/"


@pytest.fixture
def wen(walked):
    """A colleague without any role."""
    return Account.objects.create_user("wen", association=walked.cast.panyu, name="Wen")


@pytest.fixture
def administrator(walked):
    return account(walked.cast.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)


def lent(walked, to, day=28):
    at = walked.cast
    return lend_role(
        actor=at.mei, account_id=to.pk, role=Role.OFFICE, scope_id=at.panyu.pk, until=date(2021, 7, day), at=DAY
    )


def test_a_lead_lends_on_the_accounts_page_and_it_says_by_whom_and_until_when(walked, pages, wen):
    at = walked.cast
    mei = pages(at.mei)
    seen = mei.post(f"{ACCOUNTS}{wen.pk}/lend/", what=f"office:{at.panyu.pk}", until="2021-07-28")
    assert "已借出，到日子自动收回。" in seen.text
    assert seen.cells[0][:4] == ["办公室 Mei 借出", "番禺", "2021年7月26日", "2021年7月28日"]
    assert pages(wen).get("/organisations/").status == 200
    with clock.frozen(DAY.replace(month=8)):
        assert wen.grants.get().lent_by == at.mei
        assert pages(wen).client.get("/organisations/").status_code == 403


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"until": "2021-07-25"}, "最后一天已经过去"),
        ({"until": "2021-08-26"}, "一次最多借 31 天"),
        ({"until": ""}, "请填写这一项"),
        ({"what": "auditor:{panyu}"}, ""),
        ({"what": "office:{other}"}, ""),
        ({"what": ""}, "请填写这一项"),
    ],
)
def test_what_cannot_be_lent_is_told_beside_its_field(walked, pages, wen, form, told):
    at = walked.cast
    sent = {"what": f"office:{at.panyu.pk}", "until": "2021-07-28"} | form
    sent["what"] = sent["what"].format(panyu=at.panyu.pk, other=at.other.pk)
    seen = pages(at.mei).post(f"{ACCOUNTS}{wen.pk}/lend/", **sent)
    assert (seen.status, len(seen.errors)) == (422, 1)
    assert told in seen.errors[0]
    assert not RoleGrant.objects.filter(account=wen).exists()


def test_only_who_may_lend_is_shown_how_and_never_to_themselves(walked, pages, wen, administrator):
    at = walked.cast
    lent(walked, wen)
    for who, whom, shown in ((at.mei, at.guo, True), (at.mei, at.mei, False), (administrator, at.guo, False)):
        html = pages(who).get(f"{ACCOUNTS}{whom.pk}/").answer.content.decode()
        assert ("/lend/" in html) is shown, who
    lead = lend_role(
        actor=at.mei, account_id=at.guo.pk, role=Role.OFFICE_LEAD, scope_id=at.panyu.pk, until=DAY.date(), at=DAY
    )
    assert "/lend/" not in pages(lead.account).get(f"{ACCOUNTS}{wen.pk}/").answer.content.decode()
    assert pages(lead.account).post(f"{ACCOUNTS}{wen.pk}/lend/", what=f"steward:{at.campaign.pk}").status == 409


def test_a_loan_is_taken_back_on_the_page_and_stays_in_the_list(walked, pages, wen):
    made = lent(walked, wen)
    mei = pages(walked.cast.mei)
    assert mei.get("/settings/lent/").cells == [
        ["Wen", "办公室", "番禺", "Mei", "2021年7月26日", "2021年7月28日", "借出中"]
    ]
    with clock.frozen(DAY.replace(hour=3)):
        seen = mei.post(f"/settings/roles/{made.pk}/take-back/")
        assert "已收回。" in seen.text
        assert mei.get("/settings/lent/").cells[0][-2:] == ["2021年7月26日", "已收回"]
    assert mei.csv("/settings/lent/")[1][0] == "Wen"


def test_a_longer_list_of_loans_costs_no_more_questions(walked, pages, wen):
    mei, asked = pages(walked.cast.mei), []
    for rows in (1, 3):
        while RoleGrant.objects.exclude(lent_by=None).count() < rows:
            name = f"w{RoleGrant.objects.count()}"
            lent(walked, Account.objects.create_user(name, association=walked.cast.panyu, name=name))
        with CaptureQueriesContext(connection) as queries:
            assert len(mei.get("/settings/lent/").cells) == rows
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_who_owns_a_lent_role_sees_who_lent_it(walked, pages, wen):
    lent(walked, wen)
    assert pages(wen).get("/settings/me/").cells == [["办公室 Mei 借出", "番禺", "2021年7月26日", "2021年7月28日"]]


# --- looking as somebody


def test_looking_is_begun_with_a_reason_announced_on_every_page_and_ended(walked, pages, administrator):
    at = walked.cast
    ada = pages(administrator)
    page = ada.get(f"{ACCOUNTS}{at.lan.pk}/view/")
    assert page.title == "以Lan的身份查看"
    assert ada.post(f"{ACCOUNTS}{at.lan.pk}/view/", reason="").errors == ["请填写这一项。"]
    ada.post(f"{ACCOUNTS}{at.lan.pk}/view/", reason="核对打卡证")
    for path in (
        "/",
        "/organisations/",
        f"{walked.base}/passes/",
        "/settings/me/",
        "/help/",
        "/check/",
        "/settings/audit/",
    ):
        banner = ada.get(path).page.all("form", class_="viewing")
        assert "您正以 Lan 的身份查看，只能看，10:00 自动结束。" in banner[0].text, path
    seen = ada.post("/viewing/end/")
    assert "已结束查看，您又是自己了。" in seen.text
    assert not seen.page.all("form", class_="viewing")


def test_the_pages_of_web_announce_it_too(walked, pages, administrator):
    at = walked.cast
    ada = pages(administrator)
    ada.post(f"{ACCOUNTS}{at.guo.pk}/view/", reason="看打卡码")
    answer = ada.client.get("/steward/")
    if answer.status_code == 200:  # where web/ was built
        assert "您正以" in answer.content.decode()


def test_whoever_was_looked_at_reads_it_in_their_own_history(walked, pages, administrator):
    at = walked.cast
    ada = pages(administrator)
    ada.post(f"{ACCOUNTS}{at.lan.pk}/view/", reason="核对打卡证")
    ada.post("/viewing/end/")
    told = pages(at.lan).get("/settings/me/").text
    assert "Ada以此人身份查看核对打卡证" in told.replace(" ", "")
    assert "Ada结束以此人身份查看" in told.replace(" ", "")


def test_overseers_and_oneself_are_not_offered_for_looking(walked, pages, administrator):
    at = walked.cast
    sue = account(at.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, at.panyu.pk)
    ada = pages(administrator)
    for whom, offered in ((at.lan, True), (sue, False), (administrator, False)):
        assert bool(ada.get(f"{ACCOUNTS}{whom.pk}/").links("以此人身份查看")) is offered
    assert ada.post(f"{ACCOUNTS}{sue.pk}/view/", reason="x").status == 422
    assert ada.get("/").page.all("form", class_="viewing") == []
