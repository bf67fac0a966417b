from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "zuji.trail"
    label = "trail"

    def ready(self) -> None:
        from zuji.checkin.actions import REDUCED_TOO
        from zuji.checkin.erasing import ERASED_TOO
        from zuji.core import personal
        from zuji.trail import keeping
        from zuji.trail.impressions import erase_impressions, reduce_impressions

        personal.register(keeping.WORDS)
        REDUCED_TOO.append(reduce_impressions)
        ERASED_TOO.append(erase_impressions)
