import re
from datetime import date

import pytest

from zuji.briefing.definitions import FOLDER, BadDefinition, catalogue, parse
from zuji.briefing.enums import Qualifier

HEADING = """\
id = "T99"
version = 2
since = 2021-07-01
name = "indicator.T99"
unit = "unit.people"
counts = ["counted.people"]
leaves_out = []
rule = { qualifier = "at_least", step = 100 }
"""
SELECT = "select '7%' as key, 1::int as weight where :as_of > :association and :campaign is null\n"


def text(heading=HEADING, select=SELECT):
    return f"/*\n{heading}*/\n{select}"


def test_a_file_is_a_heading_and_a_select():
    found = parse(text())
    assert (found.id, found.version, found.since) == ("T99", 2, date(2021, 7, 1))
    assert (found.rule.qualifier, found.rule.step) == (Qualifier.AT_LEAST, 100)
    assert found.select == SELECT
    assert found.share_of is None


def test_parameters_become_psycopgs_and_casts_and_percent_signs_stay():
    found = parse(text())
    assert found.parameters == {"as_of", "association", "campaign"}
    assert found.statement == (
        "select '7%%' as key, 1::int as weight where %(as_of)s > %(association)s and %(campaign)s is null\n"
    )


def test_a_changed_letter_is_another_definition():
    assert parse(text()).digest != parse(text(select=SELECT.replace("7", "8"))).digest
    assert re.fullmatch("[0-9a-f]{64}", parse(text()).digest)


@pytest.mark.parametrize(
    "broken",
    [
        SELECT,
        text(HEADING.replace("version = 2\n", "")),
        text(HEADING.replace("at_least", "at_most")),
        text(HEADING.replace("step = 100", "step = 30")),
        text(HEADING.replace("T99", "people")),
        text(HEADING + 'colour = "red"\n'),
        text(HEADING + "nonsense\n"),
    ],
    ids=["no heading", "no version", "unknown qualifier", "odd step", "odd id", "unknown field", "no TOML"],
)
def test_a_file_that_cannot_be_read_is_refused(broken):
    with pytest.raises(BadDefinition):
        parse(broken)


def test_the_catalogue_is_in_the_order_of_numbers():
    assert [name for name in catalogue() if name[0] == "T"] == [f"T{number}" for number in range(1, 11)]
    assert next(iter(catalogue())) == "R1"


def test_each_file_is_named_after_its_indicator():
    assert {file.stem for file in FOLDER.iterdir()} == set(catalogue())


def test_the_reports_figures_carry_its_qualifiers():
    rules = {name: catalogue()[name].rule for name in ("T1", "T2", "T3")}
    assert [(rule.qualifier, rule.step) for rule in rules.values()] == [
        ("exact", 1),
        ("at_least", 10),
        ("at_least", 100),
    ]


def test_a_share_is_of_an_indicator_with_the_same_unit():
    shares = [each for each in catalogue().values() if each.share_of]
    assert [each.id for each in shares] == ["T8", "T9"]
    assert all(catalogue()[each.share_of].unit == each.unit for each in shares)
