import itertools
import re

import pytest

from zuji.core.sheets import CellProblem, SheetRefusal, Skip
from zuji.core.texts import both, say

FACTS = {
    name: f"<{name}>"
    for name in ("file", "sheet", "row", "columns", "header", "cell", "other", "limit", "found", "expected")
}


@pytest.mark.parametrize("code", [*SheetRefusal, *CellProblem])
def test_every_refusal_says_in_both_languages_what_to_do(code):
    words = say(code, FACTS)
    assert words["zh"] != words["en"]
    for text in words.values():
        assert re.search("请|Please", text), text
        assert "refusal." not in text


@pytest.mark.parametrize("code", CellProblem)
def test_every_problem_names_its_cell(code):
    assert all("<cell>" in text for text in say(code, FACTS).values())


@pytest.mark.parametrize("why", [why for why in Skip if why is not Skip.BLANK])
def test_every_row_left_out_has_a_word_for_why(why):
    assert not any(text.startswith("skipped.") for text in both(f"skipped.{why}").values())


def test_refusals_of_files_and_of_cells_do_not_share_a_code():
    assert not any(
        first == second for first, second in itertools.product(map(str, SheetRefusal), map(str, CellProblem))
    )
