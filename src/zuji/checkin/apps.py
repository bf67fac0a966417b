from django.apps import AppConfig


class CheckinConfig(AppConfig):
    name = "zuji.checkin"
    label = "checkin"

    def ready(self) -> None:
        from zuji.checkin import keeping
        from zuji.checkin.models import Campaign
        from zuji.core import personal
        from zuji.people import scopes
        from zuji.people.enums import ScopeKind

        personal.register(keeping.NICKNAMES)
        scopes.register(ScopeKind.CAMPAIGN, lambda association_id: Campaign.objects.filter(association=association_id))
