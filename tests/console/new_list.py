"""A list page as an engineer adds one: everything that the block has, in few lines."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from zuji.committee.access import access_organisation, visible_organisations
from zuji.committee.enums import OrganisationKind
from zuji.console.blocks.bulk import BulkAct, Turn, same
from zuji.console.blocks.columns import Count, Text, Word
from zuji.console.blocks.filters import ListFilters, Search, Words
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.pages import Desk, desk, entry_page
from zuji.core.works import Ended
from zuji.people.enums import Right
from zuji.people.guards import needs


class BranchTable(ListTable):
    name = Text("participant.name")
    kind = Word("participant.kind", prefix="organisation_kind")
    pk = Count("works.number", shown=False)


class BranchFilters(ListFilters):
    q = Search("name")
    kind = Words("participant.kind", prefix="organisation_kind", keys=OrganisationKind.values)


def touch(turn: Turn) -> Ended:
    access_organisation(turn.desk.account, turn.key, Right.EDIT_ORGANISATIONS, at=turn.desk.at, lock=True)
    return same()


def named(at_desk: Desk, keys: Sequence[int]) -> dict[int, str]:
    rows = visible_organisations(at_desk.account, at=at_desk.at).filter(pk__in=keys)
    return dict(rows.values_list("pk", "name"))


TOUCH = BulkAct(key="touch", right=Right.EDIT_ORGANISATIONS, act=touch, names=named)
LISTING = Listing(table=BranchTable, filters=BranchFilters, file="new", empty="participants.empty", acts=(TOUCH,))


@needs(Right.SEE_ORGANISATIONS)
def branches(request: HttpRequest) -> HttpResponse:
    account, at = desk(request)
    page = entry_page("organisations", "participants")
    return list_page(request, page, LISTING, visible_organisations(account, at=at))
