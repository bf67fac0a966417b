"""What waits for those who prepare, run and join a walk."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from zuji.briefing.access import visible_entries
from zuji.checkin import pending
from zuji.checkin.models import Checkpoint
from zuji.checkin.queries import still_on_phones
from zuji.committee.access import visible_participants
from zuji.committee.models import ParticipantOrganisation
from zuji.console.programme import hours_of
from zuji.console.today.now import Now, Waiting
from zuji.core.templatetags.words import full_moment, moment, named, say
from zuji.people.enums import Right
from zuji.people.messages.access import visible_destinations
from zuji.trail.queries import undecided, unopened

SOON = timedelta(days=14)
NAMED = 3
"""As many as are called by their names."""


def trails(now: Now) -> Iterator[Waiting]:
    """Trails that are not open: what keeps them, or that they can be opened."""
    for trail in unopened(now.campaigns(Right.EDIT_TRAIL), since=now.today):
        note = say("today.trail.unready", n=trail.unready) if trail.unready else gettext("today.trail.ready")
        yield Waiting(
            what=say("today.trail", trail=named(trail)),
            note=note,
            do=gettext("today.trail.do"),
            url=reverse("console:trail", args=[trail.activity.campaign_id]),
            count=trail.unready or None,
            due=now.due_of(trail.activity.campaign) or now.midnight(trail.activity.held_on),
        )


def unsigned(now: Now) -> Iterator[Waiting]:
    """Organisations that announced people, but have nobody signed up."""
    campaigns = {each.pk: each for each in now.campaigns(Right.EDIT_CAMPAIGNS)}
    for key, count in pending.unsigned(campaigns.values()).items():
        yield Waiting(
            what=say("today.unsigned", campaign=named(campaigns[key])),
            note=gettext("today.unsigned.note"),
            do=gettext("today.unsigned.do"),
            url=reverse("console:campaign", args=[key]),
            count=count,
            due=now.due_of(campaigns[key]),
        )


def codes(now: Now) -> Iterator[Waiting]:
    """Checkpoints that open soon without a poster."""
    bare = pending.without_code(now.campaigns(Right.EDIT_CAMPAIGNS), until=now.at + SOON, at=now.at)
    for key, group in groupby(sorted(bare, key=lambda each: each.activity.campaign_id), _campaign_of):
        checkpoints = list(group)
        yield Waiting(
            what=gettext("today.posters"),
            note=_called(checkpoints),
            do=gettext("today.posters.do"),
            url=reverse("console:posters", args=[key]),
            count=len(checkpoints),
            due=min(each.opens_at for each in checkpoints),
        )


def locations(now: Now) -> Iterator[Waiting]:
    """Checkpoints whose location nobody has confirmed on the spot."""
    checkpoints = list(pending.unconfirmed(now.campaigns(Right.CONFIRM_LOCATION), at=now.at))
    if not checkpoints:
        return
    yield Waiting(
        what=say("today.location", checkpoint=_called(checkpoints)),
        note=gettext("today.location.note"),
        do=gettext("today.location.do"),
        url=reverse("public:steward"),
        count=len(checkpoints) if len(checkpoints) > 1 else None,
        due=checkpoints[0].opens_at,
    )


def screen(now: Now) -> Iterator[Waiting]:
    """A steward's own code, while there is something to be checked in at and it was not shown yet."""
    stewards = [each for each in now.campaigns(Right.SHOW_CODES) if each.pk in now.scope(Right.SHOW_CODES).campaigns]
    today = [each for each in now.activities if each.campaign in stewards and each.held_on == now.today]
    if today and now.at < now.closes(today[0]) and not pending.has_screen(now.account.pk, now.today):
        yield Waiting(
            what=gettext("today.screen"),
            note=say("today.screen.note", activity=named(today[0]), hours=hours_of(today[0], now.zone)),
            do=gettext("poster.screen"),
            url=reverse("public:steward"),
            due=now.opens(today[0]),
        )


def on_phones(now: Now) -> Iterator[Waiting]:
    """Check-ins that are probably still on phones, while an activity is on and shortly after."""
    campaigns = {each.pk: each for each in now.campaigns(Right.SEE_CHECKINS)}
    for activity in now.activities:
        ended = now.closes(activity)
        if activity.campaign_id not in campaigns or not now.opens(activity) <= now.at < ended + timedelta(days=3):
            continue
        campaign = campaigns.pop(activity.campaign_id)
        waiting = still_on_phones(campaign.pk)
        if total := sum(waiting.values()):
            yield Waiting(
                what=say("today.probably", campaign=named(campaign)),
                note=say("today.probably.note", n=len({organisation for organisation, _ in waiting})),
                do=gettext("today.probably.do"),
                url=reverse("console:matrix", args=[campaign.pk]) + "?show=waiting",
                count=total,
                due=ended,
            )


def impressions(now: Now) -> Iterator[Waiting]:
    """Impressions that nobody has decided on."""
    campaigns = {each.pk: each for each in now.campaigns(Right.DECIDE_IMPRESSIONS)}
    for key, (count, oldest) in undecided(campaigns.values()).items():
        yield Waiting(
            what=say("today.impressions", campaign=named(campaigns[key])),
            note=say("today.impressions.note", at=moment(oldest)),
            do=gettext("today.impressions.do"),
            url=reverse("console:impressions", args=[key]),
            count=count,
        )


def publishing(now: Now) -> Iterator[Waiting]:
    """The last activity that is over, while no figure has been published since."""
    over = [each for each in now.activities if now.closes(each) <= now.at]
    if not over:
        return
    ended = max(now.closes(each) for each in over)
    last = visible_entries(now.account, Right.PUBLISH_FIGURES, at=now.at).first()
    if last is None or last.as_of < ended:
        note = say("today.publish.last", at=full_moment(last.as_of)) if last else gettext("today.publish.never")
        yield Waiting(
            what=say("today.publish", activity=named(over[-1])),
            note=note,
            do=gettext("today.publish.do"),
            url=reverse("console:figures"),
            due=ended + timedelta(days=1),
        )


def sign_up(now: Now) -> Iterator[Waiting]:
    """Of one's own organisations: who announced more people than have signed up."""
    own = _own(now, Right.IMPORT_WALKERS)
    counts = pending.signed_up(now.running, [each.pk for each in own]) if own else {}
    for campaign in now.running if own else ():
        for organisation in own:
            signed = counts.get((campaign.pk, organisation.pk), 0)
            missing = (organisation.expected or 0) - signed
            if missing > 0:
                url = reverse("console:walkers_add", args=[campaign.pk])
                yield Waiting(
                    what=say("today.sign_up", organisation=organisation.name),
                    note=say("today.sign_up.note", campaign=named(campaign), n=signed, expected=organisation.expected),
                    do=gettext("today.sign_up.do"),
                    url=f"{url}?organisation={organisation.pk}",
                    count=missing,
                    due=now.due_of(campaign),
                )


def not_arrived(now: Now) -> Iterator[Waiting]:
    """Of one's own organisations: who has not checked in at what is on."""
    own = [each.pk for each in _own(now, Right.IMPORT_WALKERS)]
    for activity in now.on_now(now.running) if own else ():
        if missing := pending.not_arrived(activity, own):
            yield Waiting(
                what=say("today.not_arrived", activity=named(activity)),
                note=say("today.not_arrived.note", hours=hours_of(activity, now.zone)),
                do=gettext("today.not_arrived.do"),
                url=reverse("console:passes", args=[activity.campaign_id]) + "?sort=checkins",
                count=missing,
                due=now.closes(activity),
            )


def unreachable(now: Now) -> Iterator[Waiting]:
    """Of one's own organisations: which has no way to be told anything."""
    own = _own(now, Right.MANAGE_DESTINATIONS)
    if not own:
        return
    told = set(visible_destinations(now.account, at=now.at).values_list("scope_id", flat=True))
    for organisation in (each for each in own if each.pk not in told):
        yield Waiting(
            what=say("today.unreachable", organisation=organisation.name),
            note=gettext("today.unreachable.note"),
            do=gettext("today.unreachable.do"),
            url=reverse("console:participant_messages", args=[organisation.pk]),
        )


def _own(now: Now, right: Right) -> list[ParticipantOrganisation]:
    """A contact's own organisations."""
    keys = now.scope(right).organisations
    return list(visible_participants(now.account, right, at=now.at).filter(pk__in=keys)) if keys else []


def _campaign_of(checkpoint: Checkpoint) -> int:
    return checkpoint.activity.campaign_id


def _called(checkpoints: list[Checkpoint]) -> str:
    names = gettext("list.comma").join(named(each) for each in checkpoints[:NAMED])
    return names if len(checkpoints) <= NAMED else say("today.and_others", names=names, n=len(checkpoints))
