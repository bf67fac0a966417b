from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zuji.people"
    label = "people"

    def ready(self) -> None:
        from zuji.core.personal import register
        from zuji.people import signals  # noqa: F401  (connects itself)
        from zuji.people.personal import ACCOUNTS

        register(ACCOUNTS)
