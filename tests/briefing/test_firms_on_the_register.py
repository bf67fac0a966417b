"""What the indicators of the register count, and what they leave out."""

from datetime import date, datetime

import pytest

from tests.briefing.walk import GUANGZHOU
from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from tests.register.judged import INTERNET, ON, card, judged
from zuji.briefing.actions import publish
from zuji.briefing.figures import rounded
from zuji.briefing.queries import all_figures, compute, definition_of, named, trace
from zuji.committee.actions import affiliate, cover, guide, uncover
from zuji.committee.enums import OrganisationKind

HAVES = {"staff": 12, "premises": "有", "operating": "正常"}
LATER = date(2021, 7, 30)


def value(indicator, cast, as_of=ON):
    return compute(indicator, association=cast.panyu, as_of=as_of).value


def test_a_firm_counts_once_it_is_active_in_the_district_and_of_the_internet(cast):
    card(cast.panyu, **INTERNET)
    judged(cast.panyu)
    assert (value("R1", cast), value("R2", cast)) == (1, 0)


@pytest.mark.parametrize(
    "changes",
    [{"status": "revoked"}, {"status": "unknown"}, {"town": "440106001"}, {"town": ""}, {"industry_code": "5210"}],
    ids=str,
)
def test_whatever_is_no_or_unknown_leaves_a_firm_out_of_both(cast, changes):
    card(cast.panyu, **INTERNET | HAVES | changes)
    judged(cast.panyu)
    assert (value("R1", cast), value("R2", cast)) == (0, 0)


@pytest.mark.parametrize("missing", sorted(HAVES))
def test_two_haves_and_an_unknown_are_no_three_haves(cast, missing):
    card(cast.panyu, "甲", **INTERNET, **HAVES)
    card(cast.panyu, "乙", **INTERNET, **{name: text for name, text in HAVES.items() if name != missing})
    judged(cast.panyu)
    assert (value("R1", cast), value("R2", cast)) == (2, 1)


def test_an_answer_counts_from_the_beginning_of_its_day_to_the_end_of_its_last(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu)
    firm.status = "deregistered"
    firm.save()
    judged(cast.panyu, LATER)
    assert [value("R1", cast, date(2021, 7, day)) for day in (25, 26, 29, 30)] == [0, 1, 1, 0]
    assert value("R1", cast, datetime(2021, 7, 26, tzinfo=GUANGZHOU)) == 1


def test_of_two_firms_that_were_one_the_remaining_one_counts_and_the_past_stays_as_it_was_told(cast):
    gone, kept = card(cast.panyu, "甲", **INTERNET), card(cast.panyu, "乙", **INTERNET)
    judged(cast.panyu)
    gone.enterprise.merged_into = kept.enterprise
    gone.enterprise.save()
    judged(cast.panyu, LATER)
    assert (value("R1", cast), value("R1", cast, LATER)) == (2, 1)


def test_another_associations_firms_are_not_counted(cast):
    card(cast.other, **INTERNET)
    judged(cast.other)
    assert value("R1", cast) == 0


def test_they_are_not_asked_of_a_campaign(cast):
    card(cast.panyu, **INTERNET)
    judged(cast.panyu)
    asked = {"association": cast.panyu, "as_of": ON}
    assert "R1" in [figure.id for figure in all_figures(**asked)]
    assert "R1" not in [figure.id for figure in all_figures(**asked, campaign=cast.campaign.pk)]
    assert compute("R1", **asked, campaign=cast.campaign.pk).value == 1


def test_a_trace_names_the_firms(cast):
    firm = card(cast.panyu, "木棉数科有限公司", **INTERNET)
    judged(cast.panyu)
    (entry,) = trace("R1", association=cast.panyu, as_of=ON)
    assert (entry.key, entry.dimensions) == (str(firm.pk), {"enterprise_id": firm.pk})
    assert named([entry]) == [{"enterprise_id": {"zh": "木棉数科有限公司", "en": "木棉数科有限公司"}}]


def test_they_are_published_like_any_other(cast):
    card(cast.panyu, **INTERNET)
    judged(cast.panyu)
    entry = publish(actor=cast.mei, association_id=cast.panyu.pk, indicator="R1", as_of=DAY, at=DAY)
    assert (entry.value, entry.qualifier) == (1, "at_least")


@pytest.mark.parametrize(("value", "printed"), [(24_386, 24_000), (24_000, 24_000), (526, 500)])
def test_the_register_is_printed_as_at_least_so_many_thousands(value, printed):
    assert rounded(value, definition_of("R1").rule).number == printed


def test_three_haves_firms_are_printed_exactly():
    assert rounded(526, definition_of("R2").rule).number == 526


def covered(cast, branch_, *firms, since=FOUNDED):
    for firm in firms:
        cover(actor=cast.tao, organisation_id=branch_.pk, enterprise_id=firm.pk, since=since, at=DAY)


def test_a_joint_branch_counts_each_of_its_three_haves_firms_once(cast):
    one, two, without = (card(cast.panyu, name, **INTERNET, **HAVES) for name in "甲乙丙")
    small = card(cast.panyu, "丁", **INTERNET, **HAVES | {"staff": 3})
    judged(cast.panyu)
    covered(cast, branch(cast, "联合党支部"), one, two, small)
    covered(cast, branch(cast, "甲党支部"), one)
    assert (value("R2", cast), value("R3", cast)) == (3, 2)
    assert str(without.pk) not in [entry.key for entry in trace("R3", association=cast.panyu, as_of=ON)]


def test_a_firm_counts_as_covered_only_while_it_is(cast):
    firm = card(cast.panyu, **INTERNET, **HAVES)
    judged(cast.panyu, date(2021, 7, 1))
    own = branch(cast, "甲党支部")
    covered(cast, own, firm, since=date(2021, 7, 10))
    uncover(actor=cast.tao, organisation_id=own.pk, enterprise_id=firm.pk, last=date(2021, 7, 20), at=DAY)
    assert [value("R3", cast, date(2021, 7, day)) for day in (9, 10, 20, 21)] == [0, 1, 1, 0]


def test_what_covers_a_firm_covers_the_one_that_it_was_found_to_be(cast):
    gone, kept = (card(cast.panyu, name, **INTERNET, **HAVES) for name in "甲乙")
    covered(cast, branch(cast, "甲党支部"), gone)
    gone.enterprise.merged_into = kept.enterprise
    gone.enterprise.save()
    judged(cast.panyu)
    assert [entry.key for entry in trace("R3", association=cast.panyu, as_of=ON)] == [str(kept.pk)]


def test_organisations_under_the_committee_are_those_that_belong_to_it_and_not_those_it_guides(cast):
    committee = branch(cast, "行业党委", OrganisationKind.COMMITTEE)
    town = branch(cast, "南村镇党委", OrganisationKind.COMMITTEE)
    own, guided, later = (branch(cast, name) for name in ("甲党支部", "乙党支部", "丙党支部"))
    belongs = {"actor": cast.mei, "at": DAY}
    affiliate(**belongs, organisation_id=own.pk, to_id=committee.pk, since=FOUNDED)
    affiliate(**belongs, organisation_id=guided.pk, to_id=town.pk, since=FOUNDED)
    guide(**belongs, organisation_id=guided.pk, to_id=committee.pk, since=FOUNDED)
    affiliate(**belongs, organisation_id=later.pk, to_id=committee.pk, since=LATER)
    assert (value("R4", cast), value("R4", cast, LATER)) == (1, 2)
    entries = trace("R4", association=cast.panyu, as_of=ON)
    assert named(entries) == [{"party_organisation_id": {"zh": "甲党支部", "en": "甲党支部"}}]


def test_nineteen_are_printed_as_nearly_twenty():
    assert rounded(19, definition_of("R3").rule)[:2] == (20, "nearly")
