"""Rules by the console: what they ask in words, what another version would change, and their versions."""

from datetime import date

import pytest

from tests.cast import DAY
from tests.console.registered import firm
from zuji.console.views.register.rule_forms import FORMS
from zuji.register.enums import RuleKind
from zuji.register.models import RuleVersion
from zuji.register.rules.actions import lay_rules
from zuji.register.rules.defaults import defaults
from zuji.register.rules.parameters import parse

pytestmark = pytest.mark.usefixtures("demo", "morning")
PATH = "/register/rules/active/edit/"
TYPED = {"statuses": ["active", "moved_out"], "since": "2021-07-26", "reason": "按新文件"}


@pytest.fixture
def rules(cast):
    return lay_rules(association_id=cast.panyu.pk, since=date(2021, 1, 1), at=DAY)


def test_each_rule_says_how_many_firms_it_answers_what_and_leads_to_them(cast, rules, pages):
    firm(cast.panyu, "榕声互动", active="yes", status="active")
    seen = pages(cast.mei).get("/register/rules/")
    assert [cells[0] for cells in seen.cells] == ["涉互联网", "在本区", "在营", "三有", "重点企业"]
    assert next(cells[2:] for cells in seen.cells if cells[0] == "在营") == ["1", "0", "0"]
    assert "/register/?active=yes" in seen.links("1")


@pytest.mark.parametrize("kind", RuleKind.values)
def test_a_rule_is_told_in_words_and_its_form_keeps_it_as_it_was(cast, rules, pages, kind):
    assert pages(cast.mei).get(f"/register/rules/{kind}/").status == 200
    kept = defaults()[kind]
    opened = FORMS[kind](kept=kept)
    sent = {name: opened[name].value() for name in opened.fields}
    typed = {name: value for name, value in sent.items() if value not in (None, False)}
    form = FORMS[kind](typed | {"since": "2021-07-26", "reason": "原样"}, kept=kept)
    assert form.is_valid(), form.errors
    assert parse(kind, form.parameters()) == parse(kind, kept)


def test_a_version_is_first_looked_at_with_the_firms_that_it_changes(cast, rules, pages):
    firm(cast.panyu, "迁走的企业", status="moved_out")
    seen = pages(cast.mei).post(PATH, **TYPED)
    assert "这一版会改变 1 家企业" in seen.text
    assert seen.links("迁走的企业")
    assert RuleVersion.objects.filter(kind="active").count() == 1


def test_it_is_saved_by_a_second_yes_and_taken_back(cast, rules, pages):
    mei = pages(cast.mei)
    assert "第 2 版" in mei.post(PATH, save="1", **TYPED).text
    assert "第 2 版" not in mei.post("/register/rules/active/take-back/").text


def test_a_refusal_stands_in_the_form(cast, rules, pages):
    seen = pages(cast.mei).post(PATH, save="1", **TYPED | {"since": "2020-01-01"})
    assert seen.status == 422
    assert seen.errors


def test_a_rule_that_is_none_is_not_there_and_only_some_may_edit(cast, rules, pages):
    for kind in ("nonsense", "%00"):
        assert pages(cast.mei).get(f"/register/rules/{kind}/").status == 404
    assert pages(cast.qin).get("/register/rules/active/").status == 404
    assert pages(cast.guo).get(PATH).status == 403
