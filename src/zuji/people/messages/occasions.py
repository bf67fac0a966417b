"""What people are told of, one function an occasion: whoever does the act calls it in one line, before its commit.

Parts of the house above this floor hand in plain values, since nothing here knows their rows.
"""

from datetime import date, datetime

from django.db.models import Model

from zuji.core.models import Work
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages import audience
from zuji.people.messages.enums import Topic
from zuji.people.messages.models import Delivery
from zuji.people.messages.telling import Fact, tell
from zuji.people.models import Account, RoleGrant
from zuji.people.scopes import rows_of

OWN_PAGE = "/settings/me/"


def role_granted(grant: RoleGrant, *, at: datetime) -> None:
    """Somebody was granted a role, or lent one."""
    topic = Topic.ROLE_LENT if grant.lent_by_id else Topic.ROLE_GRANTED
    facts = {**_of_grant(grant), "who": grant.lent_by_id}
    tell(topic=topic, to=audience.one(grant.account), facts=facts, event=str(grant.pk), link=OWN_PAGE, at=at)


def role_ending(grant: RoleGrant, *, at: datetime) -> None:
    """A role that was lent ends soon."""
    to = audience.one(grant.account)
    tell(topic=Topic.ROLE_ENDING, to=to, facts=_of_grant(grant), event=str(grant.pk), link=OWN_PAGE, at=at)


def viewed_as(viewer: Account, viewed: Account, *, at: datetime) -> None:
    """Somebody of the support looks at the console as this account sees it."""
    event = f"{viewer.pk} {at.isoformat()}"
    facts: dict[str, Fact] = {"who": viewer.pk, "since": at.isoformat()}
    tell(topic=Topic.VIEWED_AS, to=audience.one(viewed), facts=facts, event=event, at=at)


def work_ended(work: Work) -> None:
    """A long work ended, however it did; whoever asked for it is told."""
    account, at = Account.objects.filter(pk=work.actor, is_active=True).first(), work.ended_at
    if account is not None and at is not None:
        # an act on many rows is known by the act's own words
        words = f"bulk.{work.facts['act']}" if "act" in work.facts else f"work.{work.kind}"
        facts: dict[str, Fact] = {"work": words, "state": work.state, "done": work.done}
        event, link = f"{work.pk} {at.isoformat()}", f"/works/{work.pk}/"
        tell(topic=Topic.WORK_ENDED, to=audience.one(account), facts=facts, event=event, link=link, at=at)


def trail_opened(trail: Model, campaign: Model, *, association_id: int, at: datetime) -> None:
    """A trail is open to walkers: the office, the stewards of its campaign and the contacts of organisations."""
    stewards = audience.holders(association_id, (Role.STEWARD,), at=at, scope_id=campaign.pk)
    contacts = audience.holders(association_id, (Role.CONTACT,), at=at)
    to = audience.office(association_id, at=at).and_to(stewards).and_to(contacts)
    facts, link = {"campaign": name_of(campaign)}, f"/walk/{campaign.pk}/trail/"
    tell(topic=Topic.TRAIL_OPENED, to=to, facts=facts, event=str(trail.pk), link=link, at=at)


def impressions_waiting(campaign: Model, *, association_id: int, count: int, at: datetime) -> None:
    """Impressions wait to be looked at; the office hears of it once an hour at most, then with the latest count."""
    facts: dict[str, Fact] = {"campaign": name_of(campaign), "count": count}
    event, link = f"{campaign.pk} {at:%Y-%m-%dT%H}", f"/walk/{campaign.pk}/impressions/"
    to = audience.office(association_id, at=at)
    tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts=facts, event=event, link=link, at=at)


def nobody_signed_up(organisation: Model, campaign: Model, *, association_id: int, at: datetime) -> bool:
    """The office reminds a participant organisation that announced people and has signed nobody up; once a day.

    Says whether there is anybody to tell.
    """
    facts: dict[str, Fact] = {"organisation": name_of(organisation), "campaign": name_of(campaign)}
    event, link = f"{campaign.pk} {organisation.pk} {at:%Y-%m-%d}", f"/walk/{campaign.pk}/passes/add/"
    to = audience.organisation(association_id, organisation.pk, at=at)
    return tell(topic=Topic.NOBODY_SIGNED_UP, to=to, facts=facts, event=event, link=link, at=at) > 0


def census_asked(to: audience.To, *, firm: str, census: str, closes: date, link: str, at: datetime) -> bool:
    """A firm's contacts are asked to fill in its census form, once a day; says whether there is anybody to tell."""
    facts: dict[str, Fact] = {"firm": firm, "census": census, "closes": closes.isoformat()}
    return tell(topic=Topic.CENSUS_ASKED, to=to, facts=facts, event=f"{link} {at:%Y-%m-%d}", link=link, at=at) > 0


def delivery_failed(delivery: Delivery, *, at: datetime) -> None:
    """A delivery failed for good: the administrators hear of it, once an hour for a destination."""
    if delivery.topic == Topic.DELIVERY_FAILED:
        return  # a failing way to tell of failures must not tell of itself
    facts: dict[str, Fact] = {"channel": delivery.channel, "trouble": delivery.trouble}
    event, link = f"{delivery.destination_id} {at:%Y-%m-%dT%H}", f"/settings/deliveries/{delivery.pk}/"
    to = audience.holders(delivery.association_id, (Role.ADMINISTRATOR,), at=at)
    tell(topic=Topic.DELIVERY_FAILED, to=to, facts=facts, event=event, link=link, at=at)


def name_of(row: Model) -> dict[str, str]:
    """What a row is called in both languages; one name is both."""
    own = str(getattr(row, "name", row))
    return {"zh": str(getattr(row, "name_zh", own)), "en": str(getattr(row, "name_en", own))}


def _of_grant(grant: RoleGrant) -> dict[str, Fact]:
    rows = rows_of(ScopeKind(grant.scope_kind), grant.account.association_id)
    over = rows.filter(pk=grant.scope_id).first()
    until = grant.during.upper
    return {
        "role": grant.role,
        "over": name_of(over) if over else None,
        "until": until.isoformat() if until else None,
    }
