"""The firms that a seed makes up: as many of each kind as are asked for, and none that could be anybody's."""

from collections import Counter

import pytest
from stdnum.cn import uscc

from tests.project.demo.registers import SMALL
from zuji.project.demo.cast import read_cast
from zuji.project.demo.register.firms import INNER_SIGNS, INNER_WEIGHTS, Kind, Size, World, named
from zuji.register.towns import towns

SAMPLE = "（示例）"
REPORTED = {"华多科技", "虎牙", "有米", "百果园科技", "艾媒数聚", "盖得排行", "今之港"}


@pytest.fixture(scope="module")
def world():
    return World(2021, SMALL)


def test_as_many_firms_count_as_are_asked_for(world):
    kinds = Counter(firm.kind for firm in world.firms)
    assert kinds[Kind.COUNTED] == SMALL.counted
    assert min(kinds[kind] for kind in Kind) > 0


def test_as_many_of_them_are_three_haves_as_are_asked_for(world):
    have = [firm for firm in world.firms if firm.survey and firm.survey.is_three_haves]
    assert sum(firm.kind == Kind.COUNTED for firm in have) == SMALL.three_haves
    assert any(firm.kind != Kind.COUNTED for firm in have)


def test_the_census_found_more_that_miss_it_by_one_thing(world):
    surveys = [firm.survey for firm in world.firms if firm.survey]
    assert sum(not each.is_three_haves for each in surveys) > SMALL.three_haves
    assert {each.premises for each in surveys} == {"是", "否", ""}


def test_the_same_seed_gives_the_same_firms(world):
    assert World(2021, SMALL).firms == world.firms
    assert World(2022, SMALL).firms != world.firms


def test_codes_pass_the_outer_check_and_no_organisation_can_have_them(world):
    for firm in world.firms:
        assert uscc.is_valid(firm.code)
        body, check = firm.code[8:16], firm.code[16]
        total = sum(weight * INNER_SIGNS.index(sign) for weight, sign in zip(INNER_WEIGHTS, body, strict=True))
        right = (11 - total % 11) % 11
        assert check != ("X" if right == 10 else str(right))


def test_no_two_firms_share_a_code_or_a_name(world):
    assert len({firm.code for firm in world.firms}) == len(world.firms)
    assert len({firm.name for firm in world.firms}) == len(world.firms)


def test_telephones_are_under_a_prefix_that_no_exchange_gives_out(world):
    assert all(firm.phone.startswith("154") and len(firm.phone) == 11 for firm in world.firms)


def test_filings_are_of_years_that_are_not_yet(world):
    assert all(int(firm.filing.removeprefix("粤ICP备")[:2]) > 30 for firm in world.firms)


def test_those_that_are_named_say_that_they_are_samples():
    assert all(firm.name.endswith(SAMPLE) for firm in named())
    assert {firm.town for firm in named()} <= {town.name for town in towns().values()}


def test_of_firms_in_the_report_nothing_is_said_that_would_need_evidence():
    told = {firm.brand: firm for firm in named() if firm.brand in REPORTED}
    covered = {name for plan in read_cast().organisations for name in plan.covers}
    assert set(told) == REPORTED
    assert not any(firm.survey or firm.name in covered for firm in told.values())


def test_every_firm_that_an_organisation_covers_is_named():
    covered = [name for plan in read_cast().organisations for name in plan.covers]
    assert set(covered) <= {firm.name for firm in named()}
    assert len(covered) == len(set(covered))


def test_a_size_that_leaves_no_room_for_other_firms_still_gives_the_named_ones():
    firms = World(1, Size(len(named()), 19)).firms
    assert {firm.name for firm in firms} >= {firm.name for firm in named()}
