from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "zuji.console"
    label = "console"

    def ready(self) -> None:
        from zuji.console.blocks import bulk  # noqa: F401  (its long work is known to the worker by that)
