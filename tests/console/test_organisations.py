"""Organisations: the list on a day, a record with dated relations, and what can be done to one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from tests.console.standing import standing
from zuji.committee.actions import affiliate, end_organisation, guide
from zuji.committee.enums import OrganisationKind
from zuji.committee.models import Affiliation, Organisation

LIST = "/organisations/party/"
MOVED = date(2020, 3, 1)
NOW = DAY + timedelta(days=2)


class Party:
    """A committee, a town's, and a branch that moved from the town's to the committee's and is guided by it."""

    def __init__(self, cast):
        self.cast = cast
        self.committee = branch(cast, "行业党委", OrganisationKind.COMMITTEE)
        self.town = branch(cast, "镇党委", OrganisationKind.COMMITTEE)
        self.own = branch(cast, "创显支部")
        for act, to, since in (
            (affiliate, self.town, FOUNDED),
            (affiliate, self.committee, MOVED),
            (guide, self.committee, MOVED),
        ):
            act(actor=cast.mei, organisation_id=self.own.pk, to_id=to.pk, since=since, at=DAY)

    @property
    def path(self):
        return f"{LIST}{self.own.pk}/"


@pytest.fixture
def party(long_before, cast, demo, as_):
    with standing(DAY):
        return Party(cast)


def row_of(seen, name):
    return next(row for row in seen.cells if row[0] == name)


# --- the list


def test_the_list_says_to_whom_each_belongs_and_who_guides_it(party, pages):
    seen = pages(party.cast.tao).get(LIST)
    assert [row[0] for row in seen.cells] == ["行业党委", "镇党委", "创显支部"]
    assert row_of(seen, "创显支部") == ["创显支部", "党支部", "行业党委", "行业党委", "2018年11月1日", "存续"]
    assert row_of(seen, "行业党委")[2:4] == ["没有隶属", "没有指导"]


def test_the_list_on_a_day_tells_the_relations_of_that_day(party, pages):
    seen = pages(party.cast.tao).get(LIST, on="2020-02-29")
    assert row_of(seen, "创显支部")[2:4] == ["镇党委", "没有指导"]
    assert row_of(pages(party.cast.tao).get(LIST, on="2018-10-31"), "创显支部")[5] == "已撤销"


def test_the_list_is_exported_as_shown(party, pages):
    rows = pages(party.cast.tao).csv(LIST, on="2020-02-29")
    assert rows[3][:4] == ["创显支部", "党支部", "镇党委", "没有指导"]


@pytest.mark.parametrize(
    ("query", "names"), [({"q": "chuang"}, ["创显支部"]), ({"kind": "committee"}, ["行业党委", "镇党委"])]
)
def test_the_list_is_searched_by_pinyin_and_narrowed_by_kind(party, pages, query, names):
    assert [row[0] for row in pages(party.cast.tao).get(LIST, **query).cells] == names


def test_the_list_takes_as_many_queries_however_long(party, pages):
    seen, asked = pages(party.cast.tao), []
    for names in ((), ("二支部", "三支部")):
        for name in names:
            branch(party.cast, name)
        with CaptureQueriesContext(connection) as queries:
            seen.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_empty_list_says_where_to_begin(walked, pages):
    seen = pages(walked.cast.tao).get(LIST)
    assert "从行业党委自己开始登记" in seen.text
    assert f"{LIST}add/" in seen.links("登记党组织")


@pytest.mark.parametrize("who", ["lan", "qin"])
def test_others_see_none_of_them(party, pages, who):
    account = getattr(party.cast, who)
    assert [row for row in pages(account).get(LIST).cells if "支部" in row[0]] == []
    assert pages(account).get(party.path).status == 404


def test_the_palette_finds_one_by_its_sound_for_whoever_sees_it(party, pages):
    assert party.path in pages(party.cast.tao).get("/find/", q="cxzb").links()
    assert party.path not in pages(party.cast.lan).get("/find/", q="cxzb").links()


# --- the record


def test_a_record_tells_its_relations_with_their_days(party, pages):
    seen = pages(party.cast.tao).get(party.path)
    assert seen.title == "创显支部"
    rows = [row[:3] for row in seen.cells if len(row) == 4]
    assert rows == [
        ["行业党委 生效中", "2020年3月1日", "没有结束"],
        ["镇党委", "2018年11月1日", "2020年2月29日"],
        ["行业党委 生效中", "2020年3月1日", "没有结束"],
    ]
    assert "存续 2018年11月1日起" in seen.text


def test_a_record_on_a_day_tells_the_relations_of_that_day(party, pages):
    with standing(NOW):
        seen = pages(party.cast.tao).get(party.path, on="2020-01-01")
    assert [row[0] for row in seen.cells if len(row) == 4] == ["镇党委 生效中"]
    assert "关系按生效日期显示" in seen.text
    assert "这条记录从 2021年7月26日 才有" in seen.text


def test_a_record_names_those_that_belong_to_it(party, pages):
    seen = pages(party.cast.tao).get(f"{LIST}{party.committee.pk}/")
    assert "隶属于它的党组织 1 个 创显支部" in seen.text
    assert "由它做行业指导的党组织 1 个 创显支部" in seen.text
    with standing(NOW):
        before = pages(party.cast.tao).get(f"{LIST}{party.committee.pk}/", on="2020-01-01")
    assert "隶属于它的党组织" not in before.text


def test_whoever_may_not_edit_is_offered_nothing(party, pages, cast):
    from tests.cast import account
    from zuji.people.enums import Role, ScopeKind

    member = account(cast.panyu, "Member", Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    seen = pages(member).get(party.path)
    assert [link for link in seen.links() if link.startswith(party.path) and link != party.path] == []
    assert pages(member).get(f"{party.path}edit/").status == 403


# --- acts


def test_one_is_typed_and_gets_its_page(party, pages):
    seen = pages(party.cast.tao).post(f"{LIST}add/", name="新支部", kind="branch", since="2021-07-01")
    assert (seen.title, "接着可以登记它隶属于谁" in seen.text) == ("新支部", True)
    assert Organisation.objects.get(name="新支部").existed.lower == date(2021, 7, 1)


def test_a_taken_name_is_told_beside_it(party, pages):
    seen = pages(party.cast.tao).post(f"{LIST}add/", name="创显支部", kind="branch", since="2021-07-01")
    assert seen.errors == ["已有名为“创显支部”的党组织。请打开原有的那一条修改。"]


def test_it_is_moved_to_another_from_a_day_on(party, pages):
    seen = pages(party.cast.tao).post(f"{party.path}affiliate/", to_id=party.town.pk, since="2021-07-26")
    assert "隶属关系已登记。" in seen.text
    assert Affiliation.objects.get(organisation=party.own, during__endswith=None).to == party.town
    assert Affiliation.objects.get(to=party.committee).during.upper == date(2021, 7, 26)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"to": "own"}, "to_id", "党组织不能隶属于自己"),
        ({"since": "2020-03-01"}, "since", "现有关系从 2020-03-01 起生效"),
        ({"since": "2000-01-01"}, "since", "这一天有一方还没有成立"),
        ({"to": "foreign"}, "to_id", "没有这个编号"),
    ],
    ids=["itself", "too early", "before it was", "another district's"],
)
def test_what_cannot_be_is_told_beside_its_field(party, pages, changes, field, said):
    foreign = branch(party.cast, "外区支部", association=party.cast.other, actor=party.cast.qin)
    to = {"own": party.own, "foreign": foreign}.get(changes.get("to"), party.town)
    path = f"{party.path}affiliate/"
    form = {"to_id": to.pk, "since": changes.get("since", "2021-07-26")}
    seen = pages(party.cast.tao).post(path, **form)
    assert said in seen.errors[0]
    checked = pages(party.cast.tao).post(f"{path}?check={field}", **form)
    assert said in checked.errors[0]


def test_the_form_opens_with_today(party, pages):
    seen = pages(party.cast.tao).get(f"{party.path}affiliate/")
    (day,) = seen.page.all("input", name="since")
    assert (day.attributes["type"], day.attributes["value"]) == ("date", "2021-07-26")


@pytest.mark.parametrize(
    ("path", "said"), [("affiliation/end/", "隶属关系已结束"), ("guidance/end/", "行业指导关系已结束")]
)
def test_a_relation_ends_on_a_day(party, pages, path, said):
    seen = pages(party.cast.tao).post(f"{party.path}{path}", last="2021-06-30")
    assert said in seen.text
    assert any("2021年6月30日" in row for row in seen.cells)


def test_it_ends_with_its_relations_and_says_so(party, pages):
    seen = pages(party.cast.tao).post(f"{party.path}end/", last="2021-06-30")
    assert "存续 2018年11月1日至2021年6月30日" in seen.text
    assert "没有结束" not in seen.text
    assert row_of(pages(party.cast.tao).get(LIST), "创显支部")[5] == "已撤销"
    assert f"{party.path}affiliate/" not in seen.links()


def test_one_that_others_belong_to_does_not_end(party, pages):
    seen = pages(party.cast.tao).post(f"{LIST}{party.committee.pk}/end/", last="2021-06-30")
    assert (seen.status, "还有 1 个党组织隶属于它" in seen.text) == (422, True)


def test_two_who_change_one_name_are_asked(party, pages):
    tao = pages(party.cast.tao)
    (token,) = tao.get(f"{party.path}edit/").page.all("input", name="seen")
    form = {"kind": "branch", "since": "2018-11-01", "seen": token.attributes["value"]}
    pages(party.cast.mei).post(f"{party.path}edit/", **form, name="创显一支部")
    seen = tao.post(f"{party.path}edit/", **form, name="创显二支部")
    assert (seen.status, "用 Mei 的 创显一支部" in seen.text) == (409, True)


# --- taken back


def undo(seen, pages, who):
    (action, *_) = [
        each.attributes["action"]
        for each in seen.page.all("form")
        if each.attributes.get("action", "").startswith("/undo/")
    ]
    return pages(who).post(action)


def test_a_mistaken_relation_is_taken_back_and_the_one_before_goes_on(party, pages):
    tao = party.cast.tao
    with standing(NOW):
        seen = pages(tao).post(f"{party.path}affiliate/", to_id=party.town.pk, since="2021-07-26")
        back = undo(seen, pages, tao)
    assert "已撤销。" in back.text
    assert Affiliation.objects.get(organisation=party.own, during__endswith=None).to == party.committee
    assert "撤销登记的隶属关系" in back.text


def test_an_end_is_taken_back(party, pages):
    tao = party.cast.tao
    with standing(NOW):
        back = undo(pages(tao).post(f"{party.path}end/", last="2021-06-30"), pages, tao)
    assert "存续 2018年11月1日起" in back.text
    assert Affiliation.objects.filter(organisation=party.own, during__endswith=None).exists()


def test_a_changed_first_day_is_taken_back(party, pages):
    tao, form = party.cast.tao, {"name": "创显支部", "kind": "branch"}
    with standing(NOW):
        seen = pages(tao).post(f"{party.path}edit/", **form, since="2018-10-01")
        assert "存续 2018年11月1日起 → 2018年10月1日起" in seen.text
        back = undo(seen, pages, tao)
    assert back.status == 200
    assert Organisation.objects.get(pk=party.own.pk).existed.lower == FOUNDED


def test_an_ended_relation_says_how_to_have_it_again(party, pages):
    seen = pages(party.cast.tao).post(f"{party.path}affiliation/end/", last="2021-06-30")
    assert "请从同一天起重新登记这段关系。" in seen.text


def test_a_step_that_later_ones_build_on_is_not_taken_back(party, pages):
    seen = pages(party.cast.tao).get(party.path)
    actions = seen.undoing
    assert len(actions) == 2  # the last affiliation and the guidance; not the affiliation before
    end_organisation(actor=party.cast.mei, organisation_id=party.own.pk, last=date(2021, 6, 30), at=DAY)
    for action in actions:
        assert pages(party.cast.tao).post(action).status == 409
