from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zuji.people"
    label = "people"

    def ready(self) -> None:
        from zuji.core import works
        from zuji.core.personal import register
        from zuji.people import signals  # noqa: F401  (connects itself)
        from zuji.people.messages.occasions import work_ended
        from zuji.people.messages.personal import TABLES
        from zuji.people.personal import ACCOUNTS

        for table in (ACCOUNTS, *TABLES):
            register(table)
        works.AFTERWARDS.append(work_ended)
