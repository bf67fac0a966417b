"""The list of passes, signing walkers up, sheets to print; and one pass."""

import subprocess
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import DAY
from tests.checkin.desks import new_pass, token
from tests.committee.workbooks import workbook
from zuji.checkin.actions import mark_same_person, withdraw_pass
from zuji.checkin.models import Pass, PassDetail, SamePerson
from zuji.console import pass_sheet
from zuji.console.views import passes as view
from zuji.core import clock


def pdf_text(content):
    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def test_the_list_says_what_each_pass_did(walked, pages):
    rows = {row[0]: row for row in pages(walked.cast.tao).get(f"{walked.base}/passes/").cells}
    assert rows[str(walked.first.pk)][1:7] == ["木棉数科", "没有填", "没有分组", "名单", "可用", "2"]
    assert rows[str(walked.third.pk)][6] == "1"


@pytest.mark.parametrize(
    ("query", "count"),
    [({"state": "good"}, 3), ({"state": "withdrawn"}, 1), ({"origin": "on_the_spot"}, 0), ({"origin": "signed_up"}, 4)],
)
def test_the_list_is_narrowed_by_state_and_origin(walked, pages, query, count):
    at = walked.cast
    new_pass(at.firm, at.campaign, withdrawn_at=at.day)
    assert len(pages(at.tao).get(f"{walked.base}/passes/", **query).cells) == count


def test_a_contact_sees_and_adds_to_the_own_organisation_alone(walked, pages):
    at = walked.cast
    seen = pages(at.lan)
    assert {row[1] for row in seen.get(f"{walked.base}/passes/").cells} == {"木棉数科"}
    form = seen.get(f"{walked.base}/passes/add/")
    assert [each.text for each in form.page.all("option")] == ["请选择", "木棉数科"]
    refused = seen.post(f"{walked.base}/passes/add/", organisation=at.second_firm.pk, unnamed=1)
    assert refused.status == 422
    assert Pass.objects.filter(organisation=at.second_firm).count() == 0


def test_walkers_are_typed_by_name_or_by_number(walked, pages):
    at = walked.cast
    form = {"organisation": at.firm.pk, "names": "阿棉\n\n  小榕 \n", "unnamed": "2", "group": "第一组"}
    seen = pages(at.lan).post(f"{walked.base}/passes/add/", **form)
    assert "已发放打卡证" in seen.text
    added = Pass.objects.filter(group="第一组").order_by("pk")
    assert [getattr(each, "detail", None) and each.detail.nickname for each in added] == ["阿棉", "小榕", None, None]


@pytest.mark.parametrize("form", [{}, {"names": "  \n"}, {"unnamed": "0"}, {"unnamed": "501"}, {"names": "x" * 41}])
def test_nobody_to_sign_up_is_told(walked, pages, form):
    before = Pass.objects.count()
    seen = pages(walked.cast.lan).post(f"{walked.base}/passes/add/", organisation=walked.cast.firm.pk, **form)
    assert seen.status == 422
    assert seen.page.all("p", class_="error") or seen.page.all("div", class_="error")
    assert Pass.objects.count() == before


def upload(seen, walked, data, **form):
    return seen.post(f"{walked.base}/passes/import/", book=SimpleUploadedFile("名单.xlsx", data), **form)


def test_a_list_of_walkers_becomes_passes_once_it_is_confirmed(walked, pages):
    seen = pages(walked.cast.lan)
    rows = [("木棉数科", "阿棉", "一组"), ("木棉数科", None, None), ("榕声互动", "别家", None)]
    look = upload(seen, walked, workbook(rows, ("单位名称", "昵称", "分组")))
    assert "可以导入 2 行" in look.text
    assert "有问题 1 行" in look.text
    assert PassDetail.objects.count() == 0
    done = seen.post(look.answer.request["PATH_INFO"])
    assert "已导入 2 行" in done.text
    assert [each.nickname for each in PassDetail.objects.all()] == ["阿棉"]


def test_the_same_list_again_is_taken_only_when_somebody_says_so(walked, pages):
    seen = pages(walked.cast.lan)
    data = workbook([("木棉数科", None)], ("单位名称", "昵称"))
    seen.post(upload(seen, walked, data).answer.request["PATH_INFO"])
    before = Pass.objects.count()
    told = upload(seen, walked, data)
    assert told.status == 422
    assert "再次导入" in told.text
    look = upload(seen, walked, data, again="on")
    assert "已导入 1 行" in seen.post(look.answer.request["PATH_INFO"]).text
    assert Pass.objects.count() == before + 1


def test_a_sheet_has_a_card_for_each_pass_that_the_list_shows(walked, pages):
    at = walked.cast
    PassDetail.objects.create(walk_pass=walked.second, nickname="阿棉")
    new_pass(at.firm, at.campaign, withdrawn_at=at.day)
    answer = pages(at.tao).file(f"{walked.base}/passes/print/", organisation=at.firm.pk)
    text = pdf_text(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert [f"打卡证 {walk_pass.pk}" in text for walk_pass in (walked.first, walked.second, walked.third)] == [
        *(True, True, False)
    ]
    assert "阿棉" in text
    assert text.count("木棉数科") == 2


def test_a_sheet_with_nothing_on_it_says_what_to_do(walked, pages):
    seen = pages(walked.cast.tao).get(f"{walked.base}/passes/print/", state="withdrawn")
    assert (seen.status, "没有可以打印的打卡证" in seen.text) == (409, True)


def test_too_many_passes_for_one_print_are_told(walked, pages, monkeypatch):
    monkeypatch.setattr(view, "MOST", 2)
    seen = pages(walked.cast.tao).get(f"{walked.base}/passes/print/")
    assert (seen.status, "一次最多打印 2 张，现在有 3 张" in seen.text) == (409, True)


def test_a_sheets_card_leads_to_its_own_pass(walked, monkeypatch):
    seen = {}
    monkeypatch.setattr(pass_sheet, "typeset", lambda template, data, **_: seen.update(data) or b"")
    monkeypatch.setattr(pass_sheet.qr, "modules", lambda url: url)
    pass_sheet.pass_sheet(walked.cast.campaign, [walked.first, walked.third], at=walked.cast.day)
    assert [card["qr"] for card in seen["passes"]] == [
        f"http://127.0.0.1:8000/p/{token(each)}" for each in (walked.first, walked.third)
    ]


# --- one pass


def path_of(walked, walk_pass, act=""):
    return f"{walked.base}/passes/{walk_pass.pk}/{act}"


def test_whoever_issues_passes_can_hand_the_link_on(walked, pages):
    link = f"http://127.0.0.1:8000/p/{token(walked.first)}"
    assert link in pages(walked.cast.lan).get(path_of(walked, walked.first)).links()


def test_a_pass_tells_its_check_ins_in_order(walked, pages):
    seen = pages(walked.cast.tao).get(path_of(walked, walked.first))
    assert [row[1] for row in seen.cells] == ["入口1", "入口1", "入口2"] or len(seen.cells) == 3


def test_two_passes_are_marked_as_one_person_and_parted_again(walked, pages):
    seen = pages(walked.cast.lan)
    marked = seen.post(path_of(walked, walked.second, "same/"), second_id=walked.first.pk)
    assert f"打卡证 {walked.first.pk}" in marked.text
    assert Pass.objects.get(pk=walked.second.pk).person == walked.first.pk
    undone = seen.post(path_of(walked, walked.second, f"same/{walked.first.pk}/undo/"))
    assert "两张各算一人" in undone.text
    assert Pass.objects.get(pk=walked.second.pk).person is None


def test_a_pass_is_not_marked_as_itself_or_as_nobodys(walked, pages):
    seen = pages(walked.cast.lan)
    path = path_of(walked, walked.first, "same/")
    assert seen.post(path, second_id=walked.first.pk).status == 422
    for wrong in ("x", walked.third.pk):  # no number, and one of an organisation that is not hers
        assert "没有这个编号" in seen.post(path, second_id=wrong).errors[0]
    assert not SamePerson.objects.exists()


def test_a_pass_tells_what_it_was_on_a_day(walked, pages):
    first, second = walked.first, walked.second
    Pass.objects.filter(pk=second.pk).update(joined_at=DAY - timedelta(days=9))
    later = DAY + timedelta(days=2)
    tao = walked.cast.tao
    mark_same_person(actor=tao, first_id=first.pk, second_id=second.pk, at=later)
    withdraw_pass(actor=tao, pass_id=second.pk, at=later)
    with clock.frozen(later + timedelta(days=2)):
        now, then, before = (
            pages(tao).get(path_of(walked, second), on=day) for day in ("", "2021-07-26", "2021-07-01")
        )
    assert ("已停用" in now.text, f"打卡证 {first.pk}" in now.text) == (True, True)
    assert ("已停用" in then.text.split("变更")[0], f"打卡证 {first.pk}" in then.text) == (False, False)
    assert "这是 2021年7月26日 结束时的状态。" in then.text
    assert then.page.all("svg", class_="qr") == []
    assert "那一天这里还没有" in before.text


def test_a_withdrawn_pass_shows_no_code_any_more(walked, pages):
    seen = pages(walked.cast.lan).post(path_of(walked, walked.first, "withdraw/"))
    assert "已停用" in seen.text
    assert not seen.page.all("svg", class_="qr")


def test_a_lost_pass_is_replaced_by_one_of_the_same_person(walked, pages):
    seen = pages(walked.cast.lan).post(path_of(walked, walked.first, "replace/"))
    fresh = Pass.objects.order_by("pk").last()
    assert seen.title == f"打卡证 {fresh.pk}"
    assert fresh.person == walked.first.pk
    assert f"打卡证 {walked.first.pk}" in seen.text


def test_a_pass_of_another_campaign_is_not_found_here(walked, pages):
    at = walked.cast
    from tests.cast import campaign

    another = new_pass(at.firm, campaign(at.panyu, "another"))
    assert pages(at.tao).get(path_of(walked, another)).status == 404


def test_a_reduced_pass_has_nothing_left_to_print(walked, pages):
    Pass.objects.filter(pk=walked.first.pk).update(token=None)
    seen = pages(walked.cast.tao)
    assert seen.get(path_of(walked, walked.first, "print/")).status == 404
    assert not seen.get(path_of(walked, walked.first)).page.all("svg", class_="qr")
