"""A firm's record: every value with its cell, who stands behind it only for some, and what can be done to it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import Range

from tests.cast import DAY, account
from tests.console.registered import BEFORE, authority, firm, row, source
from zuji.people.enums import Role, ScopeKind
from zuji.register.enums import Band
from zuji.register.models import Filing, Link, Overruling, Standing
from zuji.register.rules.actions import lay_rules

pytestmark = pytest.mark.usefixtures("demo", "morning")


@pytest.fixture
def made(cast):
    """A firm that two lists tell of, each with an address and a telephone of its own."""
    found = firm(cast.panyu, "榕声互动科技有限公司", code="91440101MAEXAMP038", number=2)
    tax = source(authority(cast.panyu, "税务"), "二季度.xls", sheet="Sheet1", as_of=date(2021, 7, 1))
    late = row(tax, 877, "榕声互动科技有限公司", address="大龙街示例路 3 号", phone="020-3481")
    why = [{"code": "same_code", "facts": {"one": "91440101MAEXAMP038"}}, {"code": "same_person", "facts": {}}]
    Link.objects.create(row=late, enterprise=found, band=Band.SURE, made_at=BEFORE, why=why)
    return found


@pytest.fixture
def member(cast):
    return account(cast.panyu, "Member", Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)


def read(pages, who, made):
    return pages(who).get(f"/register/{made.pk}/")


def test_each_value_stands_beside_its_cell_and_leads_to_its_list(cast, made, pages):
    seen = read(pages, cast.mei, made)
    assert "大龙街示例路 3 号" in seen.text
    assert "Sheet1 › 877" in seen.text
    assert "税务，截至2021年7月1日" in seen.text
    assert seen.links("二季度.xls")[0].startswith("/register/lists/")


def test_a_row_says_why_it_is_this_firms_even_where_a_fact_of_a_person_was_not_kept(cast, made, pages):
    assert "信用代码相同：91440101MAEXAMP038" in read(pages, cast.mei, made).text


def test_persons_are_told_only_to_those_who_work_on_the_register(cast, made, member, pages):
    assert "020-3481" in read(pages, cast.mei, made).text
    seen = read(pages, member, made)
    assert seen.status == 200
    assert "020-3481" not in seen.text
    assert "联系电话" not in seen.text


def test_a_persons_value_wins_and_says_who_and_why_with_the_lists_folded(cast, made, pages):
    about = {"made_by": cast.mei.pk, "made_at": DAY}
    Overruling.objects.create(enterprise=made, field="address", value="石碁镇 1 号", reason="企业来函", **about)
    seen = read(pages, cast.mei, made)
    assert "石碁镇 1 号" in seen.text
    assert "理由：企业来函" in seen.text
    assert "大龙街示例路 3 号" in seen.page.all("details", class_="others")[0].text


def test_answers_come_with_reasons_and_what_is_missing(cast, made, pages):
    version = next(each for each in lay_rules(association_id=cast.panyu.pk, since=date(2021, 1, 1), at=DAY))
    reasons = [{"code": "filing_live", "facts": {"kind": "icp", "number": "粤ICP备1号"}, "rows": []}]
    misses = [{"code": "staff_unknown", "facts": {}, "rows": []}]
    during = Range(date(2021, 6, 1), None)
    Standing.objects.create(
        enterprise=made,
        kind="internet",
        answer="yes",
        version=version,
        reasons=reasons,
        misses=misses,
        during=during,
    )
    text = read(pages, cast.mei, made).text
    assert "有网站备案：粤ICP备1号" in text
    assert "还差 1 项" in text


def test_filings_say_whether_their_format_fits(cast, made, pages):
    first = made.links.first().row
    Filing.objects.create(enterprise=made, kind="police", number="4401", well_formed=False, row=first)
    assert "格式不符" in read(pages, cast.mei, made).text


def test_a_firm_that_became_another_says_so_and_leads_on_along_every_merge(cast, made, pages):
    middle, last = firm(cast.panyu, "木棉数科", number=3), firm(cast.panyu, "最后一家", number=4)
    made.merged_into, middle.merged_into = middle, last
    made.save()
    middle.save()
    seen = read(pages, cast.mei, made)
    assert "已并入另一家" in seen.text
    assert set(seen.links("看并入的企业")) == {f"/register/{last.pk}/"}


def test_a_record_asks_as_often_however_many_rows_tell_of_it(cast, made, pages):
    counted = []
    for number in (5, 6):
        with CaptureQueriesContext(connection) as queries:
            read(pages, cast.mei, made)
        counted.append(len(queries))
        more = row(source(authority(cast.panyu, f"单位{number}"), f"{number}.xlsx"), number, "榕声", staff="3")
        Link.objects.create(row=more, enterprise=made, band=Band.SURE, made_at=BEFORE, why=[])
    assert counted[0] == counted[1]


def test_acts_are_offered_to_those_who_may(cast, made, member, pages):
    assert read(pages, cast.mei, made).links("改一个值") == [f"/register/{made.pk}/overrule/"]
    assert not read(pages, member, made).links("改一个值")
    assert pages(member).get(f"/register/{made.pk}/split/").status == 403


def test_another_associations_firm_is_not_there(cast, made, pages):
    assert read(pages, cast.qin, made).status == 404


class TestActs:
    """Each by its page, and back again from the record's own timeline."""

    def undone(self, mei, made):
        (action, *_) = read(lambda _: mei, None, made).undoing
        return mei.post(action)

    def test_a_value_is_overruled_and_that_is_taken_back(self, cast, made, pages):
        mei, path = pages(cast.mei), f"/register/{made.pk}/overrule/"
        assert mei.post(path, field="address", value="", reason="来函").status == 422
        seen = mei.post(path, field="address", value="石碁镇示例路 1 号", reason="来函")
        assert "理由：来函" in seen.text
        self.undone(mei, made)
        assert "理由：来函" not in read(pages, cast.mei, made).text.split("变更")[0]

    def test_a_firm_is_merged_with_the_one_that_was_found_and_parted_again(self, cast, made, pages):
        other = firm(cast.panyu, "木棉数科有限公司", number=9)
        mei, path = pages(cast.mei), f"/register/{made.pk}/merge/"
        assert "木棉数科有限公司" in mei.get(path, q="木棉").text
        mei.post(path, kept=other.pk, reason="同一家")
        made.refresh_from_db()
        assert made.merged_into_id == other.pk
        self.undone(mei, other)
        made.refresh_from_db()
        assert made.merged_into_id is None

    def test_two_sound_codes_want_a_second_yes(self, cast, made, pages):
        mei, path = pages(cast.mei), f"/register/{made.pk}/merge/"
        assert "despite" not in str(mei.get(path, q="榕声").answer.content)
        assert mei.post(path, kept=made.pk, reason="x").status == 422

    @pytest.mark.parametrize("text", ["\0", "\0木棉", "%", "x" * 5000])
    def test_whatever_is_looked_for_is_only_not_found(self, cast, made, pages, text):
        assert pages(cast.mei).get(f"/register/{made.pk}/merge/", q=text).status == 200

    def test_rows_leave_for_a_firm_of_their_own_and_come_back(self, cast, made, pages):
        mei, path = pages(cast.mei), f"/register/{made.pk}/split/"
        late = made.links.latest("pk").row
        mei.post(path, rows=[late.pk], reason="另一家")
        other = late.links.get(ended_at=None).enterprise
        assert other != made
        self.undone(mei, made)
        other.refresh_from_db()
        assert other.merged_into_id == made.pk
        assert "二季度.xls" in read(pages, cast.mei, made).text

    def test_all_rows_or_none_is_refused_in_the_form(self, cast, made, pages):
        mei, path = pages(cast.mei), f"/register/{made.pk}/split/"
        assert mei.post(path, reason="另一家").status == 422
        every = [link.row_id for link in made.links.all()]
        assert "不能拆出全部行" in mei.post(path, rows=every, reason="另一家").text
