"""What else links lists: an exact join, rapidfuzz within blocks, and Splink. Each takes records, gives clusters."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from bench.linkage.quality import united
from zuji.register.codes import CodeKind, read_code
from zuji.register.fields import Field
from zuji.register.linking import Key, Record
from zuji.register.linking.rows import read_phones
from zuji.register.names import fold

ALIKE = 88.0
"""Of 100, from where rapidfuzz takes two names for one."""
BLOCK = 60
SURE = 0.95

Pair = tuple[Key, Key]


def _code(record: Record) -> str:
    code = read_code(record.fields.get(Field.CODE, ""))
    return code.text if code.kind == CodeKind.SOUND else ""


def _name(record: Record) -> str:
    return fold(record.fields.get(Field.NAME, ""))


def _person(record: Record) -> str:
    return record.fields.get(Field.PERSON) or record.fields.get(Field.CONTACT) or ""


def _first_of_each(records: Sequence[Record]) -> Iterator[Pair]:
    """Rows with one sound code, and rows of whom at most one has a code and that have one name."""
    codes: dict[str, Key] = {}
    names: dict[str, Key] = {}
    for record in sorted(records, key=lambda each: not _code(each)):
        code, name = _code(record), _name(record)
        if code:
            yield record.key, codes.setdefault(code, record.key)
            names.setdefault(name, record.key)
        else:
            yield record.key, names.setdefault(name, record.key)


def exact(records: Sequence[Record]) -> list[list[Key]]:
    """Codes, then folded names."""
    return united([record.key for record in records], _first_of_each(records))


def by_rapidfuzz(records: Sequence[Record]) -> list[list[Key]]:
    """The exact join, then rows without a code to the likest name that shares a person, a telephone or a beginning."""
    blocks: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for block in _blocks(record):
            blocks[block].append(record)
    pairs = list(_first_of_each(records))
    for record in records:
        best = None if _code(record) else _likest(record, blocks)
        if best:
            pairs.append((record.key, best.key))
    return united([record.key for record in records], pairs)


def _blocks(record: Record) -> Iterator[str]:
    yield from (f"phone {phone}" for phone in read_phones(record.fields.get(Field.PHONE, "")))
    yield f"name {_name(record)[:5]}"
    if _person(record):
        yield f"person {_person(record)}"


def _likest(record: Record, blocks: dict[str, list[Record]]) -> Record | None:
    near = {other.key: other for block in _blocks(record) if len(blocks[block]) <= BLOCK for other in blocks[block]}
    scored = [(fuzz.ratio(_name(record), _name(other)), key) for key, other in near.items() if key != record.key]
    score, key = max(scored, default=(0.0, record.key))
    return near[key] if score >= ALIKE else None


def by_splink(records: Sequence[Record]) -> list[list[Key]]:
    """The exact join, and what Splink on DuckDB is sure of: names, persons and telephones, weights learnt."""
    import pyarrow as pa
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    keys = [record.key for record in records]
    table = pa.Table.from_pylist([_flat(at, record) for at, record in enumerate(records)])
    rules = [
        block_on("code"),
        block_on("name"),
        block_on("person", "town"),
        block_on("phone"),
        block_on("person", "head"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="at",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            *(
                compare.ExactMatch(column).configure(term_frequency_adjustments=True)
                for column in ("code", "person", "phone")
            ),
            compare.ExactMatch("town"),
        ],
        blocking_rules_to_generate_predictions=[*rules],
    )
    linker = Linker(DuckDBAPI().register(table), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("code")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in ("code", "name", "person"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    edges = linker.inference.predict(threshold_match_probability=SURE).as_record_list()
    found = [(keys[edge["at_l"]], keys[edge["at_r"]]) for edge in edges]
    return united(keys, [*_first_of_each(records), *found])


def _flat(at: int, record: Record) -> dict[str, object]:
    phones = read_phones(record.fields.get(Field.PHONE, ""))
    name = _name(record)
    return {
        "at": at,
        "code": _code(record) or None,
        "name": name or None,
        "head": name[:4] or None,
        "person": _person(record) or None,
        "phone": phones[0] if phones else None,
        "town": record.fields.get(Field.TOWN) or None,
    }
