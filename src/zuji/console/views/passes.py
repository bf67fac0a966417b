"""Passes: the list, signing walkers up by typing or from a workbook, and printing."""

from collections.abc import Sequence
from functools import partial

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from zuji.checkin import walkers
from zuji.checkin.access import visible_passes
from zuji.checkin.listings import passes_listed
from zuji.checkin.models import Campaign, Pass
from zuji.checkin.walkers import NewWalker
from zuji.committee.access import visible_participants
from zuji.committee.models import ParticipantOrganisation
from zuji.console.blocks import wizard
from zuji.console.blocks.columns import Count, Link, Moment, Text, Word
from zuji.console.blocks.files import file_answer
from zuji.console.blocks.filters import ListFilters, Rows, Search, Words
from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.lists import Listing, ListTable, list_page, narrowed
from zuji.console.blocks.once import once
from zuji.console.blocks.staging import Staged
from zuji.console.bulk_acts import WITHDRAW
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.errors import Refusal
from zuji.console.pages import Desk, desk, show
from zuji.console.pass_sheet import MOST, pass_sheet
from zuji.core.errors import Refused
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of

STATES = {"good": "yes", "withdrawn": "gone"}


class PassTable(ListTable):
    pk = Link("pass.pass", route="console:pass", args=("campaign_id", "pk"))
    organisation = Text("pass.organisation", accessor="organisation__name", order_by=("organisation__sort_key", "pk"))
    nickname = Text("pass.nickname", accessor="detail__nickname", empty="pass.no_name")
    group = Text("pass.group", empty="pass.no_group")
    origin = Word("pass.origin", prefix="pass_origin", order_by=("on_the_spot",))
    state = Word("pass.state", prefix="pass_state", states=STATES)
    checkins = Count("pass.checkins")
    joined_at = Moment("pass.joined")


def _organisations(request: HttpRequest) -> QuerySet[ParticipantOrganisation]:
    account, at = desk(request)
    return visible_participants(account, Right.SEE_PASSES, at=at)


class PassFilters(ListFilters):
    q = Search("pk", "detail__nickname", "group")
    organisation = Rows("pass.organisation", queryset=_organisations)
    state = Words("pass.state", prefix="pass_state", keys=list(STATES))
    origin = Words("pass.origin", prefix="pass_origin", keys=["signed_up", "on_the_spot"])


LISTING = Listing(
    table=PassTable,
    filters=PassFilters,
    file="passes",
    empty="pass.empty",
    template="console/passes.html",
    acts=(WITHDRAW,),
)


@needs(Right.SEE_PASSES)
def passes(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A campaign's passes; a contact's are those of their own organisations."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_PASSES)
    page = campaign_page(campaign, "passes")
    return list_page(
        request, page, LISTING, _rows(request, campaign), campaign=campaign, rights=rights_of(account, at=at)
    )


def _rows(request: HttpRequest, campaign: Campaign) -> QuerySet[Pass]:
    account, at = desk(request)
    return passes_listed(visible_passes(account, at=at).filter(campaign=campaign))


@needs(Right.ISSUE_PASSES)
def passes_print(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The passes that the list shows as sheets to cut: a code each, with the name where one was given."""
    (_, at), campaign = campaign_desk(request, campaign_id, Right.ISSUE_PASSES)
    shown = narrowed(request, LISTING, _rows(request, campaign))
    chosen = [each for each in shown if each.token and each.withdrawn_at is None]
    if not chosen:
        raise Refused(Refusal.NO_PASSES_TO_PRINT)
    if len(chosen) > MOST:
        raise Refused(Refusal.TOO_MANY_TO_PRINT, n=len(chosen), most=MOST)
    return file_answer(pass_sheet(campaign, chosen, at=at), name="passes.pdf", at=at, inline=True)


class WalkersForm(Form):
    """Walkers of one organisation: names a line each, or a number of passes without names."""

    keys = {
        "organisation": "pass.organisation",
        "names": "walkers.names",
        "unnamed": "walkers.unnamed",
        "group": "pass.group",
    }
    helped = ("names", "unnamed", "group")

    organisation: "forms.ModelChoiceField[ParticipantOrganisation]" = forms.ModelChoiceField(queryset=None)
    names = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 6}))
    unnamed = forms.IntegerField(required=False, min_value=0, max_value=500)
    group = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: object, organisations: QuerySet[ParticipantOrganisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].empty_label = gettext("form.choose")  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if organisations.count() == 1:
            self.fields["organisation"].initial = organisations.first()

    def walkers(self) -> Sequence[NewWalker]:
        """One for each line and one for each pass without a name."""
        data = self.cleaned_data
        names = [line.strip() for line in data["names"].splitlines() if line.strip()]
        new = partial(NewWalker, organisation_id=data["organisation"].pk, group=data["group"])
        return [*(new(nickname=name) for name in names), *(new() for _ in range(data["unnamed"] or 0))]


@needs(Right.IMPORT_WALKERS)
def walkers_add(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Sign walkers up by typing."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.IMPORT_WALKERS)
    own = visible_participants(account, Right.IMPORT_WALKERS, at=at).filter(association=campaign.association_id)
    form = WalkersForm(
        request.POST or None, organisations=own, initial={"organisation": request.GET.get("organisation")}
    )

    def act() -> None:
        walkers.add_walkers(actor=account, campaign_id=campaign.pk, walkers=form.walkers(), at=at)

    back = reverse("console:passes", args=[campaign.pk])
    if form.is_valid() and attempt(form, lambda: once(request, act)):
        messages.success(request, gettext("walkers.added"))
        return redirect(f"{back}?organisation={form.cleaned_data['organisation'].pk}")
    page = campaign_page(campaign, "passes", title=gettext("walkers.add.title"), lead=gettext("walkers.add.lead"))
    return show(request, "console/form.html", page, form=form, back=back, status=422 if form.errors else 200)


def _import(campaign: Campaign) -> wizard.Wizard:
    def take(at_desk: Desk, file: Staged) -> wizard.Taken:
        return walkers.import_walkers(
            actor=at_desk.account,
            campaign_id=campaign.pk,
            data=file.data,
            file=file.name,
            at=at_desk.at,
            again=file.again,
        )

    title, lead = gettext("walkers.import.title"), gettext("walkers.import.lead")
    return wizard.Wizard(
        page=campaign_page(campaign, "passes", title=title, lead=lead),
        take=take,
        words="walker",
        example="walkers.import.example",
        url=reverse("console:walkers_import", args=[campaign.pk]),
        back=reverse("console:passes", args=[campaign.pk]),
    )


@needs(Right.IMPORT_WALKERS)
def walkers_import(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Choose a workbook of walkers."""
    _, campaign = campaign_desk(request, campaign_id, Right.IMPORT_WALKERS)
    return wizard.choose(request, _import(campaign))


@needs(Right.IMPORT_WALKERS)
def walkers_confirm(request: HttpRequest, campaign_id: int, token: str) -> HttpResponse:
    """Look at it, and take it."""
    _, campaign = campaign_desk(request, campaign_id, Right.IMPORT_WALKERS)
    return wizard.confirm(request, _import(campaign), token)
