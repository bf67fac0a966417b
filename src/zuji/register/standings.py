# ruff: noqa: S608  (the texts are put together from this module's own constants)
"""Writing what rules say of firms: only what changed, in a few statements for any number of firms."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

from zuji.register.enums import RuleKind
from zuji.register.rules.values import Reason, Verdict


class Line(NamedTuple):
    """What one version says of one firm."""

    enterprise: int
    kind: str
    version: int
    verdict: Verdict


class Judged(NamedTuple):
    """How many answers were given, and how many standings are other than before."""

    answers: int
    changed: int


def keep(lines: Iterable[Line], enterprise_ids: Collection[int] | None, *, association_id: int, on: date) -> Judged:
    """Make the standings of these firms, or of all, say what the lines say from a day on."""
    ids = None if enterprise_ids is None else list(enterprise_ids)
    bounds: dict[str, Any] = {"on": on, "association": association_id, "ids": ids}
    with connection.cursor() as cursor:
        cursor.execute(_LAY)
        answers = _copy(cursor, lines)
        cursor.execute("analyze judged")
        changed = sum(_run(cursor, statement, bounds) for statement in (_DROP, _END, _REPLACE))
        # what is closed is opened anew, and counts once
        _run(cursor, _CLOSE, bounds)
        changed += _run(cursor, _OPEN, bounds)
        _join(cursor, bounds)
        cursor.execute(_CARDS, bounds)
    return Judged(answers, changed)


def _copy(cursor: CursorWrapper, lines: Iterable[Line]) -> int:
    # all of them first: while rows are copied in, the connection reads nothing
    rows = [(*line[:3], line.verdict.answer, _json(line.verdict.reasons), _json(line.verdict.misses)) for line in lines]
    with cursor.copy("copy judged (enterprise_id, kind, version_id, answer, reasons, misses) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


def _json(reasons: tuple[Reason, ...]) -> str:
    return msgspec.json.encode([reason.as_json() for reason in reasons]).decode()


def _run(cursor: CursorWrapper, statement: str, bounds: dict[str, Any]) -> int:
    cursor.execute(statement, bounds)
    return int(cursor.rowcount)


def _join(cursor: CursorWrapper, bounds: dict[str, Any]) -> None:
    """Where the day's answer turned back into that of the day before, the two are one range again."""
    cursor.execute(_TURNED_BACK, bounds)
    if pairs := cursor.fetchall():
        later, earlier, until = (list(column) for column in zip(*pairs, strict=True))
        # the later goes first, since the database refuses the two to overlap
        cursor.execute("delete from register_standing where id = any(%s)", [later])
        cursor.execute(_STRETCH, [earlier, until])


_LAY = """drop table if exists pg_temp.judged;
create temporary table judged (enterprise_id bigint, kind text, version_id bigint, answer text, reasons jsonb,
    misses jsonb) on commit drop"""

_SAME = """(standing.answer, standing.reasons, standing.misses)
        is not distinct from (judged.answer, judged.reasons, judged.misses)"""
_PAIRED = "standing.enterprise_id = judged.enterprise_id and standing.kind = judged.kind"
_UNJUDGED = """enterprise_id in (
        select id from register_enterprise
        where association_id = %(association)s and (%(ids)s::bigint[] is null or id = any(%(ids)s)))
    and not exists (select from judged where standing.enterprise_id = judged.enterprise_id
        and standing.kind = judged.kind)"""

_DROP = f"delete from register_standing standing where lower(during) = %(on)s and {_UNJUDGED}"
_END = f"""update register_standing standing set during = daterange(lower(during), %(on)s)
    where during @> %(on)s and {_UNJUDGED}"""
_REPLACE = f"""update register_standing standing
    set answer = judged.answer, reasons = judged.reasons, misses = judged.misses, version_id = judged.version_id
    from judged where {_PAIRED} and lower(standing.during) = %(on)s and not {_SAME}"""
_CLOSE = f"""update register_standing standing set during = daterange(lower(during), %(on)s)
    from judged where {_PAIRED} and standing.during @> %(on)s and lower(standing.during) < %(on)s and not {_SAME}"""
_OPEN = f"""insert into register_standing (enterprise_id, kind, answer, version_id, reasons, misses, during)
    select judged.enterprise_id, judged.kind, judged.answer, judged.version_id, judged.reasons, judged.misses,
        daterange(%(on)s, later.until)
    from judged
    left join (select enterprise_id, kind, min(lower(during)) as until from register_standing
        where lower(during) > %(on)s group by 1, 2) later
        on later.enterprise_id = judged.enterprise_id and later.kind = judged.kind
    where not exists (select from register_standing standing where {_PAIRED} and standing.during @> %(on)s)"""
_TURNED_BACK = f"""select standing.id, before.id, upper(standing.during)
    from judged
    join register_standing standing on {_PAIRED} and lower(standing.during) = %(on)s
    join register_standing before on before.enterprise_id = standing.enterprise_id and before.kind = standing.kind
        and upper(before.during) = %(on)s
    where (before.answer, before.reasons, before.misses)
        is not distinct from (standing.answer, standing.reasons, standing.misses)"""
_STRETCH = """update register_standing standing set during = daterange(lower(during), stretched.until)
    from unnest(%s::bigint[], %s::date[]) as stretched (id, until) where standing.id = stretched.id"""

_ANSWERS = ", ".join(
    f"coalesce(max(judged.answer) filter (where judged.kind = '{kind}'), 'unknown') as {kind}" for kind in RuleKind
)
_SET = ", ".join(f"{kind} = said.{kind}" for kind in RuleKind)
_OLD = ", ".join(f"card.{kind}" for kind in RuleKind)
_NEW = ", ".join(f"said.{kind}" for kind in RuleKind)
_CARDS = f"""update register_card card set {_SET}
    from (select each.enterprise_id, {_ANSWERS} from register_card each
        left join judged on judged.enterprise_id = each.enterprise_id
        where each.association_id = %(association)s and (%(ids)s::bigint[] is null or each.enterprise_id = any(%(ids)s))
        group by 1) said
    where card.enterprise_id = said.enterprise_id and ({_OLD}) is distinct from ({_NEW})"""
