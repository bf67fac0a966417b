from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "zuji.trail"
    label = "trail"
