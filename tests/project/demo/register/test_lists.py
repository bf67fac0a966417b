"""The lists that authorities would send: what stands on them, and that a reader finds it."""

import pytest

from tests.project.demo.registers import SMALL
from zuji.project.demo.register.firms import Kind, World
from zuji.project.demo.register.lists import FIRST_ROW, SENDERS, write_lists
from zuji.register.fields import Field
from zuji.register.reading import read_list

SEED = 2021


@pytest.fixture(scope="module")
def world():
    return World(SEED, SMALL)


@pytest.fixture(scope="module")
def lists(world):
    return {each.sender.key: each for each in write_lists(world, seed=SEED)}


@pytest.fixture(scope="module")
def firms(world):
    return {firm.number: firm for firm in world.firms}


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.key)
def test_a_reader_finds_every_column_and_row_without_a_question(lists, sender):
    listed = lists[sender.key]
    reading = read_list(listed.workbook(), file=sender.file)
    rows = list(reading.rows())
    assert [column.field for column in reading.columns] == list(sender.headings)
    assert not reading.questions
    assert [row.number for row in rows] == list(listed.truth)
    assert [row.fields.get(Field.NAME, "") for row in rows] == [row[Field.NAME].strip() for row in listed.rows]


def test_the_same_seed_gives_the_same_bytes(world, lists):
    again = write_lists(World(SEED, SMALL), seed=SEED)
    assert [each.workbook() for each in again] == [each.workbook() for each in lists.values()]


def test_every_counting_firm_stands_on_the_registry_and_unlisted_ones_do_not(lists, firms):
    registered = set(lists["registry"].truth.values())
    assert {number for number, firm in firms.items() if firm.kind == Kind.COUNTED} <= registered
    assert not any(firms[number].kind == Kind.UNLISTED for number in registered)


def test_census_rows_carry_their_code_and_the_evidence(lists, firms):
    census = lists["census"]
    for number, row in zip(census.truth.values(), census.rows, strict=True):
        survey = firms[number].survey
        assert row[Field.CODE] == firms[number].code
        assert (row[Field.STAFF], row[Field.PREMISES]) == (str(survey.staff), survey.premises)


def test_siblings_and_branches_never_come_without_their_code_but_to_the_service_group(lists, firms):
    for key in ("registry", "tax", "filings"):
        listed = lists[key]
        for number, row in zip(listed.truth.values(), listed.rows, strict=True):
            assert firms[number].alone or row[Field.CODE] == firms[number].code


def test_lists_have_slips(lists, firms):
    pairs = [zip(each.truth.values(), each.rows, strict=True) for each in lists.values()]
    told = [(firms[number], row) for some in pairs for number, row in some]
    assert any(row.get(Field.CODE) not in (firm.code, "") for firm, row in told)
    assert any(not row.get(Field.CODE) for _, row in told)
    assert any(row[Field.NAME] not in (firm.name, firm.former) for firm, row in told)
    assert len(lists["registry"].rows) > len(set(lists["registry"].truth.values()))


def test_data_begin_below_a_title_and_a_header(lists):
    assert {min(each.truth) for each in lists.values()} == {FIRST_ROW}
