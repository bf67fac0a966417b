"""Reminders, links to hand on, and forms on paper, by the console."""

import subprocess
from io import BytesIO

import pytest
from django.conf import settings
from openpyxl import load_workbook

from tests.cast import DAY, account
from tests.register.census.forms import FULL, a_form, a_round
from tests.register.judged import INTERNET, card
from zuji.console import census_sheet
from zuji.people.enums import Role, ScopeKind
from zuji.register.census.actions import hand_in
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import token_of

pytestmark = pytest.mark.usefixtures("demo", "morning")
TOWN, NEXT = "440113102", "440113103"


def told(content: bytes) -> list[str]:
    """The text of a PDF, page by page, without spaces."""
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout
    return ["".join(page.split()) for page in text.decode().split("\f")[:-1]]


def test_what_is_missing_is_reminded_of_and_whom_nobody_can_be_told_of_is_said(cast, pages):
    form = a_form(cast)
    seen = pages(cast.mei).post(f"/register/census/{form.round_id}/remind/")
    assert "已催报 1 份表" in seen.text
    assert "1 份没有可通知的联系人" in seen.text
    assert "今天已经催过" in pages(cast.mei).post(f"/register/census/{form.round_id}/remind/").text


def test_the_workbook_has_each_firms_link_and_nothing_by_which_a_person_is_reached(cast, pages):
    form, other = a_round(cast, firms=2).forms.order_by("pk")
    hand_in(actor=cast.tao, form_id=other.pk, answers=FULL, at=DAY)
    answer = pages(cast.mei).client.post(f"/register/census/{form.round_id}/links/")
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert rows[0] == ("表号", "企业名称", "镇街", "填报链接")
    link = f"{settings.BASE_URL}/f/{token_of(form.round_id, form.enterprise_id)}/"
    assert [(row[0], row[1], row[3]) for row in rows[1:]] == [(str(form.pk), "企业0", link)]


def test_towns_with_missing_forms_are_listed_with_their_files_a_part_at_a_time(cast, pages, monkeypatch):
    monkeypatch.setattr(census_sheet, "MOST", 2)
    for number in range(3):
        card(cast.panyu, f"大石{number}", **INTERNET | {"town": NEXT})
    held = a_round(cast, firms=1)
    seen = pages(cast.tao).get(f"/register/census/{held.pk}/paper/")
    assert "每批最多 2 份" in seen.text
    assert [row[1] for row in seen.cells] == ["1", "3"]
    assert [row[2] for row in seen.cells] == ["第 1—1 份", "第 1—2 份 第 3—3 份"]


def test_a_printed_form_has_its_number_on_each_page_its_firm_and_where_to_go_on(cast, pages):
    form = a_form(cast)
    told_pages = told(pages(cast.tao).file(f"/register/census/forms/{form.pk}/print/").content)
    assert len(told_pages) == 2
    for number, page in enumerate(told_pages, 1):
        assert f"第{form.pk}号表" in page
        assert f"第{number}页，共2页" in page
        assert "企业0" in page
    assert "如选“是”或“未知”，跳到第3题" in told_pages[0]
    assert f"/f/{token_of(form.round_id, form.enterprise_id)}/" in told_pages[0]


def test_a_form_is_printed_in_the_language_that_is_asked_for(cast, pages):
    form = a_form(cast)
    page = told(pages(cast.tao).file(f"/register/census/forms/{form.pk}/print/", language="en").content)[0]
    assert f"Formno.{form.pk}" in page
    assert "Numberofstaff" in page


def test_a_file_has_every_form_of_its_part_each_beginning_at_page_one(cast, pages):
    held = a_round(cast, firms=2)
    content = pages(cast.tao).file(f"/register/census/{held.pk}/paper/sheets/", part="1").content
    numbers = [form.pk for form in held.forms.order_by("pk")]
    firsts = [page for page in told(content) if "第1页，共2页" in page]
    assert [f"第{number}号表" in page for number, page in zip(numbers, firsts, strict=True)] == [True, True]


@pytest.mark.parametrize("query", [{"town": "440199999"}, {"part": "9999"}])
def test_where_nothing_is_missing_nothing_is_printed(cast, pages, query):
    held = a_round(cast)
    assert pages(cast.tao).file(f"/register/census/{held.pk}/paper/sheets/", **query).status_code == 409


def test_an_enumerator_prints_the_own_towns_forms_and_takes_no_links(cast, pages):
    card(cast.panyu, "本镇", **INTERNET | {"town": TOWN})
    card(cast.panyu, "邻镇", **INTERNET | {"town": NEXT})
    held = a_round(cast, firms=0)
    ren = pages(account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, int(TOWN)))
    own, foreign = (CensusForm.objects.get(round=held, town=town) for town in (TOWN, NEXT))
    assert [row[1] for row in ren.get(f"/register/census/{held.pk}/paper/").cells] == ["1"]
    assert ren.file(f"/register/census/forms/{own.pk}/print/").status_code == 200
    assert ren.file(f"/register/census/forms/{foreign.pk}/print/").status_code == 404
    assert ren.post(f"/register/census/{held.pk}/links/").status == 403
