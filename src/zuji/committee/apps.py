from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "zuji.committee"
    label = "committee"
