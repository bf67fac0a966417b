"""What waits in the census: rounds that run, forms to be filled in, to be checked, rounds to be closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.today.now import Now, Waiting
from zuji.console.views.register.census_words import listed, round_page
from zuji.core.templatetags.words import day as day_told
from zuji.core.templatetags.words import number, say
from zuji.people.enums import Right
from zuji.register.census.access import visible_forms, visible_rounds
from zuji.register.census.models import CensusRound
from zuji.register.census.queries import DONE, counted
from zuji.register.enums import FormState

A_DAY = timedelta(days=1)


def _rounds(now: Now, right: Right) -> list[CensusRound]:
    """Rounds over which a right is held that have begun and are not closed, those that end first on top."""
    rows = visible_rounds(now.account, right, at=now.at).filter(closed_at=None, opens_on__lte=now.today)
    return list(rows.defer("questionnaire").order_by("closes_on", "pk"))


def _due(now: Now, held: CensusRound) -> datetime:
    return now.midnight(held.closes_on + A_DAY) - timedelta(minutes=1)


def running(now: Now) -> Iterator[Waiting]:
    """Rounds that run, with how many forms are still to come; and those whose last day is over."""
    rounds = _rounds(now, Right.RUN_CENSUS)
    counts = counted(visible_forms(now.account, Right.RUN_CENSUS, at=now.at), [each.pk for each in rounds])
    for held in rounds:
        of_all = counts.get(held.pk, {})
        missing = of_all.get("forms", 0) - sum(of_all.get(state, 0) for state in DONE)
        is_over = held.closes_on < now.today
        key = "today.census_over" if is_over else "today.census_running"
        yield Waiting(
            what=say(key, name=held.name),
            note=say(f"{key}.note", n=missing, last=day_told(held.closes_on), forms=number(of_all.get("forms", 0))),
            do=gettext(f"{key}.do"),
            url=reverse("console:census_close", args=[held.pk]) if is_over else round_page(held),
            due=_due(now, held),
        )


def to_check(now: Now) -> Iterator[Waiting]:
    """Forms that were handed in."""
    for held in _rounds(now, Right.RUN_CENSUS):
        rows = visible_forms(now.account, Right.RUN_CENSUS, at=now.at)
        if count := rows.filter(round=held, state=FormState.HANDED_IN).count():
            yield Waiting(
                what=gettext("today.census_check"),
                note=held.name,
                do=gettext("today.census_check.do"),
                url=listed(held.pk, state=FormState.HANDED_IN),
                count=count,
            )


def own_forms(now: Now) -> Iterator[Waiting]:
    """Of whoever goes from firm to firm: the forms of their towns that are still to be handed in."""
    if not now.scope(Right.ENTER_CENSUS).towns:
        return
    for held in _rounds(now, Right.ENTER_CENSUS):
        rows = visible_forms(now.account, Right.ENTER_CENSUS, at=now.at).filter(round=held).exclude(state__in=DONE)
        if held.closes_on >= now.today and (count := rows.count()):
            back = rows.filter(state=FormState.SENT_BACK).count()
            yield Waiting(
                what=say("today.census_own", name=held.name),
                note=say("today.census_own.back", n=back) if back else gettext("today.census_own.note"),
                do=gettext("today.census_own.do"),
                url=listed(held.pk, done="no"),
                count=count,
                due=_due(now, held),
            )
