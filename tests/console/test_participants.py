from tests.committee.workbooks import FIRM, MEMBER, workbook
from zuji.committee.models import ParticipantOrganisation

ADD = "/organisations/add/"
FORM = {"name": "荔湾软件（示例）", "kind": "firm", "joins_as": "firm_organisation", "expected": "12"}


def test_an_organisation_that_is_typed_gets_a_page_with_its_join_code(walked, pages):
    seen = pages(walked.cast.tao).post(ADD, **FORM, contact_name="阿岚", contact_phone="020-1")
    made = ParticipantOrganisation.objects.get(name="荔湾软件（示例）")
    assert (seen.title, made.expected, made.contact.phone) == ("荔湾软件（示例）", 12, "020-1")
    assert made.join_code in seen.text
    assert f"http://127.0.0.1:8000/j/{made.join_code}" in seen.links()
    assert seen.page.all("svg", class_="qr")


def test_a_missing_field_is_told_beside_it_and_nothing_is_made(walked, pages):
    before = ParticipantOrganisation.objects.count()
    seen = pages(walked.cast.tao).post(ADD, **FORM | {"name": ""})
    assert (seen.status, seen.errors) == (422, ["请填写这一项。"])
    assert ParticipantOrganisation.objects.count() == before


def test_a_name_that_is_taken_is_told_in_the_form(walked, pages):
    seen = pages(walked.cast.tao).post(ADD, **FORM | {"name": "木棉数科"})
    assert seen.status == 422
    assert "名单里已有“木棉数科”" in seen.text


def test_a_blank_head_count_is_unknown_and_not_nought(walked, pages):
    seen = pages(walked.cast.tao).post(ADD, **FORM | {"expected": ""})
    assert ParticipantOrganisation.objects.get(name=FORM["name"]).expected is None
    assert "报名人数 未知" in seen.text


def test_a_change_stands_in_the_timeline_with_the_value_before_and_after(walked, pages):
    at = walked.cast
    path = f"/organisations/{at.firm.pk}/edit/"
    seen = pages(at.tao).post(path, name="木棉数科", kind="firm", joins_as="association_member", expected="9")
    assert "修改参加单位" in seen.text
    assert "参加身份 企业党组织 → 区网络文化协会会员" in seen.text
    assert "报名人数 5 → 9" in seen.text
    assert "Tao" in seen.text


def test_the_contact_is_changed_without_its_values_being_told(walked, pages):
    at = walked.cast
    path = f"/organisations/{at.firm.pk}/edit/"
    form = {"name": "木棉数科", "kind": "firm", "joins_as": "firm_organisation", "expected": "5"}
    seen = pages(at.tao).post(path, **form, contact_name="阿岚", contact_phone="020-7")
    assert [words.text for words in seen.page.all("del")] == []
    assert "阿岚 020-7" in seen.text


def test_a_contact_sees_the_own_organisation_alone(walked, pages):
    at = walked.cast
    seen = pages(at.lan)
    assert [row[0] for row in seen.get("/organisations/").cells] == ["木棉数科"]
    assert seen.get(f"/organisations/{at.second_firm.pk}/").status == 404
    assert seen.get("/organisations/").links("导入名单") == []


def test_the_record_leads_to_the_passes_of_each_walk(walked, pages):
    at = walked.cast
    seen = pages(at.mei).get(f"/organisations/{at.firm.pk}/")
    assert f"{walked.base}/passes/?organisation={at.firm.pk}" in seen.links("2 张打卡证")


# --- the import

IMPORT = "/organisations/import/"


def upload(pages, who, data, name="名单.xlsx", **form):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return pages(who).post(IMPORT, book=SimpleUploadedFile(name, data), **form)


def test_a_list_is_looked_at_before_anything_is_taken(walked, pages):
    before = ParticipantOrganisation.objects.count()
    seen = upload(pages, walked.cast.tao, workbook([FIRM, MEMBER]))
    assert "可以导入 2 行" in seen.text
    assert "有问题 0 行" in seen.text
    assert ParticipantOrganisation.objects.count() == before


def test_what_was_looked_at_is_what_is_taken(walked, pages):
    seen = upload(pages, walked.cast.tao, workbook([FIRM, MEMBER]))
    done = pages(walked.cast.tao).post(seen.answer.request["PATH_INFO"])
    assert "已导入 2 行" in done.text
    assert set(ParticipantOrganisation.objects.values_list("name", flat=True)) >= {FIRM[0], MEMBER[0]}


def test_a_confirmed_upload_cannot_be_taken_twice(walked, pages):
    path = upload(pages, walked.cast.tao, workbook([FIRM])).answer.request["PATH_INFO"]
    assert pages(walked.cast.tao).post(path).status == 200
    assert pages(walked.cast.tao).post(path).status == 404


def test_a_dropped_upload_is_gone_and_nothing_was_taken(walked, pages, settings):
    path = upload(pages, walked.cast.tao, workbook([FIRM])).answer.request["PATH_INFO"]
    assert pages(walked.cast.tao).post(path, drop="1").answer.request["PATH_INFO"] == IMPORT
    assert pages(walked.cast.tao).get(path).status == 404
    assert not ParticipantOrganisation.objects.filter(name=FIRM[0]).exists()
    assert list(settings.STAGED_ROOT.iterdir()) == []


def test_somebody_elses_upload_is_not_found(walked, pages):
    path = upload(pages, walked.cast.tao, workbook([FIRM])).answer.request["PATH_INFO"]
    assert pages(walked.cast.mei).get(path).status == 404
    assert pages(walked.cast.mei).post(path).status == 404


def test_a_problem_stands_beside_its_cell_and_the_good_rows_come_in(walked, pages):
    bad = ("荔湾软件（示例）", "企业", "不知道", None, "1.38E+10", "八人")
    seen = upload(pages, walked.cast.tao, workbook([FIRM, bad, ("木棉数科", "企业", "共建单位", None, None, 3)]))
    told = " ".join(seen.errors)
    for found in ("不知道", "1.38E+10", "八人", "名单里已有“木棉数科”"):
        assert found in told
    wrong = [each.text for each in seen.page.all("td", class_="wrong")]
    assert len(wrong) == 4
    done = pages(walked.cast.tao).post(seen.answer.request["PATH_INFO"])
    assert "已导入 1 行" in done.text
    assert "2 行没有导入" in done.text


def test_the_rows_with_problems_come_back_as_a_workbook_with_their_reasons(walked, pages):
    seen = upload(pages, walked.cast.tao, workbook([FIRM, ("木棉数科", "企业", "共建单位", None, None, 3)]))
    done = pages(walked.cast.tao).post(seen.answer.request["PATH_INFO"])
    (link,) = done.links("下载有问题的行")
    heads, row = pages(walked.cast.tao).sheet(link)
    assert (heads[-1], row[0]) == ("需更正之处", "木棉数科")
    assert "名单里已有" in row[-1]
    assert pages(walked.cast.mei).get(link).status == 404


def test_what_is_not_read_is_told(walked, pages):
    headings = ("单位名称", "单位性质", "参加身份", "喜欢的颜色")
    seen = upload(pages, walked.cast.tao, workbook([("荔湾软件（示例）", "企业", "共建单位", "红")], headings))
    assert "列“喜欢的颜色” 没有读" in seen.text
    assert "说明文字" in seen.text


def bad_workbooks():
    plain = ("单位名称", "单位性质", "参加身份")
    row = ("荔湾软件（示例）", "企业", "共建单位")
    yield "a forbidden column", workbook([(*row, "是")], (*plain, "是否党员")), "是否党员"
    yield "an identity-card number", workbook([(*row, "11010519491231002X")], (*plain, "备注")), "身份证号"
    yield "no header", workbook([("一", "二")], ("甲", "乙")), "找不到表头"
    yield "no rows", workbook([], plain), "没有数据"
    yield "two columns of one name", workbook([(*row, "x")], (*plain, "单位名称")), "单位名称"
    yield "not a workbook", b"<html>no sheet</html>", "不是能读取的表格"
    yield "a torn file", workbook([row], plain)[:300], "请"


def test_a_workbook_that_cannot_be_used_is_told_beside_the_file_and_nothing_is_kept(walked, pages, settings):
    before = ParticipantOrganisation.objects.count()
    for case, data, told in bad_workbooks():
        seen = upload(pages, walked.cast.tao, data)
        assert seen.status == 422, case
        assert told in " ".join(seen.errors), case
    assert upload(pages, walked.cast.tao, b"", "空.csv").status == 422
    assert ParticipantOrganisation.objects.count() == before
    assert not settings.STAGED_ROOT.exists() or list(settings.STAGED_ROOT.iterdir()) == []
