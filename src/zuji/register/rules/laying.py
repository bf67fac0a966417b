"""The rules that an association begins with, laid before its firms are judged for the first time."""

from datetime import date, datetime

from django.db import transaction
from psycopg.types.range import Range

from zuji.core.models import Association
from zuji.register.enums import RuleKind
from zuji.register.rules.defaults import defaults
from zuji.register.rules.models import RuleVersion


@transaction.atomic
def lay_rules(*, association_id: int, since: date, at: datetime) -> list[RuleVersion]:
    """Lay the first version of every rule that an association has none of. Laid again it lays nothing."""
    association = Association.objects.select_for_update(no_key=True).get(pk=association_id)
    has = set(association.rule_versions.values_list("kind", flat=True))
    first = [
        RuleVersion(
            association=association,
            kind=kind,
            number=1,
            parameters=defaults()[kind],
            during=Range(since, None),
            made_at=at,
        )
        for kind in RuleKind
        if kind not in has
    ]
    return RuleVersion.objects.bulk_create(first)
