"""Who may be told of a firm on the register: the participant organisation of its own Party organisation."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count

from zuji.committee.models import Coverage, ParticipantOrganisation
from zuji.core.models import Association
from zuji.people.messages import audience
from zuji.people.messages.audience import To


def contacts_of_firms(association_id: int, enterprise_ids: Collection[int], at: datetime) -> dict[int, To]:
    """For each of these firms that has an organisation which sends people: its contacts, and where it wants to be told.

    A joint organisation speaks for several firms, so its contacts hear only of the one that bears their own name.
    """
    zone = Association.objects.values_list("time_zone", flat=True).get(pk=association_id)
    today = at.astimezone(ZoneInfo(zone)).date()
    in_force = Coverage.objects.filter(organisation__association=association_id, during__contains=today)
    rows = in_force.filter(enterprise__in=enterprise_ids).order_by("pk")
    tied = list(rows.values_list("enterprise_id", "organisation_id", "enterprise__card__name"))
    keys = {organisation for _, organisation, _ in tied}
    alone = set(
        in_force.filter(organisation__in=keys)
        .values_list("organisation_id", flat=True)
        .annotate(firms=Count("pk"))
        .filter(firms=1)
    )
    senders = ParticipantOrganisation.objects.filter(organisation__in=keys, association=association_id).order_by("pk")
    found: dict[int, To] = {}
    for firm, organisation, name in tied:
        for sender in senders:
            if sender.organisation_id == organisation and (organisation in alone or sender.name == name):
                to = audience.organisation(association_id, sender.pk, at=at)
                found[firm] = found[firm].and_to(to) if firm in found else to
    return found
