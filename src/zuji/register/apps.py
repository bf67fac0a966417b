from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "zuji.register"
    label = "register"

    def ready(self) -> None:
        from zuji.core.personal import register
        from zuji.register import taking  # noqa: F401  (makes its long works known)
        from zuji.register.personal import DETAILS, FILES

        register(DETAILS)
        register(FILES)
