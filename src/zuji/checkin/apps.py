from django.apps import AppConfig


class CheckinConfig(AppConfig):
    name = "zuji.checkin"
    label = "checkin"
