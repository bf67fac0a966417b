"""A house with something in every room: an association, an account of every role, and rows of every kind.

Whatever walks over all pages is built on it: axe, sizes, keyboard, bad input, pictures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.cast import DAY, account, campaign, checkpoint, grant, participant
from tests.checkin.desks import Counter, item, new_pass, serial
from tests.console.registered import authority, doubt, firm, row, source
from tests.people.test_rights_table import Things, things
from zuji.checkin.actions import issue_poster
from zuji.checkin.corrections import take_back
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Pass, PassDetail
from zuji.checkin.serials import code_of
from zuji.committee.actions import change_participant
from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.committee.organising import add_organisation, affiliate, end_organisation, guide
from zuji.committee.values import OrganisationValues, ParticipantValues
from zuji.core.enums import RowState, WorkState
from zuji.core.ids import b64, spoken
from zuji.core.models import Association, AuditEntry, Work, WorkRow
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages.access import owner_of
from zuji.people.messages.actions import add_destination
from zuji.people.messages.enums import Channel, DeliveryState, Topic
from zuji.people.messages.models import Delivery, Notice
from zuji.people.messages.telling import delivery_of
from zuji.people.messages.values import NewDestination
from zuji.people.models import Account, SavedView
from zuji.people.rights import SCOPES
from zuji.register.census import actions as census
from zuji.register.census.queries import token_of
from zuji.register.census.questionnaire import default
from zuji.register.census.values import InScope, RoundValues
from zuji.register.enums import Answer, ListState
from zuji.register.rules.actions import lay_rules
from zuji.trail.enums import DeclineReason, ImpressionState
from zuji.trail.models import Exhibit, Hall, Impression, Leg, Site, Stop, StopCheckpoint

LONG = "番禺区互联网企业联合党支部与网络文化协会会员单位联合报名处（广州大学城片区）"
KINDS = tuple(ParticipantKind)
CENSUS = {"operating": "yes", "premises": "yes", "staff": "12", "members": "3", "has_site": "no"}
TOWN = 440113102
"""The town of whoever goes from firm to firm."""


@dataclass
class House:
    """One of each kind of thing in `on`, an account of each role in `people`, and what routes' parameters stand for."""

    association: Association
    on: Things
    people: dict[Role, Account]
    keys: dict[str, Any] = field(default_factory=dict)


def furnish(slug: str) -> House:
    """Build it wherever the ORM speaks to; nothing of it touches another association's lists."""
    association = Association.objects.create(slug=slug, name_zh=f"{slug}区", name_en=slug.title())
    walk, first = campaign(association, slug), participant(association, f"甲企业{slug}", KINDS[0], spoken())
    people = {role: _somebody(association, role, walk.pk, first.pk) for role in Role}
    on = things(people[Role.OFFICE_LEAD], walk, first)
    house = House(association, on, people)
    lent = grant(people[Role.INSTRUCTOR], Role.OFFICE, ScopeKind.ASSOCIATION, association.pk)
    lent.lent_by = people[Role.OFFICE_LEAD]
    lent.during = (DAY, DAY + timedelta(days=7))
    lent.save()
    passes = _crowd(on)
    _check_ins(on, passes)
    _trail(on)
    _impressions(on, passes)
    house.keys = _keys_of(house)
    house.keys |= _works(house) | _messages(house) | _views(house) | _organisations(house) | _register(house)
    house.keys |= _census(house)
    return house


def _somebody(association: Association, role: Role, campaign_id: int, organisation_id: int) -> Account:
    over = {
        ScopeKind.ASSOCIATION: association.pk,
        ScopeKind.ORGANISATION: organisation_id,
        ScopeKind.CAMPAIGN: campaign_id,
        ScopeKind.TOWN: TOWN,
    }[SCOPES[role]]
    return account(association, f"{association.slug}-{role}", role, SCOPES[role], over)


def _crowd(on: Things) -> list[Pass]:
    """Enough organisations and walkers for several pages of lists, some with names that are hard to fit."""
    slug = on.association.slug
    names = [f"{LONG}{slug}", f"Nansha & Panyu Interactive Technology (Guangzhou) Holdings Company Limited {slug}"]
    names += [f"单位{number:02}{slug}" for number in range(30)]
    crowd = [participant(on.association, name, KINDS[at % len(KINDS)], spoken()) for at, name in enumerate(names)]
    ParticipantOrganisation.objects.filter(pk=crowd[3].pk).update(expected=None)
    passes = [new_pass(of, on.campaign, group="" if number else "第一组") for of in crowd[:12] for number in range(5)]
    PassDetail.objects.bulk_create(PassDetail(walk_pass=each, nickname=f"走者{each.pk}") for each in passes[::2])
    return passes


def _check_ins(on: Things, passes: list[Pass]) -> None:
    """Accepted by a screen and by a poster, repeated, refused, taken back; at the one checkpoint and at a second."""
    lead, second = on.account, checkpoint(on.checkpoint.activity, 2, coord_status="unverified")
    codes = (serial(on.checkpoint, lead, CodeKind.SCREEN), serial(second, lead, CodeKind.POSTER))
    handed = [
        item(walk_pass, of, DAY + timedelta(seconds=number))
        for number, walk_pass in enumerate(passes)
        for of in codes[: 1 + number % 2]
    ]
    handed += [item(passes[0], codes[0], DAY + timedelta(minutes=1)), item(passes[1], f"{second.pk}.p1.0.AAAAAAAAAAA")]
    Counter().take_requests(batched(handed, 40), at=DAY + timedelta(minutes=2))
    about = {"actor": lead, "campaign_id": on.campaign.pk, "reason": "误扫", "at": DAY + timedelta(minutes=3)}
    take_back(item_id=UUID(handed[4]["id"]), **about)


def batched(rows: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Rows in runs of at most so many."""
    return [rows[at : at + most] for at in range(0, len(rows), most)]


def _trail(on: Things) -> None:
    """A second site with halls, reached by coach; the first has a hall with two exhibits."""
    trail, second = on.trail, on.checkpoint.activity.checkpoints.get(order=2)
    names = {"name_zh": "何小静、何虹烈士故居", "name_en": "Former home of He Xiaojing and He Hong"}
    far = Site.objects.create(association=on.association, code="FAR", short_zh="烈士故居", seal="故居", **names)
    stop = Stop.objects.create(trail=trail, site=far, order=2)
    StopCheckpoint.objects.create(stop=stop, checkpoint=second)
    Leg.objects.create(stop=stop, mode="coach", distance_m=12_000, minutes=35)
    near = trail.stops.get(order=1).site
    hall = Hall.objects.create(site=near, order=1, name_zh="第一展厅", name_en="First hall")
    for order in (1, 2):
        words = {"name_zh": f"展品{order}", "name_en": f"Exhibit {order}", "text_zh": "讲解。", "text_en": "About it."}
        Exhibit.objects.create(hall=hall, order=order, sample=True, **words)


def _impressions(on: Things, passes: list[Pass]) -> None:
    """Waiting, approved, declined and taken back."""
    for number, walk_pass in enumerate(passes[:12]):
        state = list(ImpressionState)[number % len(ImpressionState)]
        is_waiting, is_withdrawn = state == ImpressionState.WAITING, state == ImpressionState.WITHDRAWN
        decided = {} if is_waiting or is_withdrawn else {"decided_by": on.account, "decided_at": DAY}
        reason = {"reason": DeclineReason.OTHER_MATTER} if state == ImpressionState.DECLINED else {}
        Impression.objects.create(
            id=uuid4(),
            campaign=on.campaign,
            stop=on.trail.stops.get(order=1),
            walk_pass=walk_pass,
            text="" if is_withdrawn else f"走到这里，想起了很多。{number}",
            local_date=DAY.date(),
            written_at=DAY,
            received_at=DAY,
            state=state,
            **decided,
            **reason,
        )


def _works(house: House) -> dict[str, Any]:
    """A work in each state of the lead; the key is that of the one that is done."""
    lead, works = house.people[Role.OFFICE_LEAD], {}
    for state in WorkState:
        ended = DAY if state in (WorkState.DONE, WorkState.STOPPED, WorkState.FAILED) else None
        work = Work.objects.create(
            association=house.association,
            actor=lead.pk,
            kind="bulk",
            facts={"act": "passes_withdraw", "values": {"reason": "lost"}},
            state=state,
            total=4,
            done=4 if state == WorkState.DONE else 2,
            asked_at=DAY,
            started_at=None if state == WorkState.WAITING else DAY,
            ended_at=ended,
        )
        rows = [RowState.CHANGED, RowState.SAME] + [RowState.WAITING] * (state != WorkState.DONE)
        WorkRow.objects.bulk_create(
            WorkRow(work=work, number=number, key=str(house.on.walk_pass.pk), state=row)
            for number, row in enumerate(rows, 1)
        )
        works[state] = work
    return {"work_id": works[WorkState.DONE].pk}


def _messages(house: House) -> dict[str, Any]:
    """Notices read and unread, destinations of a robot and of mail, deliveries in every state."""
    lead = house.people[Role.OFFICE_LEAD]
    values = NewDestination(channel=Channel.EMAIL, address="mei@example.org")
    destination = add_destination(actor=lead, owner=owner_of(lead), values=values, at=DAY)
    facts = {"campaign": {"zh": "徒步", "en": "Walk"}, "campaign_id": house.on.campaign.pk}
    notices = [
        Notice.objects.create(
            account=lead, topic=Topic.TRAIL_OPENED, event=f"e{number}", facts=facts, made_at=DAY, read_at=read
        )
        for number, read in enumerate((None, None, DAY))
    ]
    keys = {"destination_id": destination.pk, "notice_id": notices[0].pk}
    for state in DeliveryState:
        message = Delivery(topic=Topic.TRAIL_OPENED, event=state, facts=facts, pace="minute", made_at=DAY)
        delivery = delivery_of(message, destination)
        delivery.state = state
        delivery.save()
        keys["delivery_id"] = delivery.pk
    return keys


def _organisations(house: House) -> dict[str, Any]:
    """Party organisations that are tied to each other, one that ended, and a change that can be taken back."""
    lead, slug, since = house.people[Role.OFFICE_LEAD], house.association.slug, date(2018, 11, 1)
    about = {"actor": lead, "at": DAY}
    kinds = {
        "行业党委": OrganisationKind.COMMITTEE,
        "支部": OrganisationKind.BRANCH,
        LONG: OrganisationKind.JOINT_BRANCH,
    }
    entered = [OrganisationValues(name=f"{name}{slug}", kind=kind, since=since) for name, kind in kinds.items()]
    made = [add_organisation(association_id=house.association.pk, values=values, **about) for values in entered]
    affiliate(organisation_id=made[1].pk, to_id=made[0].pk, since=since, **about)
    guide(organisation_id=made[1].pk, to_id=made[2].pk, since=since, **about)
    end_organisation(organisation_id=made[2].pk, last=DAY.date(), **about)
    values = ParticipantValues(name=f"改名企业{slug}", kind=KINDS[0], joins_as=JoinsAs.FIRM_ORGANISATION, expected=7)
    changed = change_participant(participant_id=house.on.participant.pk, values=values, **about)
    entry = AuditEntry.objects.filter(key=str(changed.pk), association=house.association).latest("pk")
    return {"organisation_id": made[1].pk, "entry_id": entry.pk}


def _register(house: House) -> dict[str, Any]:
    """Firms of some towns with rules, rows of two lists, a doubtful pair, a list to be looked at; one firm is long."""
    association = house.association
    lay_rules(association_id=association.pk, since=date(2021, 1, 1), at=DAY)
    lists = [source(authority(association, name), f"{name}.xlsx") for name in ("市场监管", "税务")]
    source(authority(association, "网信"), "网信.csv", state=ListState.STAGED)
    answers = {"three_haves": Answer.YES, "internet": Answer.NO}
    made = [firm(association, f"{LONG}{number}", rows=2, number=number, **answers) for number in range(3)]
    pair = [row(each, 900, f"石碁拾光{each.pk}", phone="020-3481", address="示例路 8 号") for each in lists]
    doubt(association, *pair)
    return {"enterprise_id": made[0].pk, "list_id": lists[0].pk, "kind": "three_haves"}


def _census(house: House) -> dict[str, Any]:
    """A round that is open, of the house's firms and one of another town, with a form in each state."""
    lead, association = house.people[Role.OFFICE_LEAD], house.association
    for number in range(4):
        firm(association, f"普查企业{number}{association.slug}", town=str(TOWN + number % 2), status="active")
    values = RoundValues(
        name=f"普查{association.slug}", opens_on=date(2021, 7, 1), closes_on=date(2021, 7, 31), questionnaire=default()
    )
    scope = InScope(answers={}, towns=frozenset({str(TOWN), str(TOWN + 1)}))
    held = census.open_round(actor=lead, association_id=association.pk, values=values, scope=scope, at=DAY)
    begun, in_hand, back, checked = held.forms.order_by("pk")
    about = {"actor": lead, "at": DAY}
    census.save_form(form_id=begun.pk, answers={"staff": "12"}, **about)
    for form in (in_hand, back, checked):
        census.hand_in(form_id=form.pk, answers=CENSUS, **about)
    census.send_back(form_id=back.pk, reason="人数请核对", **about)
    census.check_form(form_id=checked.pk, **about)
    return {"round_id": held.pk, "form_id": begun.pk, "form_token": token_of(held.pk, begun.enterprise_id)}


def _views(house: House) -> dict[str, Any]:
    """A list as the lead likes to look at it."""
    lead = house.people[Role.OFFICE_LEAD]
    view = SavedView.objects.create(account=lead, page="console:participants", name="企业", query="kind=firm")
    return {"view_id": view.pk}


def _keys_of(house: House) -> dict[str, Any]:
    """What the routes' parameters stand for, beyond what belongs to an association."""
    from tests.project.test_routes import keys_of

    walk_pass = house.on.walk_pass
    public = {"slug": house.association.slug, "rest": house.on.campaign.pk, "indicator": "T1"}
    poster = issue_poster(actor=house.on.account, checkpoint_id=house.on.checkpoint.pk, at=DAY)
    public |= {"poster": code_of(poster), "join_code": house.on.participant.join_code}
    others = Pass.objects.filter(campaign=house.on.campaign).exclude(pk=walk_pass.pk)
    return {**keys_of(house.on), **public, "other_id": others[0].pk, "pass_token": b64(bytes(walk_pass.token))}
