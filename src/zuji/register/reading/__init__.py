"""An authority's list → its sheet, its header, a proposal for every column, and rows of fields with their cells.

Headings are known by word parts and columns by what their cells look like; both are points in one sum, and where it
is close the reader asks. Pure: it knows neither Django nor the database.
"""

from zuji.register.reading.enums import Ask, Flaw, Why
from zuji.register.reading.lists import Choice, ListRow, Question, Reading, read_list
from zuji.register.reading.proposing import Proposal

__all__ = ["Ask", "Choice", "Flaw", "ListRow", "Proposal", "Question", "Reading", "Why", "read_list"]
