from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zuji.api"
    label = "api"
