"""Forms of the census by the console: listed, filled in, checked, sent back; and who is told small counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, Cast, account
from tests.console.walks import Seen
from tests.register.census.forms import FULL, a_form, a_round
from tests.register.judged import INTERNET, card
from zuji.core import clock
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant
from zuji.register.census.actions import check_form, hand_in, save_by_link, save_form, send_back
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import token_of
from zuji.register.enums import FormState

pytestmark = pytest.mark.usefixtures("demo", "morning")
TOWN, NEXT = 440113102, 440113103
SENT = {f"a-{key}": text for key, text in FULL.items()}


def path_of(form: CensusForm) -> str:
    return f"/register/census/forms/{form.pk}/"


def ren_of(cast: Cast, town: int = TOWN) -> Account:
    """An enumerator of a town."""
    return account(cast.panyu, f"Ren{town}", Role.ENUMERATOR, ScopeKind.TOWN, town)


def value_of(seen: Seen, key: str) -> str:
    """What stands in a question's control."""
    (control,) = [each for each in seen.page.all("input") if each.attributes.get("name") == f"a-{key}"]
    return control.attributes.get("value", "")


def by_link(form: CensusForm, answers: dict[str, str]) -> None:
    """What the firm itself puts."""
    save_by_link(token=token_of(form.round_id, form.enterprise_id), answers=answers, at=DAY)


# filling in


def test_every_question_stands_there_and_says_when_it_is_asked(cast, pages):
    seen = pages(cast.tao).get(path_of(a_form(cast)))
    assert "仅当“是否有网站或应用”为“是”时填写" in seen.text
    asks = {
        each.attributes["data-question"]: each.attributes
        for each in seen.page.elements
        if "data-question" in each.attributes
    }
    assert (asks["icp"]["data-when"], asks["icp"]["data-among"]) == ("has_site", "yes")
    assert "data-when" not in asks["staff"]


def test_what_is_there_so_far_is_saved_and_what_is_not_asked_is_left_out(cast, pages):
    form = a_form(cast)
    seen = pages(cast.tao).post(
        f"{path_of(form)}enter/", save="1", **{"a-has_site": "no", "a-icp": "x", "a-staff": " 12 "}
    )
    form.refresh_from_db()
    assert (form.state, form.answers) == (FormState.BEGUN, {"staff": "12", "has_site": "no"})
    assert "已保存" in seen.text
    assert value_of(seen, "staff") == "12"


def test_faults_stand_beside_their_questions_and_nothing_that_was_typed_is_lost(cast, pages):
    form = a_form(cast)
    typed = {"a-staff": "12", "a-under_35": "30", "a-has_site": "yes", "a-icp": "没有"}
    seen = pages(cast.tao).post(f"{path_of(form)}enter/", hand_in="1", **typed)
    assert seen.status == 422
    assert [each for each in seen.errors if "35岁以下人数多于员工人数" in each]
    assert [each for each in seen.errors if "备案号" in each]
    assert sum("请回答" in each or "请填写" in each for each in seen.errors) == 2
    assert (value_of(seen, "under_35"), value_of(seen, "icp")) == ("30", "没有")
    form.refresh_from_db()
    assert form.answers == {}


def test_a_form_is_handed_in_and_then_read(cast, pages):
    form = a_form(cast)
    seen = pages(cast.tao).post(f"{path_of(form)}enter/", hand_in="1", **SENT)
    assert "已提交" in seen.text
    assert not seen.page.all("form", id="answers")
    form.refresh_from_db()
    assert (form.state, form.answers) == (FormState.HANDED_IN, FULL)


def test_two_who_fill_in_one_form_lose_nothing_of_each_other(cast, pages):
    form = a_form(cast)
    tao = pages(cast.tao)
    opened = tao.get(path_of(form))
    seal = next(each.attributes["value"] for each in opened.page.all("input") if each.attributes.get("name") == "seen")
    by_link(form, {"premises": "yes", "address": "示例路 8 号", "staff": "20"})
    seen = tao.post(f"{path_of(form)}enter/", save="1", seen=seal, **{"a-staff": "12", "a-revenue": "under_5m"})
    assert seen.status == 422
    assert "现在表上是：20" in " ".join(seen.errors)
    assert (value_of(seen, "staff"), value_of(seen, "address")) == ("12", "示例路 8 号")
    again = next(each.attributes["value"] for each in seen.page.all("input") if each.attributes.get("name") == "seen")
    sent = {"a-staff": "12", "a-revenue": "under_5m", "a-address": "示例路 8 号", "a-premises": "yes"}
    tao.post(f"{path_of(form)}enter/", save="1", seen=again, **sent)
    form.refresh_from_db()
    assert form.answers == {"staff": "12", "revenue": "under_5m", "address": "示例路 8 号", "premises": "yes"}


@pytest.mark.parametrize("day", [date(2021, 6, 30), date(2021, 8, 1)])
def test_outside_its_days_a_form_is_only_read(cast, pages, day):
    form = a_form(cast)
    with clock.frozen(DAY.replace(month=day.month, day=day.day)):
        tao = pages(cast.tao)
        assert not tao.get(path_of(form)).page.all("form", id="answers")
        assert "可填写" in tao.post(f"{path_of(form)}enter/", save="1", **SENT).text


def test_an_address_of_an_act_leads_back_to_the_form(cast, pages):
    form = a_form(cast)
    assert pages(cast.tao).client.get(f"{path_of(form)}enter/")["Location"] == path_of(form)


# checking


def test_the_office_checks_one_form_after_the_other(cast, pages):
    held = a_round(cast, firms=2)
    first, second = held.forms.order_by("pk")
    for form in (first, second):
        hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    mei = pages(cast.mei)
    seen = mei.post(f"{path_of(first)}check/")
    assert seen.title.startswith("企业1")
    assert "企业0的表已核对" in seen.text
    after = mei.post(f"{path_of(second)}check/")
    assert after.title == "普查表"
    assert set(held.forms.values_list("state", flat=True)) == {FormState.CHECKED}


def test_a_form_is_sent_back_with_a_reason_that_stands_on_it(cast, pages):
    form = a_form(cast)
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    mei = pages(cast.mei)
    assert mei.post(f"{path_of(form)}send-back/", reason=" ").status == 422
    seen = mei.post(f"{path_of(form)}send-back/", reason="人数请核对")
    assert "已退回：人数请核对" in seen.text
    assert "退回" in pages(ren_of(cast)).get(path_of(form)).title


def test_a_form_that_is_not_handed_in_is_not_checked(cast, pages):
    form = a_form(cast)
    assert pages(cast.mei).post(f"{path_of(form)}check/").status == 409
    assert not pages(cast.mei).get(path_of(form)).page.all("form", action=f"{path_of(form)}check/")


def test_many_forms_are_checked_at_once(cast, pages):
    held = a_round(cast, firms=3)
    for form in held.forms.all()[:2]:
        hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    mei, path = pages(cast.mei), f"/register/census/{held.pk}/forms/"
    looked = mei.post(path, act="census_check", pick=[form.pk for form in held.forms.all()])
    assert "核对 2 张表" in looked.text


def test_what_is_strange_beside_the_last_round_is_said_in_words_beside_its_question(cast, pages):
    first = a_form(cast)
    hand_in(actor=cast.tao, form_id=first.pk, answers=FULL | {"members": "4", "staff": "12"}, at=DAY)
    check_form(actor=cast.mei, form_id=first.pk, at=DAY)
    form = a_round(cast, firms=0, name="下半年", opens_on=date(2021, 7, 20)).forms.get()
    seen = pages(cast.tao).get(path_of(form))
    assert "上次：12" in seen.text
    assert not seen.page.all("p", class_="differs")
    after = {"staff": "120", "operating": "no", "members": "40"}
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL | after, at=DAY)
    told = pages(cast.mei).get(path_of(form))
    marked = " ".join(each.text for each in told.page.all("div", class_="differs"))
    assert "与上次相差很大：12 → 120" in marked
    assert "与上次相反：是 → 否" in marked
    assert "与上次相差很大：<5 → 40" in marked
    listed = pages(cast.mei).get(f"/register/census/{form.round_id}/forms/", strange="yes")
    assert listed.cells[0][4] == "3"


# small counts


def test_small_counts_are_told_to_who_entered_them_and_to_who_checks_them_and_to_nobody_else(cast, pages):
    form = a_form(cast)
    ren = ren_of(cast)
    member = account(cast.panyu, "Yan", Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    save_form(actor=ren, form_id=form.pk, answers=FULL, at=DAY)
    assert value_of(pages(ren).get(path_of(form)), "members") == "3"
    assert value_of(pages(cast.mei).get(path_of(form)), "members") == "<5"
    hand_in(actor=ren, form_id=form.pk, answers=FULL, at=DAY)
    told = {who.name: members_of(pages(who).get(path_of(form))) for who in (ren, cast.mei, cast.tao, member)}
    assert told == {ren.name: "3", "Mei": "3", "Tao": "3", "Yan": "<5"}
    check_form(actor=cast.mei, form_id=form.pk, at=DAY)
    told = {who.name: members_of(pages(who).get(path_of(form))) for who in (ren, cast.mei, cast.tao, member)}
    assert told == {ren.name: "3", "Mei": "3", "Tao": "<5", "Yan": "<5"}


def members_of(seen: Seen) -> str:
    """The count of members as a form that is read tells it."""
    terms = [each.text for each in seen.page.elements if each.tag in ("dt", "dd")]
    return terms[terms.index("党员总数（只报人数，不报名单）") + 1].strip()


def test_who_saves_a_form_with_a_count_that_was_not_told_keeps_it_and_is_not_told(cast, pages):
    form = a_form(cast)
    by_link(form, {"members": "3", "staff": "12"})
    mei = pages(cast.mei)
    seen = mei.post(f"{path_of(form)}enter/", save="1", **{"a-members": "<5", "a-staff": "15"})
    form.refresh_from_db()
    assert form.answers == {"members": "3", "staff": "15"}
    assert (value_of(seen, "members"), form.entered_by) == ("<5", None)
    assert "3" not in value_of(mei.post(f"{path_of(form)}enter/", hand_in="1", **{"a-members": "<5"}), "members")
    mei.post(f"{path_of(form)}enter/", save="1", **{"a-members": "4"})
    form.refresh_from_db()
    assert (form.answers["members"], form.entered_by) == ("4", cast.mei.pk)


def test_exports_tell_small_counts_as_below_five(cast, pages):
    form = a_form(cast)
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    path = f"/register/census/{form.round_id}/forms/"
    for who, told in ((cast.mei, "<5"), (cast.tao, "3")):
        rows = pages(who).csv(path, cols="state,q_staff,q_members")
        assert rows[1] == ["企业0", "已提交", "12", told]
    assert rows[0][2:] == ["员工人数", "党员总数（只报人数，不报名单）"]


# lists and towns


def test_forms_are_listed_by_town_and_narrowed(cast, pages):
    card(cast.panyu, "甲", **INTERNET | {"town": str(NEXT)})
    held = a_round(cast, firms=2)
    CensusForm.objects.filter(enterprise__card__name="企业1").update(town="")
    mei, path = pages(cast.mei), f"/register/census/{held.pk}/forms/"
    assert [row[0] for row in mei.get(path).cells] == ["企业1", "企业0", "甲"]
    assert [row[0] for row in mei.get(path, town=NEXT).cells] == ["甲"]
    assert [row[0] for row in mei.get(path, town="unknown").cells] == ["企业1"]
    assert [row[0] for row in mei.get(path, q="企业0").cells] == ["企业0"]
    save_form(actor=cast.tao, form_id=held.forms.get(town=str(NEXT)).pk, answers={}, at=DAY)
    assert [row[0] for row in mei.get(path, state="begun").cells] == ["甲"]
    assert len(mei.get(path, done="no").cells) == 3


def test_a_longer_list_of_forms_costs_no_more_questions(cast, pages):
    held, asked = a_round(cast, firms=3), []
    hidden = list(held.forms.order_by("pk")[:2])
    for rows in (1, 3):
        town = "440113120" if rows == 1 else str(TOWN)
        CensusForm.objects.filter(pk__in=[each.pk for each in hidden]).update(town=town)
        with CaptureQueriesContext(connection) as queries:
            assert len(pages(cast.mei).get(f"/register/census/{held.pk}/forms/", town=TOWN).cells) == rows
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_enumerator_sees_the_forms_of_the_own_towns_everywhere_and_no_others(cast, pages):
    card(cast.panyu, "甲", **INTERNET | {"town": str(NEXT)})
    held = a_round(cast)
    own, other = held.forms.get(town=str(NEXT)), held.forms.get(town=str(TOWN))
    ren = pages(ren_of(cast, NEXT))
    path = f"/register/census/{held.pk}/"
    assert ren.get("/register/census/").cells[0][4] == "1"
    assert [row[0] for row in ren.get(path).cells] == ["新造镇"]
    assert [row[0] for row in ren.get(f"{path}forms/").cells] == ["甲"]
    assert len(ren.csv(f"{path}forms/")) == 2
    assert ren.get(path_of(own)).status == 200
    assert ren.post(f"{path_of(own)}enter/", save="1", **{"a-staff": "7"}).status == 200
    for method in (ren.get, ren.post):
        assert method(f"{path_of(other)}enter/").status == 404
    assert ren.get(path_of(other)).status == 404
    assert not ren.get(path_of(own)).links("看名录")


def test_an_enumerator_reaches_the_census_from_the_first_page_and_nothing_else_of_the_register(cast, pages):
    a_round(cast)
    links = pages(ren_of(cast)).get("/").links()
    assert "/register/census/" in links
    assert not {"/register/", "/register/lists/", "/register/rules/", "/register/towns/"} & set(links)


def test_security_grants_an_enumerator_a_town(cast, pages):
    sue = account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)
    wen = Account.objects.create_user("wen", association=cast.panyu, name="Wen")
    form, path = a_form(cast), f"/settings/accounts/{wen.pk}/"
    assert pages(wen).get(path_of(form)).status == 403
    seen = pages(sue).post(f"{path}grant/", what=f"enumerator:{TOWN}")
    assert "已授予" in seen.text
    assert "南村镇" in seen.text
    assert RoleGrant.objects.get(account=wen).scope_kind == ScopeKind.TOWN
    assert pages(wen).get(path_of(form)).status == 200
    ali = account(cast.panyu, "Ali", Role.AUDITOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    assert "南村镇" in pages(ali).get("/settings/audit/").text
    assert pages(sue).post(f"{path}grant/", what="enumerator:440113999").status == 422


def test_a_form_of_a_closed_round_or_sent_back_says_so(cast, pages):
    form = a_form(cast)
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    send_back(actor=cast.mei, form_id=form.pk, reason="请补", at=DAY)
    assert "请补" in pages(ren_of(cast)).get(path_of(form)).text
