from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "zuji.committee"
    label = "committee"

    def ready(self) -> None:
        from zuji.committee.models import ParticipantOrganisation
        from zuji.committee.personal import CONTACTS
        from zuji.core.personal import register
        from zuji.people import scopes
        from zuji.people.enums import ScopeKind

        register(CONTACTS)
        scopes.register(
            ScopeKind.ORGANISATION,
            lambda association_id: ParticipantOrganisation.objects.filter(association=association_id),
        )
