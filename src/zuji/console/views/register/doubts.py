"""The queue of doubtful pairs: two rows side by side, what speaks for and against, and a person's word."""

from typing import Any, Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse

from zuji.console.blocks.queue import Answer, Queue, queue_page
from zuji.console.pages import Desk, desk, entry_page
from zuji.console.views.register.comparing import compared
from zuji.console.views.register.words import reasons_told
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.register import actions
from zuji.register.access import visible_doubts
from zuji.register.enums import DoubtState
from zuji.register.fields import Field
from zuji.register.models import Doubt
from zuji.register.settling import codes_asked

WAITS = Q(state__in=(DoubtState.WAITING, DoubtState.LATER))
DECIDED = Q(state__in=(DoubtState.SAME, DoubtState.DIFFERENT))
TITLE_CHARS: Final = 12


def _answer(state: DoubtState, reason: str = "") -> Answer:
    def act(at_desk: Desk, key: int) -> object:
        account, at = at_desk
        return actions.decide_doubt(actor=account, doubt_id=key, state=state, reason=reason, at=at)

    return Answer(state.value, act)


def _undo(at_desk: Desk, key: int) -> object:
    return actions.take_back_decision(actor=at_desk.account, doubt_id=key, at=at_desk.at)


STATES: Final = (DoubtState.SAME, DoubtState.DIFFERENT, DoubtState.LATER)
REASON_CHARS: Final = 200
"""As long as a reason may be; what is longer is not sent by the page."""


def asked_in_order(rows: QuerySet[Doubt]) -> QuerySet[Doubt]:
    """The most useful first; what somebody put off comes after everything else."""
    is_late = Case(When(state=DoubtState.LATER, then=Value(1)), default=Value(0), output_field=IntegerField())
    joined = ("one__source__authority", "one__detail", "other__source__authority", "other__detail")
    return rows.select_related(*joined).order_by(is_late, "rank", "pk")


def title_of(doubt: Doubt) -> str:
    """A pair by the names of its rows."""
    names = (str(row.values.get(Field.NAME, ""))[:TITLE_CHARS] for row in (doubt.one, doubt.other))
    return " ? ".join(names)


def _beside(card: Any) -> dict[str, object]:  # noqa: ANN401 - a doubt
    fields = compared(card.one, card.other, personal=True)
    codes = codes_asked(card)
    return {
        "fields": fields,
        "reasons": reasons_told(card.why, "linking"),
        "two_codes": codes if len(codes) > 1 else [],
        "reason_chars": REASON_CHARS,
    }


@needs(Right.DECIDE_DOUBTS)
def doubts(request: HttpRequest) -> HttpResponse:
    """One pair after the other."""
    account, at = desk(request)
    reason = request.POST.get("reason", "").replace("\0", "")[:REASON_CHARS]
    queue = Queue(
        name="doubts",
        words="doubt_answer",
        empty="doubts.none_waits",
        rows=asked_in_order(visible_doubts(account, Right.DECIDE_DOUBTS, at=at)),
        waits=WAITS,
        decided=DECIDED,
        title=title_of,
        card="console/register/pair.html",
        answers=tuple(_answer(state, reason) for state in STATES),
        undo=_undo,
        beside=_beside,
    )
    return queue_page(request, entry_page("register", "doubts"), queue, template="console/register/doubts.html")
