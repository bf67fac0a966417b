"""A queue: what must be decided, one card after the other, by keys, with the last answers to be taken back.

A new queue is a card's template, its answers and one call of `queue_page`; see `views/impressions.py`. Every answer is
a plain form; two people who work on one queue are dealt different cards, and where they still meet, the act of the
second is refused by the act itself, who is told so and goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zuji.console.pages import Desk, Page, desk, show
from zuji.core.errors import NotFound, Refused
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say

HELD_S: Final = 90
"""So long others are dealt another card than the one that somebody looks at."""
LOOKS_AHEAD: Final = 12
REMEMBERED: Final = 50
"""Answers that can be taken back, and cards that were put off, by one person in one sitting."""

Act = Callable[[Desk, Any], object]


@dataclass(frozen=True)
class Answer:
    """An answer: its key, with words under `<queue's words>.<key>`, and what it does to a card, given by its key."""

    key: str
    act: Act


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What is decided, and how. `name` tells it from other queues; `words` is the family of its answers' words, `empty`
    the key of what is said when nothing waits.

    Of `rows`, in their order, `waits` says which wait and `decided` which are done. `title` calls a card by a few
    words; `card` is the template of one, which gets it as `card` together with what `beside` adds. Without `undo` an
    answer is final.
    """

    name: str
    words: str
    empty: str
    rows: QuerySet[Any]
    waits: Q
    decided: Q
    title: Callable[[Any], str]
    card: str
    answers: tuple[Answer, ...]
    undo: Act | None = None
    beside: Callable[[Any], dict[str, object]] = lambda _: {}

    @property
    def waiting(self) -> QuerySet[Any]:
        """The cards that wait."""
        return self.rows.filter(self.waits)

    def key(self, text: str) -> Any:  # noqa: ANN401 - whatever a row's key is
        """A card's key as it came from a form; NotFound for what can be none."""
        try:
            return self.rows.model._meta.pk.to_python(text)
        except ValidationError as error:
            raise NotFound(self.name) from error

    def answer(self, key: str) -> Answer:
        """One of its answers."""
        found = next((each for each in self.answers if each.key == key), None)
        if found is None:
            raise NotFound(self.name)
        return found


@dataclass
class Sitting:
    """What somebody did at a queue since they signed in, by keys: put off, answered (key and answer), and was told."""

    put_off: list[str] = field(default_factory=list)
    done: list[list[str]] = field(default_factory=list)
    next_up: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, queue: Queue) -> "Sitting":
        """As the session remembers it."""
        return cls(**request.session.get(_name(queue), {}))

    def keep(self, request: HttpRequest, queue: Queue) -> None:
        """Into the session again, the latest of it."""
        self.put_off, self.done = self.put_off[-REMEMBERED:], self.done[-REMEMBERED:]
        request.session[_name(queue)] = vars(self)


@dataclass(frozen=True)
class Last:
    """The latest answer of a sitting, which can be taken back."""

    title: str
    answer: str


def queue_page(
    request: HttpRequest,
    page: Page,
    queue: Queue,
    *,
    template: str = "console/queue.html",
    **context: Any,  # noqa: ANN401 - whatever the template wants
) -> HttpResponse:
    """The next card, or what becomes of an answer: then back to this page, where the next one is."""
    sitting = Sitting.of(request, queue)
    if request.method == "POST":
        _take(request, queue, sitting)
        sitting.keep(request, queue)
        return HttpResponseRedirect(request.path, status=303)
    before = Sitting(**vars(sitting))
    card, told = _deal(request, queue, sitting), sitting.told
    sitting.told, sitting.next_up = {}, ""
    if sitting != before:
        sitting.keep(request, queue)
    left = queue.waiting.count()
    context |= queue.beside(card) if card else {}
    return show(
        request,
        template,
        page,
        queue=queue,
        card=card,
        told=say(told["code"], told["facts"])[short_language()] if told else "",
        left=left,
        done=queue.rows.filter(queue.decided).count(),
        last=_last(queue, sitting),
        **context,
    )


def _last(queue: Queue, sitting: Sitting) -> Last | None:
    if not queue.undo or not sitting.done:
        return None
    key, answer = sitting.done[-1]
    row = queue.rows.filter(pk=key).first()
    return Last(queue.title(row), answer) if row else None


def _take(request: HttpRequest, queue: Queue, sitting: Sitting) -> None:
    """An answer, a card that is put off, or the last answer taken back; a refusal is kept for the next page."""
    try:
        if "undo" in request.POST:
            _undo(desk(request), queue, sitting)
        elif "later" in request.POST:
            sitting.put_off.append(str(queue.key(request.POST.get("card", ""))))
        else:
            _answer(request, queue, sitting)
    except (NotFound, Refused) as problem:
        facts = {name: str(fact) for name, fact in problem.facts.items()}
        sitting.told = {"code": problem.code, "facts": facts}


def _answer(request: HttpRequest, queue: Queue, sitting: Sitting) -> None:
    answer, key = queue.answer(request.POST.get("answer", "")), queue.key(request.POST.get("card", ""))
    answer.act(desk(request), key)
    sitting.done.append([str(key), answer.key])
    cache.delete(_hold(queue, key))


def _undo(at_desk: Desk, queue: Queue, sitting: Sitting) -> None:
    if queue.undo and sitting.done:
        key, _ = sitting.done.pop()
        queue.undo(at_desk, queue.key(key))
        sitting.next_up = key


def _deal(request: HttpRequest, queue: Queue, sitting: Sitting) -> Any | None:  # noqa: ANN401 - a row of the queue
    """The card to look at: one that is asked for, one just taken back, else the first that nobody else looks at."""
    asked = request.GET.get("card") or sitting.next_up
    card = queue.waiting.filter(pk=queue.key(asked)).first() if asked else None
    if card is None:
        card = _next(request, queue, queue.waiting.exclude(pk__in=sitting.put_off))
    if card is None and sitting.put_off:
        sitting.put_off = []
        card = _next(request, queue, queue.waiting)
    if card is not None and not getattr(request, "viewing", None):
        cache.set(_hold(queue, card.pk), desk(request).account.pk, HELD_S)
    return card


def _next(request: HttpRequest, queue: Queue, rows: QuerySet[Any]) -> Any | None:  # noqa: ANN401 - a row of the queue
    own = desk(request).account.pk
    cards = list(rows[:LOOKS_AHEAD])
    held = cache.get_many([_hold(queue, card.pk) for card in cards])
    free = (card for card in cards if held.get(_hold(queue, card.pk), own) == own)
    # where others look at all of them, better the same card twice than none
    return next(free, cards[0] if cards else None)


def _hold(queue: Queue, key: object) -> str:
    return f"{_name(queue)}.{key}"


def _name(queue: Queue) -> str:
    return f"queue.{queue.name}"
