from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "zuji.core"
    label = "core"

    def ready(self) -> None:
        from zuji.core import facts

        pre_migrate.connect(facts.drop_facts, sender=self, dispatch_uid="drop_facts")
        last = self.apps.get_app_config("briefing") if self.apps else self
        post_migrate.connect(facts.create_facts, sender=last, dispatch_uid="create_facts")
