"""Regions, towns and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.register.places import (
    CITIES,
    NO_ADDRESS,
    NOWHERE,
    PROVINCES,
    TOWNS,
    VILLAGES,
    Address,
    Region,
    leading_region,
    read_address,
    town_of,
)


@pytest.mark.parametrize(
    ("text", "region", "rest"),
    [
        ("广州华多", Region("", "广州", "", ""), "华多"),
        ("广州市番禺区华多", Region("", "广州", "番禺", ""), "华多"),
        ("广东省广州市华多", Region("广东", "广州", "", ""), "华多"),
        ("番禺华多", Region("", "广州", "番禺", ""), "华多"),
        ("广州市番禺区石碁云帆", Region("", "广州", "番禺", "石基"), "云帆"),
        ("番禺区石碁镇云帆", Region("", "广州", "番禺", "石基"), "云帆"),
        ("深圳市腾飞", Region("", "深圳", "", ""), "腾飞"),
        ("江阴市云帆", Region("", "江阴", "", ""), "云帆"),
        ("佳美超市管理", NOWHERE, "佳美超市管理"),
        ("美联市桥店", NOWHERE, "美联市桥店"),
        ("江城市政工程", NOWHERE, "江城市政工程"),
        ("华多", NOWHERE, "华多"),
    ],
)
def test_a_name_begins_with_its_region(text, region, rest):
    found, end = leading_region(text)
    assert (found, text[end:]) == (region, rest)


@pytest.mark.parametrize(
    ("text", "town"),
    [("石基镇", "石基"), ("石碁", "石基"), ("大石街", "大石"), ("番禺区南村镇兴业大道", "南村"), ("天河区", "")],
)
def test_a_town_is_known_by_any_of_its_spellings(text, town):
    assert town_of(text) == town


def test_an_address_is_taken_apart():
    read = read_address("广州市番禺区大石街道市莲路12号天安科技园A座1203室")
    assert read == Address("大石", "市莲路12", "天安科技园A座", "1203")


def test_two_spellings_of_an_address_are_one():
    assert read_address("番禺区石基镇市莲路9号101") == read_address("广州市番禺区石碁镇市莲路9号101室")


def test_a_building_alone_is_an_address_without_a_street():
    assert read_address("天安科技园B座") == Address("", "", "天安科技园B座", "")
    assert read_address("") == NO_ADDRESS


def test_provinces_and_cities_are_data():
    assert "广东" in PROVINCES
    assert {"广州", "北京"} <= set(CITIES)
    assert not set(PROVINCES) & set(CITIES)


def test_the_district_has_sixteen_towns_and_its_villages():
    assert len(TOWNS) == 16
    assert "沙北" not in TOWNS
    assert len(VILLAGES) > 200


@given(st.text(max_size=40))
def test_any_text_is_read_as_an_address(text):
    assert all(isinstance(part, str) for part in read_address(text))
