"""Closed sets of the workbook reader: what a column holds, why a file, a cell or a row is not taken."""

from enum import StrEnum


class Kind(StrEnum):
    """What a declared column holds, and so how its cells are read and written."""

    TEXT = "text"
    CODE = "code"
    PHONE = "phone"
    COUNT = "count"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class SheetRefusal(StrEnum):
    """Why a whole file is sent back; words under `refusal.<code>`."""

    WORKBOOK_EMPTY = "workbook_empty"
    NOT_A_WORKBOOK = "not_a_workbook"
    WORKBOOK_TOO_LARGE = "workbook_too_large"
    WORKBOOK_LOCKED = "workbook_locked"
    WORKBOOK_UNREADABLE = "workbook_unreadable"
    NO_HEADER = "no_header"
    DUPLICATE_HEADER = "duplicate_header"
    MISSING_COLUMN = "missing_column"
    NO_ROWS = "no_rows"
    NO_SUCH_SHEET = "no_such_sheet"
    PERSONAL_COLUMN = "personal_column"
    PERSONAL_CONTENT = "personal_content"


class CellProblem(StrEnum):
    """Why one cell cannot be used; words under `refusal.<code>`."""

    CELL_REQUIRED = "cell_required"
    DIGITS_LOST = "digits_lost"
    NOT_A_CODE = "not_a_code"
    NOT_A_DATE = "not_a_date"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_COUNT = "not_a_count"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"
    TEXT_TOO_LONG = "text_too_long"
    UNREADABLE_TEXT = "unreadable_text"
    GIVEN_TWICE = "given_twice"


class Skip(StrEnum):
    """Why a row below the header is no data row."""

    BLANK = "blank"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"
