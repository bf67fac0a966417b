from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "zuji.register"
    label = "register"
