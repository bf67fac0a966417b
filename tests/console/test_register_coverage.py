"""Firms with and without an organisation: the list, the firm's page, the organisation's page, and figure R3 agree."""

from datetime import date

import pytest

from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from tests.console.registered import authority, source
from tests.register.judged import INTERNET, ON, card, judged
from zuji.briefing.queries import trace
from zuji.committee.actions import cover, uncover
from zuji.committee.enums import OrganisationKind
from zuji.committee.queries import as_they_stand, firms_covered

pytestmark = pytest.mark.usefixtures("demo", "morning")
HAVES = {"staff": 12, "premises": "有", "operating": "正常"}
R3 = "/register/?counted=yes&three_haves=yes&covered=with"


@pytest.fixture
def house(cast):
    """Firms by name: own and joint ones, one that is small, one without, one that is covered no longer, one merged."""
    names = ("自有企业", "联合企业", "小企业", "未覆盖企业", "原覆盖企业", "并入的企业")
    made = {name: card(cast.panyu, name, **INTERNET, **HAVES) for name in names}
    made["小企业"].staff = 2
    made["小企业"].save()
    own = branch(cast, "自有党支部")
    joint = branch(cast, "联合党支部", OrganisationKind.JOINT_BRANCH)
    for to, name in (
        (own, "自有企业"),
        (joint, "联合企业"),
        (joint, "小企业"),
        (joint, "原覆盖企业"),
        (own, "并入的企业"),
    ):
        about = {"organisation_id": to.pk, "enterprise_id": made[name].pk, "since": FOUNDED}
        cover(actor=cast.tao, at=DAY, **about)
    gone = {"organisation_id": joint.pk, "enterprise_id": made["原覆盖企业"].pk, "last": date(2021, 7, 20)}
    uncover(actor=cast.tao, at=DAY, **gone)
    merged = made["并入的企业"].enterprise
    merged.merged_into = made["联合企业"].enterprise
    merged.save()
    made["并入的企业"].delete()
    judged(cast.panyu)
    return made | {"own": own, "joint": joint, "merged": merged}


def firsts(seen):
    return {cells[0] for cells in seen.cells}


def test_the_list_narrowed_to_what_r3_counts_are_its_records(cast, house, pages):
    seen = pages(cast.mei).get(R3)
    assert firsts(seen) == {"自有企业", "联合企业"}
    counted = {int(each.key) for each in trace("R3", association=cast.panyu, as_of=ON)}
    assert counted == {house[name].pk for name in firsts(seen)}


def test_a_firm_without_is_told_by_the_filter_and_the_column_and_goes_with_other_filters(cast, house, pages):
    mei = pages(cast.mei)
    assert firsts(mei.get("/register/?covered=without")) == {"未覆盖企业", "原覆盖企业"}
    assert firsts(mei.get("/register/?covered=with&three_haves=no")) == {"小企业"}
    by_name = {cells[0]: cells for cells in mei.get("/register/").cells}
    assert ("没有" in by_name["未覆盖企业"], "没有" in by_name["自有企业"]) == (True, False)


def test_it_is_exported_as_shown(cast, house, as_):
    told = as_(cast.mei).get(f"{R3}&format=csv")
    text = b"".join(told.streaming_content if told.streaming else [told.content]).decode("utf-8-sig")
    assert "党组织" in text.splitlines()[0]
    assert "自有企业" in text
    assert "未覆盖企业" not in text


def test_coverage_is_asked_of_a_day_and_follows_a_merge_and_back(cast, house):
    gone, kept = house["merged"].pk, house["联合企业"].pk
    own = {cast.panyu.pk}
    assert house["原覆盖企业"].pk in firms_covered(own, on=date(2021, 7, 20))
    assert house["原覆盖企业"].pk not in firms_covered(own, on=ON)
    assert (as_they_stand([gone]), gone in firms_covered(own, on=ON)) == ({gone: kept}, False)
    house["merged"].merged_into = None
    house["merged"].save()
    assert {gone, kept} <= firms_covered(own, on=ON)
    assert firms_covered({cast.other.pk}, on=ON) == set()


def test_a_firm_tells_its_organisations_and_those_of_the_firms_that_it_took_in(cast, house, pages):
    seen = pages(cast.mei).get(f"/register/{house['联合企业'].pk}/")
    assert seen.links("自有党支部") == [f"/organisations/party/{house['own'].pk}/"]
    assert seen.links("联合党支部")
    assert "联合党支部" not in pages(cast.mei).get(f"/register/{house['未覆盖企业'].pk}/").text


def test_an_organisation_tells_the_firms_that_it_covers_as_they_stand(cast, house, pages):
    seen = pages(cast.mei).get(f"/organisations/party/{house['joint'].pk}/")
    assert seen.links("联合企业")
    assert "2021年7月20日" in seen.text


def test_firms_are_narrowed_to_those_with_a_well_formed_filing(cast, house, pages):
    own = house["自有企业"].enterprise
    row = source(authority(cast.panyu)).rows.create(number=2)
    own.filings.create(kind="icp", number="粤ICP备12345678号", well_formed=True, row=row)
    house["小企业"].enterprise.filings.create(kind="icp", number="办理中", well_formed=False, row=row)
    assert firsts(pages(cast.mei).get("/register/?filing=icp")) == {"自有企业"}
    assert firsts(pages(cast.mei).get("/register/?filing=icp&covered=without")) <= {""}
