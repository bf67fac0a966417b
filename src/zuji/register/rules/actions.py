"""Writes to rules: a version from a day on, its taking back, and the rules that an association begins with."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction
from psycopg.types.range import Range

from zuji.core.audit import audit
from zuji.core.errors import Invalid, NotFound, Refused
from zuji.core.models import Association
from zuji.core.sheets.folding import clean
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.access import access_register
from zuji.register.enums import RuleKind, Verb
from zuji.register.judging import day_of, firms, judge
from zuji.register.models import Card
from zuji.register.rules.errors import Refusal
from zuji.register.rules.evaluating import evaluate
from zuji.register.rules.laying import lay_rules
from zuji.register.rules.models import RuleVersion
from zuji.register.rules.parameters import parse
from zuji.register.rules.queries import Change, Preview, version_on, versions
from zuji.register.rules.values import RuleValues

__all__ = ["lay_rules", "preview_rule", "set_rule", "take_back_rule"]

LONGEST = 200


@transaction.atomic
def set_rule(*, actor: Account, association_id: int, kind: RuleKind, values: RuleValues, at: datetime) -> RuleVersion:
    """A rule's next version, in force from its day on; the one before ends the day before.

    Firms are judged by it at once where its day has come, else on that day.
    """
    association = access_register(actor, association_id, Right.EDIT_RULES, at=at)
    parse(kind, values.parameters)
    reason = _reason(values.reason)
    last = versions(association_id, kind).first()
    if last is not None:
        _may_follow(last, values)
        last.during = Range(last.during.lower, values.since)
        last.save(update_fields=["during"])
    made = RuleVersion.objects.create(
        association=association,
        kind=kind,
        number=last.number + 1 if last else 1,
        parameters=values.parameters,
        during=Range(values.since, None),
        reason=reason,
        made_by=actor.pk,
        made_at=at,
    )
    audit(
        actor,
        Verb.RULE_CHANGED,
        made,
        association_id=association.pk,
        at=at,
        rule=str(kind),
        since=str(values.since),
        reason=reason,
    )
    _judge(association, at=at)
    return made


@transaction.atomic
def take_back_rule(*, actor: Account, association_id: int, kind: RuleKind, at: datetime) -> RuleVersion:
    """The last version of a rule was a mistake: it never was, and the one before goes on. Returns the latter.

    What it said of firms until today is what was told then, and stays; it then stands under the one before.
    """
    association = access_register(actor, association_id, Right.EDIT_RULES, at=at)
    last = list(versions(association_id, kind)[:2])
    if not last:
        raise NotFound("rule")
    if len(last) == 1:
        raise Refused(Refusal.RULE_IS_FIRST)
    wrong, kept = last
    wrong.standings.update(version=kept)
    since = wrong.during.lower
    wrong.delete()
    kept.during = Range(kept.during.lower, None)
    kept.save(update_fields=["during"])
    audit(actor, Verb.RULE_TAKEN_BACK, kept, association_id=association.pk, at=at, rule=str(kind), since=str(since))
    _judge(association, at=at)
    return kept


def preview_rule(
    *, actor: Account, association_id: int, kind: RuleKind, parameters: dict[str, Any], on: date, at: datetime
) -> Preview:
    """Which firms would answer otherwise by these parameters than by the version in force on a day. Writes nothing."""
    with transaction.atomic():
        access_register(actor, association_id, Right.EDIT_RULES, at=at)
    fresh = parse(kind, parameters)
    kept = version_on(association_id, kind, on)
    now = parse(kind, kept.parameters) if kept else None
    after: Counter[str] = Counter()
    changed: dict[int, tuple[str, str]] = {}
    for firm in firms(None, association_id=association_id):
        then = evaluate(fresh, firm, on=on).answer
        before = evaluate(now, firm, on=on).answer if now else "unknown"
        after[then] += 1
        if before != then:
            changed[firm.key] = (before, then)
    return Preview(_named(changed), after.total(), dict(after))


def _named(changed: dict[int, tuple[str, str]]) -> list[Change]:
    cards = Card.objects.filter(pk__in=changed).order_by("sort_key", "pk")
    return [Change(card.pk, card.name, *changed[card.pk]) for card in cards.only("pk", "name")]


def _may_follow(last: RuleVersion, values: RuleValues) -> None:
    if values.since <= last.during.lower:
        raise Refused(Refusal.RULE_TOO_EARLY, field="since", since=str(last.during.lower))
    if values.parameters == last.parameters:
        raise Invalid(Refusal.RULE_SAME, field="parameters")


def _reason(text: str) -> str:
    if not (reason := clean(text)[:LONGEST]):
        raise Invalid(Refusal.RULE_REASON_MISSING, field="reason")
    return reason


def _judge(association: Association, *, at: datetime) -> None:
    judge(None, association_id=association.pk, on=day_of(association, at), at=at)
