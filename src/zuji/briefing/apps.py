from django.apps import AppConfig


class BriefingConfig(AppConfig):
    name = "zuji.briefing"
    label = "briefing"
