"""An indicator's SELECT as sqlglot understands it: what is wrong with it, and the same for another engine. Pure.

Apart from the definitions, since sqlglot takes a tenth of a second to import and a figure needs none of it.
"""

from collections.abc import Iterator, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify

from zuji.briefing.definitions import OPTIONAL, PARAMETERS, Definition

HOME = "postgres"
CLOCKS = (exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Localtime, exp.Localtimestamp, exp.Rand)


def translated(definition: Definition, dialect: str) -> str:
    """The SELECT for another engine (`duckdb`, `spark`); parameters keep their names."""
    return sqlglot.transpile(definition.select, read=HOME, write=dialect)[0]


def faults(definition: Definition, relations: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What forbids an indicator, one text each; `relations` are the facts with their columns. Empty when sound."""
    try:
        statements = sqlglot.parse(definition.select, read=HOME)
    except SqlglotError as error:
        return [f"unreadable: {error}"]
    if len(statements) != 1 or not isinstance(select := statements[0], exp.Select):
        return ["not one SELECT"]
    return [*_shape(select), *_parameters(select), *_clocks(select), *_relations(select, relations)]


def _shape(select: exp.Select) -> Iterator[str]:
    if select.named_selects[:2] != ["key", "weight"]:
        yield "does not begin with key and weight"


def _parameters(select: exp.Select) -> Iterator[str]:
    asked = {placeholder.name for placeholder in select.find_all(exp.Placeholder)}
    yield from (f"unknown parameter {name}" for name in sorted(asked - PARAMETERS))
    yield from (f"does not ask for {name}" for name in sorted(PARAMETERS - OPTIONAL - asked))


def _clocks(select: exp.Select) -> Iterator[str]:
    """Time is a parameter. A function that sqlglot does not know may be anything, and other engines lack it."""
    yield from (f"asks for {node.sql(HOME)}" for node in select.find_all(*CLOCKS, exp.Anonymous))


def _relations(select: exp.Select, relations: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    foreign = [table for table in select.find_all(exp.Table) if table.db != "facts" or table.name not in relations]
    yield from (f"reads {table.sql(HOME)}" for table in foreign)
    if foreign:
        return
    try:
        qualify(select.copy(), dialect=HOME, schema={"facts": relations})
    except SqlglotError as error:
        yield f"unknown column: {error}"
