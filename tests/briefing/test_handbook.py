"""`docs/indicators.md` says what the indicators are."""

import re
from pathlib import Path

import pytest

from zuji.briefing.definitions import FOLDER, catalogue
from zuji.briefing.enums import Qualifier
from zuji.core.texts import both

PAGE = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if re.match(r"\| [A-Z]\d", line)
]


def test_the_page_has_every_indicator_in_order():
    assert [row[0] for row in ROWS] == list(catalogue())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_names_units_and_qualifiers_are_those_of_the_files(row):
    indicator, chinese, english, unit, rule, counts = row
    definition = catalogue()[indicator]
    assert {"zh": chinese, "en": english} == both(definition.name)
    assert f"unit.{unit}" == definition.unit
    spoken = definition.rule.qualifier.replace("_", " ")
    exact = definition.rule.qualifier is Qualifier.EXACT
    assert rule == (spoken if exact else f"{spoken}, by {definition.rule.step}")
    assert (counts == f"a share of {definition.share_of}") == bool(definition.share_of)


def test_the_example_is_the_file_that_it_names():
    example = PAGE.split("```sql\n")[1].split("```")[0]
    assert example == (FOLDER / "T7.sql").read_text(encoding="utf-8")
