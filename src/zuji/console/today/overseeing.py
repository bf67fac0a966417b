"""What waits for those who look after the home: accounts, roles, messages, the trail; and one's own works."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from zuji.checkin.enums import Verb as OfCheckins
from zuji.checkin.listings import log_heads
from zuji.console.blocks.objects import work_name
from zuji.console.today.now import A_WEEK, Now, Waiting
from zuji.core.enums import WorkState
from zuji.core.templatetags.words import full_moment, moment, say
from zuji.core.works import failed_works, own_works
from zuji.people.access import lent_grants, without_role
from zuji.people.audit import entries_about, failed_sign_ins, names_of, viewings
from zuji.people.enums import Right, Verb
from zuji.people.messages.access import visible_deliveries
from zuji.people.messages.enums import DeliveryState

OFTEN = 3
"""Sign-ins that fail so often within a day are worth a question."""
SHOWN = 3
VERIFIED_EACH = timedelta(days=30)
UNDELIVERED = (DeliveryState.FAILED, DeliveryState.GIVEN_UP)


def failed_entries(now: Now) -> Iterator[Waiting]:
    """Accounts that somebody failed to enter again and again since yesterday."""
    failed = failed_sign_ins(now.account, since=now.at - timedelta(days=1), at=now.at)
    often = [each for each in failed if each[1] >= OFTEN][:SHOWN]
    names = names_of(key for key, _, _ in often)
    for key, times, last in often:
        yield Waiting(
            what=say("today.failed_entries", name=names.get(key) or gettext("account.erased")),
            note=say("today.failed_entries.note", at=moment(last)),
            do=gettext("today.failed_entries.do"),
            url=reverse("console:account", args=[key]),
            count=times,
        )


def failed_works_of_all(now: Now) -> Iterator[Waiting]:
    """Long works that failed, whoever asked for them."""
    associations = now.scope(Right.MANAGE_ACCOUNTS).associations
    failed = list(failed_works(associations, since=now.at - A_WEEK).exclude(actor=now.account.pk))
    if failed:
        actors = list(dict.fromkeys(work.actor for work in failed))
        names = names_of(actors)
        url = reverse("console:account", args=actors) if len(actors) == 1 else reverse("console:accounts")
        yield Waiting(
            what=gettext("today.failed_works"),
            note=gettext("list.comma").join(names.get(each) or gettext("account.erased") for each in actors[:SHOWN]),
            do=gettext("today.failed_works.do"),
            url=url,
            count=len(failed),
        )


def own_failed_works(now: Now) -> Iterator[Waiting]:
    """One's own works that did not come to their end."""
    for work in own_works(now.account).filter(shown=WorkState.FAILED, asked_at__gte=now.at - A_WEEK)[:SHOWN]:
        yield Waiting(
            what=say("today.work", work=work_name(work)),
            note=say("today.work.note", n=work.done),
            do=gettext("today.work.do"),
            url=reverse("console:work", args=[work.pk]),
        )


def undelivered(now: Now) -> Iterator[Waiting]:
    """Messages that could not be delivered."""
    rows = visible_deliveries(now.account, Right.RESEND_MESSAGES, at=now.at)
    count = rows.filter(state__in=UNDELIVERED, made_at__gte=now.at - A_WEEK).count()
    if count:
        yield Waiting(
            what=gettext("today.undelivered"),
            note=gettext("today.undelivered.note"),
            do=gettext("today.undelivered.do"),
            url=reverse("console:deliveries") + f"?state={DeliveryState.GIVEN_UP}",
            count=count,
        )


def roleless(now: Now) -> Iterator[Waiting]:
    """Accounts that can sign in and do nothing."""
    rows = list(without_role(now.account, at=now.at))
    if not rows:
        return
    names = gettext("list.comma").join(row.name or gettext("account.erased") for row in rows[:SHOWN])
    one = len(rows) == 1
    yield Waiting(
        what=gettext("today.roleless"),
        note=names if len(rows) <= SHOWN else say("today.and_others", names=names, n=len(rows)),
        do=gettext("today.roleless.do"),
        url=reverse("console:account", args=[rows[0].pk]) if one else reverse("console:accounts") + "?active=yes",
        count=len(rows),
    )


def lent_ending(now: Now) -> Iterator[Waiting]:
    """Lent roles that end within a week, each by its day."""
    rows = lent_grants(now.account, at=now.at).filter(during__contains=now.at, during__endswith__lte=now.at + A_WEEK)
    for grant in rows.order_by("during__endswith", "pk")[:SHOWN]:
        yield Waiting(
            what=say("today.lent", role=gettext(f"role.{grant.role}"), name=grant.account.name),
            note=gettext("today.lent.note"),
            do=gettext("today.lent.do"),
            url=reverse("console:account", args=[grant.account_id]),
            due=grant.during.upper,
        )


def viewed_as(now: Now) -> Iterator[Waiting]:
    """How often somebody looked as another since the last visit."""
    if count := viewings(now.account, since=now.since, at=now.at).count():
        yield Waiting(
            what=gettext("today.viewings"),
            note=gettext("today.viewings.note"),
            do=gettext("today.viewings.do"),
            url=reverse("console:audit") + f"?verb={Verb.VIEWING_BEGUN}",
            count=count,
        )


def verification(now: Now) -> Iterator[Waiting]:
    """The check-in log: a fault that was found, and to overseers that nobody has gone through it for long."""
    head = log_heads().first()
    if head is None or not head.size:
        return
    last = entries_about(head).filter(verb=OfCheckins.LOG_VERIFIED).first()
    faults = last.facts.get("faults", 0) if last else 0
    is_fresh = last is not None and last.at > now.at - VERIFIED_EACH
    if not faults and (is_fresh or Right.EDIT_CAMPAIGNS in now.scopes):
        return
    yield Waiting(
        what=say("today.log_faults", n=faults) if faults else gettext("today.log_unverified"),
        note=say("today.log.last", at=full_moment(last.at)) if last else gettext("today.log.never"),
        do=gettext("today.log.do"),
        url=reverse("console:keys"),
        due=last.at if faults and last else None,
    )
