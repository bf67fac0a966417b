from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zuji.people"
    label = "people"
