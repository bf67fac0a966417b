from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "zuji.committee"
    label = "committee"

    def ready(self) -> None:
        from zuji.committee.covering import covered, covered_twice
        from zuji.committee.models import ParticipantOrganisation
        from zuji.committee.personal import CONTACTS
        from zuji.committee.reaching import contacts_of_firms
        from zuji.core.personal import register
        from zuji.people import scopes
        from zuji.people.enums import ScopeKind
        from zuji.register import hanging
        from zuji.register.census import inviting

        register(CONTACTS)
        hanging.register(covered_twice, covered)
        inviting.register(contacts_of_firms)
        scopes.register(
            ScopeKind.ORGANISATION,
            lambda association_id: ParticipantOrganisation.objects.filter(association=association_id),
        )
