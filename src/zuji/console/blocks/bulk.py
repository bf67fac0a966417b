"""Acts on many rows of a list: what would happen is shown before the yes, and is the act itself taken back.

Up to `AT_ONCE` rows are done at once, in one transaction; if they would not do what was shown, nothing is done and it
is shown anew. More become a long work, row by row, of which the first rows are tried out beforehand. Either way what
became of each row is kept, with its reason, and an act that knows how can be undone.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext

from zuji.console.blocks.forms import Form
from zuji.console.errors import Refusal
from zuji.console.pages import Desk
from zuji.core import works
from zuji.core.enums import RowState
from zuji.core.errors import Refused
from zuji.core.models import Work, WorkRow
from zuji.core.templatetags.words import say, short_language
from zuji.core.texts import say as say_both
from zuji.core.works import Ended, Progress
from zuji.people.access import account_of
from zuji.people.enums import Right

AT_ONCE = 200
TRIED = 50
"""Rows that are tried out beforehand where there are too many to try them all."""
TOLD_ROWS = 20
SHOWN_FIRST = (RowState.REFUSED, RowState.SAME, RowState.CHANGED)
"""What wants a look comes first."""
KIND = "bulk"
LISTS = "zuji.console.urls"
"""What imports every list, and with it every act; the worker serves no pages."""

Names = Callable[[Desk, Sequence[int]], Mapping[int, str]]


class Turn(NamedTuple):
    """One row's turn: who acts and when, the row's key, and what the act's form says, or what an undo puts back."""

    desk: Desk
    key: int
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class BulkAct:
    """What can be done to many rows of a list; its words stand under `bulk.<key>`.

    `act` does it to one row and says what became of it: `changed` with what an undo needs, or `same`; what refuses
    raises as everywhere. `names` finds what rows are called, for whoever asks. `form` asks for what the act needs.
    Without `undo` the words under `bulk.<key>.no_undo` say why not.
    """

    key: str
    right: Right
    act: Callable[[Turn], Ended]
    names: Names
    form: type[Form] | None = None
    undo: Callable[[Turn], Ended] | None = None

    def __post_init__(self) -> None:
        if ACTS.setdefault(self.key, self) is not self:
            raise ValueError(self.key)  # works are kept by the keys of their acts, so a key is one act's for ever


ACTS: dict[str, BulkAct] = {}


def changed(**before: object) -> Ended:
    """The row was changed; `before` is what an undo puts back: keys, codes and dates, never personal values."""
    return Ended(RowState.CHANGED, facts=before)


def same(code: str = Refusal.ALREADY_SO) -> Ended:
    """The row is so already and stays as it is."""
    return Ended(RowState.SAME, str(code))


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be done to which rows; `undo_of` is the work that is taken back, `before` what it noted by row."""

    act: BulkAct
    keys: Sequence[int]
    values: Mapping[str, object] = field(default_factory=dict)
    undo_of: int | None = None
    before: Mapping[str, works.Facts] | None = None

    @property
    def at_once(self) -> bool:
        return len(self.keys) <= AT_ONCE

    def facts(self) -> dict[str, object]:
        facts: dict[str, object] = {"act": self.act.key, "values": dict(self.values)}
        return facts if self.undo_of is None else facts | {"undo_of": self.undo_of}

    def seal(self, told: Iterable[tuple[RowState, str]]) -> str:
        """What was shown before the yes: the rows, what was asked for, and what would become of each."""
        shown = [self.keys, sorted(self.values.items()), [(str(state), code) for state, code in told]]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


class Told(NamedTuple):
    """One row in words: what it is called, and why it stays or was refused."""

    name: str
    why: str


class Group(NamedTuple):
    """Rows that would become the same: how many, in words, the first of them, and how many more there are."""

    state: str
    label: str
    rows: Sequence[Told]
    hidden: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an order would do: how many rows become what, and the first of each, in words.

    `tried` is how many were tried out; with more rows than that the rest is tried in its turn.
    """

    order: Order
    tried: int
    counts: Mapping[str, int]
    groups: Sequence[Group]
    seal: str

    @property
    def doing(self) -> str:
        """What the button that does it says."""
        order = self.order
        number = self.counts[RowState.CHANGED] if order.at_once else len(order.keys)
        what = say(f"bulk.{order.act.key}.do", n=number)
        return what if order.at_once else say("bulk.in_background", what=what)


def act_of(work: Work) -> BulkAct | None:
    """The act that a work does; None for works of another kind."""
    import_module(LISTS)
    return ACTS[work.facts["act"]] if work.kind == KIND else None


def preview(at_desk: Desk, order: Order) -> Preview:
    """Do it and take everything back."""
    first = order if order.at_once else replace(order, keys=order.keys[:TRIED])
    with transaction.atomic():
        rows = list(_do(at_desk, first).rows.all())
        transaction.set_rollback(True)
    counts = {state: sum(row.state == state for row in rows) for state in RowState.values}
    groups = _groups(rows, tell(at_desk, order.act, rows))
    return Preview(order=order, tried=len(rows), counts=counts, groups=groups, seal=_seal(order, rows))


def _groups(rows: Sequence[WorkRow], told: Mapping[str, Told]) -> list[Group]:
    by_state = {state: [told[row.key] for row in rows if row.state == state] for state in SHOWN_FIRST}
    return [
        Group(state, say(f"bulk.{state}", n=len(found)), found[:TOLD_ROWS], max(0, len(found) - TOLD_ROWS))
        for state, found in by_state.items()
        if found
    ]


def perform(at_desk: Desk, order: Order, *, seal: str) -> Work | None:
    """Do what was shown; None when it would no longer be that, and nothing is done."""
    if not order.at_once:
        return start(at_desk, order) if seal == _seal(order, ()) else None
    with transaction.atomic():
        work = _do(at_desk, order)
        if _seal(order, work.rows.all()) == seal:
            return work
        transaction.set_rollback(True)
    return None


def _seal(order: Order, rows: Iterable[WorkRow]) -> str:
    return order.seal((RowState(row.state), row.code) for row in rows) if order.at_once else order.seal(())


@transaction.atomic
def start(at_desk: Desk, order: Order) -> Work:
    """Leave it to the worker, row by row."""
    work = works.start(**_asked(at_desk, order))
    works.lay_rows(work, order.keys, facts=order.before)
    return work


def _do(at_desk: Desk, order: Order) -> Work:
    """Do it here and now, within the transaction that is open."""
    work = works.begin(**_asked(at_desk, order))
    works.lay_rows(work, order.keys, facts=order.before)
    return works.run_quietly(work.pk, now=lambda: at_desk.at) or work


def _asked(at_desk: Desk, order: Order) -> dict[str, Any]:
    account, at = at_desk
    asked = {"actor": account, "association_id": account.association_id, "at": at}
    return asked | {"kind": KIND, "facts": order.facts(), "total": len(order.keys)}


def undo(at_desk: Desk, work: Work) -> Work:
    """Take back what a work changed, row by row, where nobody has changed it since."""
    act = act_of(work)
    if act is None or act.undo is None:
        raise Refused(Refusal.CANNOT_BE_UNDONE, why=no_undo(act))
    before = dict(work.rows.filter(state=RowState.CHANGED).values_list("key", "facts"))
    if not before:
        raise Refused(Refusal.NOTHING_TO_UNDO)
    order = Order(act=act, keys=sorted(map(int, before)), undo_of=work.pk, before=before)
    if not order.at_once:
        return start(at_desk, order)
    with transaction.atomic():
        return _do(at_desk, order)


def no_undo(act: BulkAct | None) -> str:
    """Why an act cannot be taken back; nothing where it can, or where there is none."""
    return "" if act is None or act.undo else gettext(f"bulk.{act.key}.no_undo")


@works.long_work(KIND)
def run(progress: Progress, facts: works.Facts) -> works.Outcome:
    """Do one row after the other, each by the act itself, with whatever rights there are when its turn comes."""
    import_module(LISTS)
    account, act = account_of(progress.work.actor), ACTS[facts["act"]]
    undone = act.undo if "undo_of" in facts else None
    values = _cleaned(act.form, facts["values"]) if act.form and undone is None else {}

    def turn(row: WorkRow) -> Ended:
        at_desk = Desk(account, progress.now())
        if undone is not None:
            return undone(Turn(at_desk, int(row.key), row.facts))
        return act.act(Turn(at_desk, int(row.key), values))

    progress.each(turn)
    return dict(works.counts(progress.work))


def _cleaned(form: type[Form], raw: Mapping[str, object]) -> Mapping[str, Any]:
    read = form(raw)
    read.full_clean()
    return read.cleaned_data


def tell(at_desk: Desk, act: BulkAct | None, rows: Sequence[WorkRow]) -> dict[str, Told]:
    """Rows in words, by key: without a name where whoever asks does not see them, and of other works by their keys."""
    if act is None:
        return {row.key: Told(row.key, why(row)) for row in rows}
    names = act.names(at_desk, [int(row.key) for row in rows])
    unknown = gettext("core.unknown")
    return {row.key: Told(names.get(int(row.key)) or unknown, why(row)) for row in rows}


def why(row: WorkRow) -> str:
    """Why a row stays or was refused, in the reader's language; nothing for one that was changed."""
    return say_both(row.code, row.facts)[short_language()] if row.code else ""


def undone_by(at_desk: Desk, work: Work) -> Work | None:
    """The work that took this one back, or is about to."""
    found: Work | None = works.own_works(at_desk.account).filter(kind=KIND, facts__undo_of=work.pk).first()
    return found
