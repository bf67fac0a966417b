"""Acts on many rows: what is shown before the yes is what happens, or nothing happens and it is shown anew."""

from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, account, make_cast, participant
from tests.checkin.desks import new_pass
from tests.console.walks import Pages
from zuji.checkin.models import Pass
from zuji.committee.enums import ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.console.blocks import bulk
from zuji.console.bulk_acts import RECLASSIFY
from zuji.core import clock, tasks, works
from zuji.core.enums import HomeKind
from zuji.core.models import AuditEntry, Home, Work
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant

ORGANISATIONS = "/organisations/"
TO_INSTITUTION = {"act": "participants_reclassify", "asked": "1", "kind": "institution", "joins_as": ""}


def kinds():
    return dict(ParticipantOrganisation.objects.values_list("name", "kind"))


def sealed(seen):
    """The seal of what a page has shown."""
    (hidden,) = [each for each in seen.page.all("input") if each.attributes.get("name") == "seal"]
    return hidden.attributes["value"]


def do(desk, path, **form):
    """Look at what would happen, and say yes to it."""
    return desk.post(path, **form, step="do", seal=sealed(desk.post(path, **form)))


@pytest.fixture
def picked(walked):
    at = walked.cast
    return [at.firm.pk, at.unit.pk]


def test_the_page_offers_an_act_to_whoever_has_its_right_and_to_nobody_else(walked, pages):
    at = walked.cast
    offered = pages(at.tao).get(ORGANISATIONS)
    assert offered.page.all("form", id="bulk")
    assert len([each for each in offered.page.all("input") if each.attributes.get("name") == "pick"]) == 3
    contact = pages(at.lan).get(ORGANISATIONS)
    assert not contact.page.all("form", id="bulk")
    assert not [each for each in contact.page.all("input") if each.attributes.get("name") == "pick"]


def test_an_act_first_asks_for_what_it_needs(walked, pages, picked):
    seen = pages(walked.cast.tao).post(ORGANISATIONS, act="participants_reclassify", pick=picked)
    names = {each.attributes.get("name") for each in seen.page.all("select")}
    assert {"kind", "joins_as"} <= names
    assert "条会改" not in seen.text


def test_no_name_on_the_page_stands_for_two_things(walked, pages, picked):
    desk = pages(walked.cast.tao)
    listed, asked = desk.get(ORGANISATIONS), desk.post(ORGANISATIONS, pick=picked, **TO_INSTITUTION)
    ids = [{each.attributes["id"] for each in seen.page.all("select")} for seen in (listed, asked)]
    assert "id_kind" in ids[0]
    assert "bulk_kind" in ids[1]
    assert not ids[0] & ids[1]


def test_the_preview_says_what_each_row_would_become_and_changes_nothing(walked, pages, picked):
    desk = pages(walked.cast.tao)
    before, told = kinds(), AuditEntry.objects.count()
    seen = desk.post(ORGANISATIONS, pick=picked, **TO_INSTITUTION)
    assert "1 条会改" in seen.text
    assert "1 条不动" in seen.text
    assert seen.cells == [["共建单位甲", "已经是这样。"], ["木棉数科", ""]]
    assert (kinds(), AuditEntry.objects.count(), Work.objects.count()) == (before, told, 0)


def test_what_was_shown_is_done_and_leads_to_its_result(walked, pages, picked):
    at = walked.cast
    seen = do(pages(at.tao), ORGANISATIONS, pick=picked, **TO_INSTITUTION)
    assert kinds() == {"木棉数科": "institution", "榕声互动": "firm", "共建单位甲": "institution"}
    assert "改性质、身份：已改 1 条。" in seen.text
    work = Work.objects.get()
    assert seen.links("看结果") == [f"/works/{work.pk}/"]
    assert (work.state, work.outcome["changed"], work.outcome["same"]) == ("done", 1, 1)
    change = AuditEntry.objects.get(verb="participant_changed")
    assert (change.actor, change.key, change.facts) == (at.tao.pk, str(at.firm.pk), {"changed": ["kind"]})


def test_the_list_is_shown_again_as_it_was_narrowed(walked, pages, picked):
    seen = do(pages(walked.cast.tao), f"{ORGANISATIONS}?q={quote('棉')}", pick=picked, **TO_INSTITUTION)
    assert [row[0] for row in seen.cells] == ["木棉数科"]


@pytest.mark.parametrize("seal", ["", "0" * 32, "x"])
def test_nothing_is_done_without_having_been_shown(walked, pages, picked, seal):
    before = kinds()
    seen = pages(walked.cast.tao).post(ORGANISATIONS, pick=picked, step="do", seal=seal, **TO_INSTITUTION)
    assert "还没有执行" in seen.text
    assert (kinds(), Work.objects.count()) == (before, 0)


def test_what_has_changed_since_it_was_shown_is_shown_again_instead(walked, pages, picked):
    at, desk = walked.cast, pages(walked.cast.tao)
    seal = sealed(desk.post(ORGANISATIONS, pick=picked, **TO_INSTITUTION))
    ParticipantOrganisation.objects.filter(pk=at.firm.pk).update(kind=ParticipantKind.INSTITUTION)
    seen = desk.post(ORGANISATIONS, pick=picked, step="do", seal=seal, **TO_INSTITUTION)
    assert "还没有执行" in seen.text
    assert "2 条不动" in seen.text
    assert Work.objects.count() == 0
    assert not [each for each in seen.page.all("button") if each.attributes.get("value") == "do"]


def test_another_answer_than_the_one_shown_is_no_yes(walked, pages, picked):
    desk, before = pages(walked.cast.tao), kinds()
    seal = sealed(desk.post(ORGANISATIONS, pick=picked, **TO_INSTITUTION))
    other = TO_INSTITUTION | {"joins_as": "association_member"}
    assert "还没有执行" in desk.post(ORGANISATIONS, pick=picked, step="do", seal=seal, **other).text
    assert kinds() == before


def test_all_that_the_address_narrows_to_can_be_picked(walked, pages):
    do(pages(walked.cast.tao), f"{ORGANISATIONS}?q={quote('声')}", all="1", **TO_INSTITUTION)
    assert kinds() == {"木棉数科": "firm", "榕声互动": "institution", "共建单位甲": "institution"}


def test_a_row_that_joined_the_list_meanwhile_is_not_done_unseen(walked, pages):
    desk = pages(walked.cast.tao)
    seal = sealed(desk.post(ORGANISATIONS, all="1", **TO_INSTITUTION))
    participant(walked.cast.panyu, "新来的", ParticipantKind.FIRM, "DDDDDD")
    assert "还没有执行" in desk.post(ORGANISATIONS, all="1", step="do", seal=seal, **TO_INSTITUTION).text
    assert kinds()["新来的"] == "firm"


def test_a_row_of_another_association_is_not_found_and_stays(walked, pages):
    at = walked.cast
    foreign = participant(at.other, "外区企业", ParticipantKind.FIRM, "EEEEEE")
    seen = pages(at.tao).post(ORGANISATIONS, pick=[at.firm.pk, foreign.pk], **TO_INSTITUTION)
    assert "1 条不能改" in seen.text
    assert "外区企业" not in seen.text
    do(pages(at.tao), ORGANISATIONS, pick=[at.firm.pk, foreign.pk], **TO_INSTITUTION)
    assert (kinds()["木棉数科"], kinds()["外区企业"]) == ("institution", "firm")


@pytest.mark.parametrize("who", ["lan", "guo"])
def test_whoever_has_not_the_right_is_refused_whatever_they_send(walked, pages, picked, who):
    before = kinds()
    desk = pages(getattr(walked.cast, who))
    assert desk.post(ORGANISATIONS, pick=picked, step="do", seal="", **TO_INSTITUTION).status == 403
    assert kinds() == before


def test_an_act_of_another_list_is_none_of_this_one(walked, pages, picked):
    assert pages(walked.cast.tao).post(ORGANISATIONS, act="passes_withdraw", pick=picked).status == 404


@pytest.mark.parametrize("pick", [[], ["x"], ["-1"], ["9" * 40], [""], ["²"]])
def test_nothing_picked_says_what_to_do(walked, pages, pick):
    seen = pages(walked.cast.tao).post(ORGANISATIONS, pick=pick, **TO_INSTITUTION)
    assert "没有选中任何一条" in seen.text
    assert not [each for each in seen.page.all("button") if each.attributes.get("value") == "do"]


def test_an_answer_that_is_none_of_the_choices_is_refused_beside_its_field(walked, pages, picked):
    seen = pages(walked.cast.tao).post(ORGANISATIONS, pick=picked, **TO_INSTITUTION | {"kind": "club"})
    assert (seen.status, len(seen.errors)) == (422, 1)


def test_a_script_is_given_the_preview_alone(walked, pages, picked):
    desk = pages(walked.cast.tao)
    desk.client.defaults["HTTP_HX_REQUEST"] = "true"
    seen = desk.post(ORGANISATIONS, pick=picked, **TO_INSTITUTION)
    assert not seen.page.all("html")
    assert "1 条会改" in seen.text
    assert sealed(seen)
    assert "改 1 家" in seen.text


def test_an_undo_puts_back_what_nobody_has_changed_since(walked, pages):
    at, desk = walked.cast, pages(walked.cast.tao)
    before = kinds()
    do(desk, ORGANISATIONS, all="1", **TO_INSTITUTION)
    work = Work.objects.get()
    ParticipantOrganisation.objects.filter(pk=at.second_firm.pk).update(joins_as="association_member")
    seen = desk.post(f"/works/{work.pk}/undo/")
    assert kinds() == before | {"榕声互动": "institution"}
    assert "撤销：改性质、身份" in seen.title
    assert ["榕声互动", "没有改成", "后来又改过，没有撤销。请打开这一条，手工改回。"] in seen.cells
    again = desk.get(f"/works/{work.pk}/")
    assert "已经撤销" in again.text
    assert not again.page.all("form", action=f"/works/{work.pk}/undo/")


def test_what_cannot_be_undone_says_why(walked, pages):
    at, desk = walked.cast, pages(walked.cast.tao)
    form = {"act": "passes_withdraw", "asked": "1", "reason": "issued_twice"}
    do(desk, f"{walked.base}/passes/", pick=[walked.first.pk], **form)
    work = Work.objects.get()
    page = desk.get(f"/works/{work.pk}/")
    assert "请到那张证上补发" in page.text
    assert not page.page.all("form", action=f"/works/{work.pk}/undo/")
    refused = desk.post(f"/works/{work.pk}/undo/")
    assert refused.status == 409
    assert "请到那张证上补发" in refused.text
    assert Pass.objects.get(pk=walked.first.pk).withdrawn_at is not None
    assert at.campaign.passes.filter(withdrawn_at=None).count() == 2


def test_where_nothing_was_changed_there_is_nothing_to_undo(walked, pages):
    at, desk = walked.cast, pages(walked.cast.tao)
    work = bulk.start(
        bulk.Desk(at.tao, DAY),
        bulk.Order(act=RECLASSIFY, keys=[at.unit.pk], values={"kind": "institution"}),
    )
    tasks.run_work(work_id=work.pk)
    assert desk.post(f"/works/{work.pk}/undo/").status == 409


def test_passes_are_withdrawn_with_a_reason(walked, pages):
    at, desk = walked.cast, pages(walked.cast.tao)
    gone = new_pass(at.firm, at.campaign, withdrawn_at=at.day)
    path, form = f"{walked.base}/passes/", {"act": "passes_withdraw", "asked": "1", "pick": [walked.third.pk, gone.pk]}
    assert desk.post(path, **form, reason="").status == 422
    do(desk, path, **form, reason="not_coming")
    said = AuditEntry.objects.get(verb="pass_withdrawn")
    assert (said.key, said.facts) == (str(walked.third.pk), {"reason": "not_coming"})


def test_a_contact_withdraws_the_own_organisations_passes_alone(walked, pages):
    form = {"act": "passes_withdraw", "asked": "1", "reason": "lost", "pick": [walked.first.pk, walked.third.pk]}
    do(pages(walked.cast.lan), f"{walked.base}/passes/", **form)
    assert list(Pass.objects.exclude(withdrawn_at=None)) == [walked.first]


def test_accounts_are_closed_but_never_the_own(walked, pages):
    at = walked.cast
    ada = account(at.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, at.panyu.pk)
    desk = pages(ada)
    seen = desk.post("/settings/accounts/", act="accounts_close", pick=[ada.pk, at.guo.pk])
    assert "1 条会改" in seen.text
    assert "1 条不能改" in seen.text
    do(desk, "/settings/accounts/", act="accounts_close", pick=[ada.pk, at.guo.pk])
    assert dict(Account.objects.filter(pk__in=[ada.pk, at.guo.pk]).values_list("pk", "is_active")) == {
        ada.pk: True,
        at.guo.pk: False,
    }


# What is too much for one answer.


@pytest.fixture
def two_at_once(monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(bulk, "TRIED", 2)


def test_more_rows_than_fit_are_left_to_the_worker_after_a_trial_of_the_first(walked, pages, two_at_once):
    desk = pages(walked.cast.tao)
    seen = desk.post(ORGANISATIONS, all="1", **TO_INSTITUTION)
    assert "试做了前 2 条（共 3 条）" in seen.text
    assert "在后台改 3 家" in seen.text
    done = desk.post(ORGANISATIONS, all="1", step="do", seal=sealed(seen), **TO_INSTITUTION)
    work = Work.objects.get()
    assert done.answer.redirect_chain[-1][0] == f"/works/{work.pk}/"
    assert (work.state, work.total, set(kinds().values())) == ("waiting", 3, {"firm", "institution"})
    tasks.run_work(work_id=work.pk)
    assert set(kinds().values()) == {"institution"}
    undone = desk.post(f"/works/{work.pk}/undo/")
    assert "2 条已改" in undone.text or Work.objects.latest("pk").state == "done"


def test_every_row_has_its_result_and_reason_in_the_workbook(walked, pages, two_at_once):
    at, desk = walked.cast, pages(walked.cast.tao)
    foreign = participant(at.other, "外区企业", ParticipantKind.FIRM, "EEEEEE")
    picked = [at.firm.pk, at.unit.pk, foreign.pk]
    seen = desk.post(ORGANISATIONS, pick=picked, **TO_INSTITUTION)
    desk.post(ORGANISATIONS, pick=picked, step="do", seal=sealed(seen), **TO_INSTITUTION)
    work = Work.objects.get()
    tasks.run_work(work_id=work.pk)
    assert desk.sheet(f"/works/{work.pk}/") == [
        ["记录", "结果", "原因"],
        ["木棉数科", "已改", None],
        ["共建单位甲", "不动", "已经是这样。"],
        ["未知", "没有改成", "找不到这一项。它可能已被移走，或不在您的范围内；请返回上一页再选一次。"],
    ]
    assert [row[0] for row in desk.sheet(f"/works/{work.pk}/", state="refused")[1:]] == ["未知"]


def test_a_right_that_ends_while_a_work_runs_refuses_what_is_left(walked, two_at_once):
    at = walked.cast
    order = bulk.Order(
        act=RECLASSIFY,
        keys=sorted([at.firm.pk, at.second_firm.pk, at.unit.pk]),
        values={"kind": "institution", "joins_as": ""},
    )
    work = bulk.start(bulk.Desk(at.tao, DAY), order)
    row_done = works.Progress._row

    def then_end_the_role(progress, row, act):
        row_done(progress, row, act)
        RoleGrant.objects.filter(account=at.tao).delete()

    with patch.object(works.Progress, "_row", then_end_the_role):
        works.run(work.pk, now=lambda: DAY)
    states = list(work.rows.values_list("state", "code"))
    assert [state for state, _ in states] == ["changed", "refused", "refused"]
    assert {code for _, code in states[1:]} == {"not_found"}


def test_each_row_of_an_order_costs_as_much_as_the_one_before(walked):
    at = walked.cast
    keys = [at.firm.pk, at.second_firm.pk, at.unit.pk]
    used = []
    for count in (1, 2, 3):
        order = bulk.Order(act=RECLASSIFY, keys=keys[:count], values={"joins_as": ""})
        with CaptureQueriesContext(connection) as queries:
            bulk.preview(bulk.Desk(at.tao, DAY), order)
        used.append(len(queries))
    assert used[2] - used[1] == used[1] - used[0]


@pytest.mark.slow
def test_twenty_four_thousand_rows_are_a_work_like_any_other(transactional_db, monkeypatch):
    """Cheap rows that are not there: what is tried is the work, not the act. Each row commits by itself."""
    Home.objects.get_or_create(pk=1, defaults={"kind": HomeKind.DEMO})
    Home.objects.update(kind=HomeKind.DEMO)
    cast = make_cast()
    monkeypatch.setattr(bulk, "ACTS", {})
    cheap = bulk.BulkAct(key=RECLASSIFY.key, right=RECLASSIFY.right, names=RECLASSIFY.names, act=lambda _: bulk.same())
    order = bulk.Order(act=cheap, keys=range(1, 24_001))
    work = bulk.start(bulk.Desk(cast.tao, DAY), order)
    assert works.run(work.pk, now=lambda: DAY).outcome == {"waiting": 0, "changed": 0, "same": 24_000, "refused": 0}
    client = Client()
    client.force_login(cast.tao, backend=settings.AUTHENTICATION_BACKENDS[0])
    with clock.frozen(DAY):
        seen = Pages(client)
        assert len(seen.csv(f"/works/{work.pk}/")) == 24_001
        assert len(seen.get(f"/works/{work.pk}/", page=600).cells) == 40
