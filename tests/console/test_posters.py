import subprocess

import pytest

from tests.checkin.desks import serial
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import CodeSerial
from zuji.checkin.serials import code_of
from zuji.console import poster as sheet
from zuji.trail.documents import places_of


def pdf_info(content):
    told = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return dict(line.split(":", 1) for line in told.splitlines())


def test_codes_are_listed_by_checkpoint_with_their_holder(walked, pages):
    seen = pages(walked.cast.guo).get(f"{walked.base}/posters/")
    assert [row[:2] + row[3:4] for row in seen.cells] == [["屏幕 1", "Guo", "可用"], ["海报 1", "Guo", "可用"]]
    assert "旧址S1 入口1" in seen.text


def test_a_new_poster_can_be_printed_on_one_sheet_of_a3(walked, pages):
    at = walked.cast
    seen = pages(at.guo).post(f"{walked.base}/posters/{at.entrance.pk}/issue/")
    made = CodeSerial.objects.get(kind=CodeKind.POSTER, checkpoint=at.entrance)
    (link,) = [each for each in seen.links("打印 A3") if f"/{made.pk}/" in each]
    answer = pages(at.guo).file(link)
    info = pdf_info(answer.content)
    assert info["Pages"].strip() == "1"
    assert info["Page size"].strip().endswith("(A3)")


def test_a_posters_code_is_that_of_its_serial_and_both_languages_stand_on_it(walked, monkeypatch):
    drawn = {}
    monkeypatch.setattr(sheet, "typeset", lambda template, data, **_: drawn.update(data) or b"")
    monkeypatch.setattr(sheet.qr, "modules", lambda url: url)
    place = places_of(walked.cast.campaign.pk)[walked.cast.hall.pk]
    sheet.poster(walked.poster, place, at=walked.cast.day)
    assert drawn["qr"] == f"http://127.0.0.1:8000/c/{code_of(walked.poster)}"
    assert drawn["site"] == {"zh": "旧址S2", "en": "Site S2"}
    assert {key: sorted(both) for key, both in drawn["words"].items()} == {key: ["en", "zh"] for key in sheet.WORDS}


@pytest.mark.parametrize("name", ["中共番禺县工委旧址（松露小学）", "旧址", "a" * 40])
def test_a_long_name_and_a_short_one_stay_on_one_sheet(walked, name):
    at = walked.cast
    place = {"site": {"zh": name, "en": name}, "site_short": name[:8], "stop": 1}
    for each in (place, None):
        assert pdf_info(sheet.poster(walked.poster, each, at=at.day))["Pages"].strip() == "1"


def test_one_code_is_withdrawn_and_no_other(walked, pages):
    at = walked.cast
    other = serial(at.hall, at.guo, CodeKind.POSTER, 2)
    seen = pages(at.guo).post(f"{walked.base}/posters/serials/{walked.poster.pk}/withdraw/")
    assert "已停用，其他的不受影响" in seen.text
    assert [each.withdrawn_at is None for each in CodeSerial.objects.filter(pk__in=[walked.poster.pk, other.pk])] == [
        *(False, True)
    ]


def test_a_screens_code_is_never_printed(walked, pages):
    assert pages(walked.cast.guo).get(f"{walked.base}/posters/serials/{walked.screen.pk}/print/").status == 404


def test_where_typst_is_not_installed_it_is_told(walked, pages, monkeypatch):
    from zuji.console.blocks import print as printing

    printing._compiler.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    seen = pages(walked.cast.guo).get(f"{walked.base}/posters/serials/{walked.poster.pk}/print/")
    assert (seen.status, "请管理员运行 make setup" in seen.text) == (409, True)
