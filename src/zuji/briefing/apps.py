from django.apps import AppConfig


class BriefingConfig(AppConfig):
    name = "zuji.briefing"
    label = "briefing"

    def ready(self) -> None:
        from zuji.briefing import checks  # noqa: F401  (importing it registers them)
