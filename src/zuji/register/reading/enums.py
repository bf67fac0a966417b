"""Closed sets of the list reader: why a column is what it is, what is asked, what is wrong with a cell."""

from enum import StrEnum


class Why(StrEnum):
    """Why a column was given its field, or none; words under `column_reason.<code>`."""

    CHOSEN = "chosen"
    REMEMBERED = "remembered"
    HEADING_AND_CONTENT = "heading_and_content"
    HEADING = "heading"
    CONTENT = "content"
    OTHER_COLUMN = "other_column"
    SOMETHING_ELSE = "something_else"
    NOTHING_KNOWN = "nothing_known"
    NOTHING_IN_IT = "nothing_in_it"


class Ask(StrEnum):
    """What the reader is not sure of; words under `list_question.<code>`."""

    WHICH_FIELD = "which_field"
    WHICH_COLUMN = "which_column"
    WHICH_SHEET = "which_sheet"
    NO_NAME = "no_name"


class Flaw(StrEnum):
    """What is wrong with a cell of a list, besides what `CellProblem` knows; words under `refusal.<code>`."""

    CODE_WRONG = "code_wrong"
    CODE_MENDABLE = "code_mendable"
    FORMULA_ERROR = "formula_error"
