"""Search of firms by a text.

What few have is looked up in the index of parts, and sorted. What many have is soon met by reading the list in its own
order, where the index would have all of them fetched for one page.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan

from zuji.register.codes import fold_code, is_sound
from zuji.register.finding import asked_grams, folded
from zuji.register.models import Card

PAGE: Final = 40
SAMPLED: Final = 1000
DEARER: Final = 3
"""How many times a card that is read in order costs one that the index tells of, which are fetched place by place."""
SAMPLE = """
    select count(*) filter (where strpos(search_key, %(asked)s) between 1 and %(last)s), count(*)
    from register_card tablesample system (%(percent)s) repeatable (1)
"""
"""The same pages each time, so that they are at hand."""


def search(cards: QuerySet[Card], text: str) -> QuerySet[Card]:
    """Cards by part of a name, pinyin, initials, code, domain, brand or filing, in the order of names.

    Traditional characters and wide letters find what is written otherwise; one character finds what begins with it.
    """
    code = fold_code(text)
    if is_sound(code):
        return cards.filter(code=code)
    asked = folded(text)
    if not asked:
        return cards.none()
    if _is_common(asked):
        # no index holds the place of a text, and the planner takes the list's own order for it
        place = StrIndex("search_key", Value(asked))
        return cards.filter(Exact(place, Value(1)) if len(asked) == 1 else GreaterThan(place, Value(0)))
    # said besides the index's parts, it also tells the planner that these are few, and not to go looking in order
    found = cards.filter(search_key__startswith=asked) if len(asked) == 1 else cards.filter(search_key__contains=asked)
    ways = asked_grams(asked)
    return found.filter(_any_of(ways)) if ways else found


def _any_of(ways: Sequence[Sequence[str]]) -> Q:
    narrowed = Q()
    for way in ways:
        narrowed |= Q(grams__contains=list(way))
    return narrowed


def _is_common(asked: str) -> bool:
    """Whether, by a sample, so many cards have a text that a page of them is met sooner in order than by the index.

    In order a page is met after `PAGE / share` cards, where nothing draws those that have it together; the index
    fetches `share * cards`.
    """
    with connection.cursor() as cursor:
        cursor.execute("select greatest(reltuples, 1) from pg_class where oid = 'register_card'::regclass")
        (cards,) = cursor.fetchone()
        last = 1 if len(asked) == 1 else 1 << 30
        cursor.execute(SAMPLE, {"asked": asked, "last": last, "percent": min(100.0, 100 * SAMPLED / cards)})
        having, looked_at = cursor.fetchone()
    return bool(having > looked_at * DEARER * sqrt(PAGE / max(cards, looked_at, PAGE)))
