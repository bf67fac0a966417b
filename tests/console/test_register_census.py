"""Rounds of the census by the console: opened, looked at by town, and closed."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, account
from tests.console.walks import words
from tests.register.census.forms import FULL, a_round
from tests.register.judged import INTERNET, card, judged
from zuji.core import clock, works
from zuji.core.models import Work
from zuji.people.enums import Role, ScopeKind
from zuji.register.census.actions import check_form, close_round, hand_in, save_form, send_back
from zuji.register.census.models import CensusRound
from zuji.register.census.questionnaire import default

pytestmark = pytest.mark.usefixtures("demo", "morning")
OPEN = "/register/census/open/"
TYPED = {
    "name": "2021年普查",
    "opens_on": "2021-07-01",
    "closes_on": "2021-07-31",
    **dict.fromkeys(("active", "in_district", "internet"), "yes"),
}


def file_of(data: object) -> SimpleUploadedFile:
    text = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    return SimpleUploadedFile("问卷.json", text)


@pytest.fixture
def firms(cast):
    """Two firms of one town and one of another."""
    for number, town in enumerate(("440113102", "440113102", "440113103")):
        card(cast.panyu, f"企业{number}", **INTERNET | {"town": town})
    judged(cast.panyu, date(2021, 7, 1))


# opening


def test_without_a_round_the_page_says_what_to_do(cast, pages):
    seen = pages(cast.mei).get("/register/census/")
    assert "还没有普查" in seen.text
    assert OPEN in seen.links("开始一轮")


def test_how_many_firms_it_would_be_is_seen_before_a_round_is_opened(cast, firms, pages):
    seen = pages(cast.mei).post(OPEN, **TYPED)
    assert "3 家企业会有一张表" in seen.text
    assert ["南村镇", "2"] in seen.cells
    assert ["经营情况", "5"] in seen.cells
    assert not CensusRound.objects.exists()


def test_a_round_is_opened_by_a_second_yes_for_the_towns_that_were_ticked(cast, firms, pages):
    seen = pages(cast.mei).post(OPEN, open="1", towns="440113103", **TYPED)
    held = CensusRound.objects.get()
    assert (seen.title.startswith("2021年普查"), held.forms.count()) == (True, 1)
    assert seen.cells[0] == ["新造镇", "1", "1", "0", "0", "0", "0", "0"]


def test_what_is_sent_twice_opens_one_round(cast, firms, pages):
    mei = pages(cast.mei)
    for _ in range(2):
        mei.post(OPEN, open="1", once="a1", **TYPED)
    assert CensusRound.objects.count() == 1


def test_an_uploaded_questionnaire_is_kept_from_the_look_to_the_yes(cast, firms, pages):
    mei, own = pages(cast.mei), {**default(), "checks": []}
    seen = mei.post(OPEN, questionnaire=file_of(own), **TYPED)
    kept = next(each.text for each in seen.page.all("textarea") if each.attributes.get("name") == "kept")
    mei.post(OPEN, open="1", kept=kept, **TYPED)
    assert CensusRound.objects.get().questionnaire == own


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfe{", "不是 JSON 文件"),
        ({"sections": []}, "缺少“says”"),
        (b" " * 300_000, "大于 256 KB"),
        ({**default(), "checks": [{"left": "no", "at_most": "such", "words": {"zh": "一", "en": "a"}}]}, "no"),
    ],
)
def test_a_questionnaire_that_cannot_be_used_is_refused_beside_its_field(cast, firms, pages, data, told):
    seen = pages(cast.mei).post(OPEN, questionnaire=file_of(data), **TYPED)
    assert seen.status == 422
    assert any(told in each for each in seen.errors), seen.errors


def test_a_question_about_persons_is_refused(cast, firms, pages):
    asks = json.loads(json.dumps(default()))
    asks["sections"][0]["questions"][0]["words"]["zh"] = "法定代表人是否党员"
    seen = pages(cast.mei).post(OPEN, questionnaire=file_of(asks), **TYPED)
    assert (seen.status, len(seen.errors)) == (422, 1)


def test_a_round_of_nobody_is_not_opened(cast, firms, pages):
    mei = pages(cast.mei)
    assert "没有符合的企业" in mei.post(OPEN, towns="440113120", **TYPED).text
    assert mei.post(OPEN, open="1", towns="440113120", **TYPED).status == 422
    assert not CensusRound.objects.exists()


def test_only_the_office_opens_and_closes(cast, pages):
    held = a_round(cast)
    member = account(cast.panyu, "Yan", Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    path = f"/register/census/{held.pk}/"
    for who, seen, run in ((member, 200, 403), (cast.guo, 403, 403), (cast.qin, 404, 404)):
        assert pages(who).get(path).status == seen
        assert pages(who).get(f"{path}close/").status == run
    assert pages(member).get(OPEN).status == 403
    assert not pages(member).get(path).links("结束这一轮")


# one round


def test_a_round_shows_how_far_each_town_is_and_every_number_leads_to_its_forms(cast, firms, pages):
    held = a_round(cast, firms=0)
    first, _, third = held.forms.order_by("pk")
    hand_in(actor=cast.tao, form_id=first.pk, answers=FULL, at=DAY)
    save_form(actor=cast.tao, form_id=third.pk, answers={"staff": "3"}, at=DAY)
    mei = pages(cast.mei)
    seen = mei.get(f"/register/census/{held.pk}/")
    assert seen.cells == [
        ["南村镇", "2", "1", "0", "0", "1", "0", "0"],
        ["新造镇", "1", "0", "1", "0", "0", "0", "0"],
    ]
    assert seen.table("tfoot") == [["合计", "3", "1", "1", "0", "1", "0", "0"]]
    for row in seen.page.all("a"):
        if row.attributes["href"].startswith(f"/register/census/{held.pk}/forms/?") and row.text.isdecimal():
            assert len(mei.get(row.attributes["href"]).cells) == int(row.text), row.attributes["href"]


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2021, 6, 30), "未开始"), (date(2021, 7, 1), "进行中"), (date(2021, 8, 1), "已到期")],
)
def test_a_rounds_state_follows_its_days_on_both_pages(cast, pages, day, told):
    held = a_round(cast)
    with clock.frozen(DAY.replace(month=day.month, day=day.day)):
        mei = pages(cast.mei)
        assert told in mei.get(f"/register/census/{held.pk}/").title
        assert mei.get("/register/census/").cells[0][1] == told


def test_a_rounds_questionnaire_can_be_had_as_data(cast, pages):
    held = a_round(cast)
    for path in (f"/register/census/{held.pk}/questionnaire/", "/register/census/questionnaire/"):
        answer = pages(cast.mei).file(path)
        assert json.loads(answer.content) == default()
        assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(("at", "told"), [(DAY, "其中 1 家今天还可以提醒"), (DAY + timedelta(days=10), "")])
def test_reminders_that_are_due_are_told(cast, pages, at, told):
    held = a_round(cast)
    with clock.frozen(at):
        assert told in pages(cast.mei).get(f"/register/census/{held.pk}/").text


def test_a_list_of_rounds_costs_no_more_questions_with_more_of_them(cast, pages):
    mei, asked = pages(cast.mei), []
    for number in range(3):
        a_round(cast, name=f"普查{number}", firms=1)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                assert len(mei.get("/register/census/").cells) == number + 1
            asked.append(len(queries))
    assert asked[0] == asked[1]
    assert mei.csv("/register/census/")[1][:2] == ["普查2", "进行中"]


# closing


def test_what_closing_does_is_said_before_and_a_long_work_does_it(cast, firms, pages):
    held = a_round(cast, firms=0)
    first, second, _ = held.forms.order_by("pk")
    for form in (first, second):
        hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    check_form(actor=cast.mei, form_id=first.pk, at=DAY)
    mei, path = pages(cast.mei), f"/register/census/{held.pk}/"
    seen = mei.get(f"{path}close/")
    for told in ("1 张核对过的表", "1 张交了还没核对的表", "1 张没交的表"):
        assert told in seen.text
    assert "正在结束" in mei.post(f"{path}close/").text
    work = Work.objects.get(kind="census_close")
    assert works.run(work.pk, now=lambda: DAY).outcome == {"rows": 1}
    held.refresh_from_db()
    after = mei.get(path)
    assert "已结束" in after.title
    assert f"/register/lists/{held.source_id}/" in after.links(held.name)
    assert not after.links("结束这一轮")
    assert mei.post(f"{path}close/").status == 409


def test_a_closing_that_came_to_nothing_is_told_with_the_way_on(cast, pages):
    held = a_round(cast)
    mei, path = pages(cast.mei), f"/register/census/{held.pk}/"
    mei.post(f"{path}close/")
    work = Work.objects.get(kind="census_close")
    Work.objects.update(state="failed")
    seen = mei.get(path)
    assert "没有办成" in seen.text
    assert f"/works/{work.pk}/" in seen.links("看原因")
    mei.post(f"/works/{work.pk}/resume/")
    works.run(work.pk, now=lambda: DAY)
    assert "名录没有变" in mei.get(path).text


def test_a_round_that_was_closed_while_its_work_waited_stays_closed(cast, pages):
    held = a_round(cast)
    for _ in range(2):
        pages(cast.mei).post(f"/register/census/{held.pk}/close/")
    first, second = Work.objects.filter(kind="census_close").order_by("pk")
    works.run(first.pk, now=lambda: DAY)
    assert works.run(second.pk, now=lambda: DAY).state == "done"


# today and the palette


def test_today_tells_the_office_what_waits(cast, firms, pages):
    held = a_round(cast, firms=0)
    hand_in(actor=cast.tao, form_id=held.forms.first().pk, answers=FULL, at=DAY)
    seen = pages(cast.mei).get("/")
    assert "2021年普查进行中" in seen.text
    assert "3 张表还有 2 张没交" in seen.text
    assert f"/register/census/{held.pk}/forms/?state=handed_in" in seen.links("核对")
    with clock.frozen(DAY + timedelta(days=6)):
        assert f"/register/census/{held.pk}/close/" in pages(cast.mei).get("/").links("结束它")


def test_today_tells_an_enumerator_of_the_own_towns_forms_only(cast, firms, pages):
    held = a_round(cast, firms=0)
    ren = account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, 440113102)
    back = held.forms.filter(town="440113102").first()
    hand_in(actor=ren, form_id=back.pk, answers=FULL, at=DAY)
    send_back(actor=cast.mei, form_id=back.pk, reason="请核对", at=DAY)
    seen = pages(ren).get("/")
    assert next(row for row in seen.cells if "您镇街的表" in row[1])[2] == "2"
    assert "其中 1 张被退回" in seen.text
    assert "进行中" not in seen.text
    assert f"/register/census/{held.pk}/forms/?done=no" in seen.links("填表")


def test_the_navigation_counts_what_waits_in_the_census(cast, firms, pages):
    held = a_round(cast, firms=0)
    ren = account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, 440113102)
    hand_in(actor=cast.tao, form_id=held.forms.filter(town="440113103").get().pk, answers=FULL, at=DAY)
    assert "普查1 项等处理" in entries_of(pages(cast.mei).get("/register/census/"))
    # whoever has no other page of the register finds it by the task itself
    assert entries_of(pages(ren).get("/register/census/"))[0] == "企业名录2 项等处理"
    with clock.frozen(DAY + timedelta(days=6)):
        assert entries_of(pages(ren).get("/register/census/"))[0] == "企业名录"


def entries_of(seen):
    """Where the navigation leads to the census, with what waits there."""
    return [words(each.text) for each in seen.page.all("a") if each.attributes["href"] == "/register/census/"]


def test_a_round_is_found_from_anywhere(cast, pages):
    held = a_round(cast)
    assert f"/register/census/{held.pk}/" in pages(cast.mei).get("/find/", q="2021年普查").links("")
    assert not pages(cast.guo).get("/find/", q="2021年普查").links("2021年普查")


def test_what_a_round_brought_into_the_register_is_told_there_as_below_five(cast, pages):
    held = a_round(cast)
    form = held.forms.get()
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    check_form(actor=cast.mei, form_id=form.pk, at=DAY)
    close_round(actor=cast.mei, round_id=held.pk, at=DAY)
    seen = pages(cast.tao).get(f"/register/{form.enterprise_id}/")
    told = [each.text.strip() for each in seen.page.elements if each.tag in ("dt", "dd")]
    assert told[told.index("党员数") + 1] == "<5"
