from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "zuji.public"
    label = "public"
