"""Office workbooks, read and written: finds the header, types the cells, remembers where each value stood."""

from zuji.core.sheets.columns import Column, Limits
from zuji.core.sheets.enums import CellProblem, Kind, SheetRefusal, Skip
from zuji.core.sheets.places import Cell, Problem
from zuji.core.sheets.sorting import Skipped
from zuji.core.sheets.table import Row, Table, read_table
from zuji.core.sheets.writing import Heading, csv_pieces, neutral, save_table, write_csv, write_rejects, write_table

__all__ = [
    "Cell",
    "CellProblem",
    "Column",
    "Heading",
    "Kind",
    "Limits",
    "Problem",
    "Row",
    "SheetRefusal",
    "Skip",
    "Skipped",
    "Table",
    "csv_pieces",
    "neutral",
    "read_table",
    "save_table",
    "write_csv",
    "write_rejects",
    "write_table",
]
