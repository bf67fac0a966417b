"""The blocks' own pages: there in every state, for developers only, and made by the blocks themselves."""

import pytest

from zuji.console.blocks import bulk
from zuji.console.views.gallery import SAMPLES
from zuji.core.enums import HomeKind
from zuji.core.models import AuditEntry, Home, Work

GALLERY = "/settings/blocks/"


@pytest.mark.parametrize("path", [GALLERY, f"{GALLERY}list-many/"])
def test_a_real_home_has_no_such_pages_unless_it_is_being_debugged(walked, pages, path, settings):
    Home.objects.update(kind=HomeKind.REAL)
    settings.DEBUG = False
    lan = walked.cast.lan
    assert pages(lan).get(path).status == 404
    settings.DEBUG = True
    assert pages(lan).get(path).status == 200


def test_every_sample_is_named_on_the_first_page_and_answers(walked, pages):
    seen = pages(walked.cast.lan)
    named = [link for link in seen.get(GALLERY).links() if link.startswith(GALLERY)]
    assert {f"{GALLERY}{key}/" for key in SAMPLES} <= set(named)
    for link in named:
        assert seen.get(link).status == 200, link


def test_looking_at_the_blocks_changes_nothing(walked, pages):
    seen, before = pages(walked.cast.mei), AuditEntry.objects.count()
    for key in SAMPLES:
        seen.get(f"{GALLERY}{key}/")
    assert (AuditEntry.objects.count(), Work.objects.count()) == (before, 0)


def test_a_row_of_the_sample_list_leads_to_another_sample(walked, pages):
    seen = pages(walked.cast.lan)
    leads = {link for link in seen.get(f"{GALLERY}list-many/").links() if link.startswith(f"{GALLERY}work-")}
    assert len(leads) == 5
    assert {seen.get(link).status for link in leads} == {200}


def test_what_is_no_sample_is_not_found(walked, pages):
    assert pages(walked.cast.mei).get(f"{GALLERY}list-none/").status == 404


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("list-empty", "这里说明怎么开始"),
        ("list-narrowed", "没有符合"),
        ("form-clashing", "Mei"),
        ("form-wrong", "请填写这一项"),
        ("form-restored", "09:00"),
        ("form-waiting", "09:00"),
        ("record-past", "7月23日"),
        ("queue-conflict", "别人"),
        ("wizard-confirm", "单位名称"),
    ],
)
def test_a_sample_shows_the_state_that_it_is_named_after(walked, pages, key, told):
    assert told in pages(walked.cast.mei).get(f"{GALLERY}{key}/").text


def test_the_acts_of_the_sample_list_are_real_works_upon_no_rows(walked, pages):
    seen = pages(walked.cast.lan)
    preview = seen.post(f"{GALLERY}list-many/", act="gallery_mark", pick=[1, 2, 3, 5])
    seal = preview.page.all("input", name="seal")[0].attributes["value"]
    seen.post(f"{GALLERY}list-many/", act="gallery_mark", pick=[1, 2, 3, 5], step="do", seal=seal)
    work = Work.objects.get()
    assert bulk.act_of(work).key == "gallery_mark"
    assert sorted(work.rows.values_list("key", "state")) == [
        ("1", "changed"),
        ("2", "changed"),
        ("3", "same"),
        ("5", "refused"),
    ]
