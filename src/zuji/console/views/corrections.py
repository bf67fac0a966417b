"""What was taken back or put back, by whom and why."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from zuji.checkin.access import visible_items
from zuji.checkin.listings import corrections_listed
from zuji.checkin.models import Correction
from zuji.console.blocks.columns import Code, MomentLink, Text, Word
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.views.checkins import PlaceColumn
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs


class CorrectionTable(ListTable):
    at = MomentLink("checkin.at", route="console:checkin", args=("campaign_id", "item_id"))
    kind = Word("correction.kind", prefix="correction", css="nb")
    organisation_name = Text("checkin.organisation")
    checkpoint = PlaceColumn("checkin.checkpoint")
    pass_id = Code("checkin.pass", empty="checkin.seats", css="nb")
    by = Text("correction.by", empty="history.system", orderable=False)
    reason = Text("checkin.reason", empty="")

    def prepare(self, rows: Sequence[Correction]) -> None:
        self.names = names_of(row.by for row in rows)

    def render_by(self, value: int) -> str:
        return self.names.get(value) or gettext("account.erased")


LISTING = Listing(table=CorrectionTable, file="corrections", empty="correction.empty")


@needs(Right.SEE_CHECKINS)
def corrections(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A campaign's corrections."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_CHECKINS)
    rows = corrections_listed(visible_items(account, at=at).filter(campaign=campaign))
    return list_page(request, campaign_page(campaign, "corrections"), LISTING, rows)
