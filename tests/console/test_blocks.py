"""The building blocks by themselves: forms, history, codes, print, campaigns."""

import subprocess
from datetime import timedelta

import pytest
from django import forms
from django.utils.translation import gettext, override
from PIL import Image

from zuji.console.blocks import qr
from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.history import SAME_ACT, timeline
from zuji.console.blocks.print import typeset
from zuji.console.templatetags.console import figure
from zuji.core.errors import Invalid, NotFound, Refused
from zuji.people.errors import Refusal


class Small(Form):
    keys = {"name": "participant.name", "count": "participant.expected"}
    helped = ("count",)

    name = forms.CharField()
    count = forms.IntegerField(required=False)


@pytest.mark.parametrize(("language", "required"), [("zh-hans", "请填写这一项。"), ("en", "Please fill this in.")])
def test_a_forms_words_follow_the_reader(language, required):
    with override(language):
        form = Small({"name": ""})
        assert form.errors["name"] == [required]
        assert form.fields["name"].label == gettext("participant.name") != "participant.name"
        assert form.fields["count"].help_text == gettext("participant.expected.help")
        assert not form.fields["name"].help_text


def raising(problem):
    def act():
        raise problem

    return act


def test_a_refusal_stands_beside_the_field_that_it_names():
    form = Small({"name": "x"})
    assert form.is_valid()
    assert not attempt(form, raising(Invalid(Refusal.NAME_MISSING, field="name")))
    assert list(form.errors) == ["name"]


def test_a_refusal_of_no_field_stands_above_the_form():
    form = Small({"name": "x"})
    assert form.is_valid()
    assert not attempt(form, raising(Refused(Refusal.NOT_TO_ONESELF)))
    assert list(form.errors) == ["__all__"]


def test_what_is_not_found_is_not_the_forms_to_tell():
    form = Small({"name": "x"})
    assert form.is_valid()
    with pytest.raises(NotFound):
        attempt(form, raising(NotFound("thing")))


def test_an_act_that_goes_well_says_so():
    assert attempt(Small({"name": "x"}), lambda: None)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("200多名", "<b>200</b>多名"),
        ("近20家", "近<b>20</b>家"),
        ("达32万人次", "达<b>32万</b>人次"),
        ("at least 1,200 people", "at least <b>1,200</b> people"),
        ("", "<b></b>"),
        ("<i>3</i>", "&lt;i&gt;<b>3</b>&lt;/i&gt;"),
    ],
)
def test_a_figures_number_is_set_apart_from_its_qualifier(printed, shown):
    assert figure(printed) == shown


# --- history


def test_history_without_an_entry_is_the_systems(cast):
    cast.firm.expected = 9
    cast.firm.save()
    (step,) = timeline(cast.firm, {"expected": ("participant.expected", "")})
    assert [(change.before, change.after) for change in step.changes] == [("5", "9")]
    assert step.who == "系统"


def test_a_change_belongs_to_the_act_that_lies_nearest(cast):
    from zuji.committee.enums import Verb
    from zuji.core.audit import audit
    from zuji.core.models import AuditEntry

    cast.firm.expected = 9
    cast.firm.save()
    made = cast.firm.events.order_by("pgh_id").last().pgh_created_at
    for who, after in ((cast.mei, SAME_ACT * 3), (cast.tao, timedelta(seconds=1))):
        audit(who, Verb.PARTICIPANT_CHANGED, cast.firm, association_id=cast.panyu.pk, at=made + after)
    assert AuditEntry.objects.count() == 2
    steps = timeline(cast.firm, {"expected": ("participant.expected", "")})
    assert [(step.who, len(step.changes)) for step in steps] == [("Mei", 0), ("Tao", 1)]


def test_a_field_that_is_not_named_is_not_told(cast):
    cast.firm.sort_key = "zzz"
    cast.firm.save()
    assert timeline(cast.firm, {"expected": ("participant.expected", "")}) == []


# --- codes and print


def test_a_code_has_a_margin_of_four_modules_and_is_dark_on_light():
    drawn = str(qr.svg("http://127.0.0.1/c/1.p1.0.abc"))
    rows = qr.modules("http://127.0.0.1/c/1.p1.0.abc").splitlines()
    assert f'viewBox="0 0 {len(rows) + 8} {len(rows) + 8}"' in drawn
    assert "#fff" in drawn
    assert "#000" in drawn
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows)) == {"0", "1"}


def test_a_printed_code_has_every_module_in_its_place(tmp_path, cast):
    rows = qr.modules("http://127.0.0.1/p/token").splitlines()
    card = {"number": "1", "organisation": "碁塱滘漖湴", "nickname": "", "group": "", "qr": "\n".join(rows)}
    data = {"title": "徒步", "days": "", "how": "", "passes": [card]}
    (tmp_path / "sheet.pdf").write_bytes(typeset("passes.typ", data, to="pdf", at=cast.day))
    subprocess.run(["pdftoppm", "-r", "300", "-png", "sheet.pdf", "sheet"], cwd=tmp_path, check=True)
    module = 40 / (len(rows) + 8)  # forty millimetres with four modules around, in a card's corner
    with Image.open(tmp_path / "sheet-1.png") as page:
        grey = page.convert("L")
        for y, row in enumerate(rows):
            for x, is_dark in enumerate(row):
                place = [(edge + 3.5 + (at + 4.5) * module) * 300 / 25.4 for edge, at in ((12, x), (10, y))]
                assert (grey.getpixel((int(place[0]), int(place[1]))) < 128) == (is_dark == "1")
    told = subprocess.run(["pdftotext", "sheet.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    assert "碁塱滘漖湴" in told.stdout.decode()


def test_the_same_data_at_the_same_instant_make_the_same_file(cast):
    data = {"title": "徒步", "days": "", "how": "", "passes": []}
    assert typeset("passes.typ", data, to="pdf", at=cast.day) == typeset("passes.typ", data, to="pdf", at=cast.day)


# --- campaigns


def test_a_campaigns_page_tells_its_days_its_totals_and_who_has_nobody_yet(walked, pages):
    seen = pages(walked.cast.tao).get(f"{walked.base}/overview/")
    assert "2021年7月1日至2021年8月31日" in seen.text
    assert "没有设目标" in seen.text
    assert "榕声互动" in seen.text
    assert f"{walked.base}/passes/add/?organisation={walked.cast.second_firm.pk}" in seen.links("录入")
    assert "http://127.0.0.1:8000/public/walk/" in seen.links()


def test_a_viewer_sees_no_names_of_who_has_nobody_yet(walked, pages):
    assert "还没有打卡证" not in pages(walked.cast.guo).get(f"{walked.base}/overview/").text


def test_campaigns_are_listed_with_their_passes(walked, pages):
    assert pages(walked.cast.tao).get("/walk/").cells == [
        ["徒步", "2021年7月1日", "2021年8月31日", "1", "没有设目标", "3"]
    ]
