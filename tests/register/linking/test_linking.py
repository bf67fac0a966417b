"""From records to clusters: what joins, what stays apart, and what a person's answer does."""

import random
from dataclasses import replace

import pytest
from stdnum.cn import uscc

from tests.register.linking.rows import FIRM, code_of, row, together
from zuji.register.fields import Field
from zuji.register.linking import Band, Decided, Key, Why, link

A, B, C = ("registry", 1), ("tax", 1), ("filings", 1)
FAR = code_of(54_321_098)
"""A code that no slip of the firm's gives."""
SIGNS = tuple(f"{one}{other}" for one in "赤青蓝紫金" for other in "松柏梅兰竹")
NAME = "广州云帆网络科技有限公司"
UNCODED = {key: value for key, value in FIRM.items() if key != "code"}


def whys(linked, at):
    return {reason.code for each in linked.links if each.key == Key(*at) for reason in each.why}


def band(linked, at):
    return next(each.band for each in linked.links if each.key == Key(*at))


def test_rows_with_one_sound_code_are_one_firm_and_say_so():
    linked = link([row(NAME, at=A, code=code_of(1)), row("云帆网络", at=B, code=code_of(1).lower())])
    assert linked.clusters == [[Key(*A), Key(*B)]]
    assert band(linked, B) == Band.SURE
    assert (whys(linked, A), whys(linked, B)) == ({Why.FIRST_ROW}, {Why.SAME_CODE})


def test_two_sound_codes_are_two_firms_whatever_else_they_share():
    linked = link([row(NAME, at=A, **FIRM), row(NAME, at=B, **{**FIRM, "code": FAR})])
    assert not together(linked, A, B)


def test_one_name_under_two_far_codes_is_asked_about():
    others = [
        row(f"广州{sign}科技有限公司", at=("registry", at), code=code_of(at)) for at, sign in enumerate(SIGNS, 10)
    ]
    linked = link([row(NAME, at=A, **FIRM), row(NAME, at=B, **{**FIRM, "code": FAR}), *others])
    assert [{doubt.one, doubt.other} for doubt in linked.doubts] == [{Key(*A), Key(*B)}]


def test_one_name_under_two_near_codes_is_one_mistyped():
    linked = link([row(NAME, at=at, code=code_of(number)) for at, number in ((A, 1), (C, 1), (B, 2))])
    assert together(linked, A, B)
    assert Why.CODE_SLIP in whys(linked, B)


@pytest.mark.parametrize(
    "other", ["广东云帆网络科技有限公司", "广州云帆网络科技有限公司第一分公司", "广州云帆信息科技有限公司"]
)
def test_near_codes_are_two_firms_under_two_names(other):
    linked = link([row(NAME, at=A, **FIRM), row(other, at=B, **{**FIRM, "code": code_of(2)})])
    assert not together(linked, A, B)


def test_near_codes_that_a_person_called_different_stay_apart():
    rows = [row(NAME, at=A, code=code_of(1)), row(NAME, at=B, code=code_of(2))]
    assert not together(link(rows, decided=[Decided(Key(*A), Key(*B), False)]), A, B)


def test_a_branch_and_its_firm_are_never_one_by_person_and_name():
    told = {"person": "陈志明", "town": "大石街道"}
    linked = link([row(f"{NAME}大石分公司", at=A, code=code_of(1), **told), row(NAME, at=B, **told)])
    assert not together(linked, A, B)


def test_names_of_two_cities_are_never_one_without_a_code():
    linked = link([row(NAME, at=A, **FIRM), row("佛山云帆网络科技有限公司", at=B, **UNCODED)])
    assert not together(linked, A, B)


def test_a_sites_full_name_tells_the_region_that_its_owners_name_leaves_out():
    linked = link(
        [
            row(NAME, at=A, **FIRM),
            row("云帆网络科技有限公司", at=B, filing="粤ICP备12345678号-1", site="佛山云帆网络科技有限公司"),
            row("云帆网络科技有限公司", at=C, filing="粤ICP备12345679号-1", site=NAME),
        ]
    )
    assert (together(linked, A, B), together(linked, A, C)) == (False, True)


def test_a_code_on_a_row_that_shares_nothing_with_its_firm_is_not_believed():
    rows = [
        *(row(NAME, at=at, **FIRM) for at in (A, C)),
        row("广州木棉文化传媒有限公司", at=B, code=FIRM["code"], person="梁静", town="石楼镇", phone="15487654321"),
    ]
    linked = link(rows)
    assert (together(linked, A, C), together(linked, A, B)) == (True, False)
    assert Why.CODE_OF_ANOTHER in whys(linked, B)


def test_a_row_without_a_code_finds_its_firm_by_name_person_and_telephone():
    linked = link([row(NAME, at=A, **FIRM), row("廣州云帆網絡科技有限公司　", at=B, **UNCODED)])
    assert together(linked, A, B)
    assert {Why.SAME_NAME, Why.SAME_PERSON, Why.SAME_PHONE} <= whys(linked, B)


def test_a_code_with_one_slip_finds_its_firm():
    slipped = code_of(1)[:12] + code_of(1)[13:]
    linked = link([row(NAME, at=A, **FIRM), row(NAME, at=B, code=slipped)])
    assert together(linked, A, B)
    assert Why.CODE_SLIP in whys(linked, B)


def test_a_lost_code_of_fifteen_digits_finds_its_firm():
    digits = "91440101137250386" + uscc.calc_check_digit("91440101137250386")
    linked = link([row(NAME, at=A, code=digits), row(NAME, at=B, code=digits[:15] + "000")])
    assert together(linked, A, B)
    assert Why.CODE_COULD_BE in whys(linked, B)


def test_another_line_with_the_same_trade_name_person_and_address_is_another_firm():
    sibling = {**UNCODED, "industry_code": "6572"}
    linked = link([row(NAME, at=A, **FIRM), row("广州云帆文化传媒有限公司", at=B, **sibling)])
    assert not together(linked, A, B)


def test_a_branch_is_not_its_firm():
    linked = link([row(NAME, at=A, **FIRM), row(f"{NAME}番禺分公司", at=B, person="李国栋", town="南村镇")])
    assert not together(linked, A, B)


def test_sites_of_one_filing_with_like_names_are_one_and_with_other_names_are_not():
    rows = [
        row(NAME, at=("filings", 1), filing="粤ICP备12345678号-1"),
        row("云帆网络科技有限公司", at=("filings", 2), filing="粤ICP备12345678号-2"),
        row("广州木棉文化传媒有限公司", at=("filings", 3), filing="粤ICP备12345678号-3"),
    ]
    linked = link(rows)
    assert together(linked, ("filings", 1), ("filings", 2))
    assert not together(linked, ("filings", 1), ("filings", 3))
    assert whys(linked, ("filings", 2)) == {Why.SAME_FILING}


def test_a_siblings_code_on_a_row_is_found_out_by_the_name():
    sibling = "广州云帆文化传媒有限公司"
    other = {"person": "李国栋", "phone": "15487654321", "town": "南村镇", "address": "南村镇兴业大道8号"}
    rows = [
        row(NAME, at=A, **FIRM),
        row(NAME, at=("tax", 2), **FIRM),
        row(sibling, at=("registry", 2), code=code_of(2), **other),
        row(sibling, at=B, code=code_of(1), **other),
    ]
    linked = link(rows)
    assert together(linked, B, ("registry", 2))
    assert not together(linked, B, A)
    assert Why.CODE_OF_ANOTHER in whys(linked, B)


def bare_brand():
    return [
        row(NAME, at=A, **FIRM),
        row("云帆", at=B, town="大石街道"),
        row("广州云帆贸易有限公司", at=("registry", 2), code=code_of(2), town="大石街道"),
    ]


def test_a_bare_brand_that_two_firms_carry_is_left_alone_and_asked_about():
    linked = link(
        [*bare_brand(), *(row(f"广州甲{n}贸易有限公司", at=("more", n), code=code_of(n)) for n in range(3, 60))]
    )
    assert not together(linked, A, B)
    assert band(linked, B) == Band.ASK
    assert {(doubt.one, doubt.other) for doubt in linked.doubts} <= {(Key(*B), Key(*A)), (Key(*B), Key("registry", 2))}
    assert linked.doubts


@pytest.mark.parametrize("home", [A, ("registry", 2)])
def test_an_answer_is_obeyed(home):
    linked = link(bare_brand(), decided=[Decided(Key(*B), Key(*home), same=True)])
    assert together(linked, B, home)
    assert len(linked.clusters) == 2
    assert band(linked, B) == Band.RULED


def test_an_answer_holds_for_all_rows_of_both():
    same_code = [row(NAME, at=("tax", n), **FIRM) for n in (2, 3)]
    other = [row("广州木棉有限公司", at=("census", n), code=code_of(9)) for n in (1, 2)]
    linked = link([*same_code, *other], decided=[Decided(Key("tax", 3), Key("census", 2), same=True)])
    assert len(linked.clusters) == 1


def test_what_was_said_to_differ_stays_apart_though_all_speaks_for_one():
    rows = [row(NAME, at=A, **FIRM), row(NAME, at=B, **FIRM), row(NAME, at=("census", 1), **UNCODED)]
    decided = [Decided(Key(*A), Key(*B), same=False), Decided(Key(*B), Key("census", 1), same=True)]
    linked = link(rows, decided=decided)
    assert not together(linked, A, B)
    assert together(linked, B, ("census", 1))


def test_a_later_answer_outweighs_an_earlier_one():
    pair = Key(*A), Key(*B)
    rows = [row(NAME, at=A, **FIRM), row("云帆", at=B)]
    said = [Decided(*pair, same=True), Decided(*pair, same=False)]
    assert not together(link(rows, decided=said), A, B)
    assert together(link(rows, decided=said[::-1]), A, B)


def test_every_row_has_one_link_and_stands_in_one_cluster():
    linked = link(bare_brand())
    keys = [key for cluster in linked.clusters for key in cluster]
    assert sorted(keys) == [each.key for each in linked.links]
    assert all(each.key in linked.clusters[each.cluster] for each in linked.links)


def test_nothing_gives_nothing():
    linked = link([])
    assert (linked.clusters, linked.links, linked.doubts) == ([], [], [])


def test_a_row_that_tells_nothing_is_a_firm_of_its_own():
    empty = replace(row("x", at=B), fields={Field.NOTE: "?"})
    linked = link([row(NAME, at=A, **FIRM), empty, replace(empty, row=2)])
    assert len(linked.clusters) == 3
    assert band(linked, B) == Band.APART


def test_two_rows_with_one_key_are_refused():
    with pytest.raises(ValueError, match="one key"):
        link([row(NAME, at=A), row("木棉", at=A)])


def test_progress_ends_at_the_number_of_units():
    told = []
    link(bare_brand(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)


def test_the_order_of_the_rows_does_not_matter():
    rows = [*bare_brand(), row(NAME, at=("census", 4), **UNCODED), row("云帆网络", at=C, filing="粤ICP备12345678号")]
    first = link(rows)
    random.Random(4).shuffle(rows)
    assert link(rows) == first
