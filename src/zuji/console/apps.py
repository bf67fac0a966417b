from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "zuji.console"
    label = "console"
