"""What waits in the register: doubtful pairs, and lists that were read and not yet taken in."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.today.now import Now, Waiting
from zuji.people.enums import Right
from zuji.register.access import visible_doubts, visible_lists
from zuji.register.enums import DoubtState, ListState


def doubts(now: Now) -> Iterator[Waiting]:
    """Pairs of which a person is asked whether they are one firm."""
    rows = visible_doubts(now.account, Right.DECIDE_DOUBTS, at=now.at)
    if count := rows.filter(state=DoubtState.WAITING).count():
        yield Waiting(
            what=gettext("today.doubts"),
            note=gettext("today.doubts.note"),
            do=gettext("today.doubts.do"),
            url=reverse("console:doubts"),
            count=count,
        )


def staged(now: Now) -> Iterator[Waiting]:
    """Lists that were read to be looked at."""
    rows = visible_lists(now.account, Right.IMPORT_LISTS, at=now.at).filter(state=ListState.STAGED)
    keys = list(rows.values_list("pk", "authority__name"))
    if not keys:
        return
    one = len(keys) == 1
    yield Waiting(
        what=gettext("today.staged"),
        note=gettext("list.comma").join(dict.fromkeys(name for _, name in keys)),
        do=gettext("today.staged.do"),
        url=reverse("console:list", args=[keys[0][0]])
        if one
        else f"{reverse('console:lists')}?state={ListState.STAGED}",
        count=len(keys),
    )
