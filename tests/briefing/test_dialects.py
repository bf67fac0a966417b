import pytest
import sqlglot
from sqlglot import exp

from zuji.briefing.definitions import catalogue, parse
from zuji.briefing.dialects import faults, translated
from zuji.core.facts import all_facts

RELATIONS = {fact.name: dict.fromkeys(fact.columns, "text") for fact in all_facts()}
HEADING = """/*
id = "T99"
version = 1
since = 2021-07-01
name = "indicator.T99"
unit = "unit.people"
counts = []
leaves_out = []
rule = { qualifier = "exact" }
*/
"""
SOUND = """select checkin.item_id as key, 1 as weight from facts.checkins checkin
where checkin.association_id = :association and checkin.counted_from <= :as_of
  and (:campaign is null or checkin.campaign_id = :campaign)"""


def found(select):
    return faults(parse(HEADING + select), RELATIONS)


@pytest.mark.parametrize("definition", catalogue().values(), ids=catalogue())
def test_every_indicator_is_one_select_over_facts_with_its_parameters(definition):
    assert faults(definition, RELATIONS) == []


@pytest.mark.parametrize("definition", catalogue().values(), ids=catalogue())
def test_what_psycopg_fills_in_is_what_sqlglot_sees_as_parameters(definition):
    seen = list(sqlglot.parse_one(definition.select, read="postgres").find_all(exp.Placeholder))
    assert definition.parameters == {placeholder.name for placeholder in seen}
    assert definition.statement.count("%(") == len(seen) >= (5 if definition.by_campaign else 3)


@pytest.mark.parametrize("definition", catalogue().values(), ids=catalogue())
@pytest.mark.parametrize(("dialect", "mark"), [("duckdb", "$"), ("spark", ":")])
def test_parameters_keep_their_names_on_other_engines(definition, dialect, mark):
    there = translated(definition, dialect)
    assert all(f"{mark}{name}" in there for name in definition.parameters)


def test_a_sound_select_has_no_fault():
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("select", "fault"),
    [
        (SOUND.replace("facts.checkins", "checkin_item"), "reads checkin_item AS checkin"),
        (SOUND.replace("facts.checkins", "facts.members"), "reads facts.members AS checkin"),
        (SOUND.replace("checkin.item_id", "checkin.nickname"), "unknown column: "),
        (SOUND.replace("<= :as_of", "<= now()"), "does not ask for as_of"),
        (SOUND.replace("<= :as_of", "<= now() and :as_of > 1"), "asks for CURRENT_TIMESTAMP"),
        (SOUND.replace("<= :as_of", "<= zuji_now() and :as_of > 1"), "asks for ZUJI_NOW()"),
        (SOUND.replace(":association", ":tenant"), "unknown parameter tenant"),
        (SOUND.replace("1 as weight", "1 as times"), "does not begin with key and weight"),
        (f"{SOUND}; select 1", "not one SELECT"),
        ("delete from facts.checkins", "not one SELECT"),
        ("select from where", "unreadable: "),
    ],
)
def test_a_select_that_may_not_be_an_indicator_is_named_with_its_fault(select, fault):
    assert any(text.startswith(fault) for text in found(select)), found(select)
