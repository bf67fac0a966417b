from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "zuji.register"
    label = "register"

    def ready(self) -> None:
        from zuji.core.personal import register
        from zuji.people import scopes
        from zuji.people.enums import ScopeKind
        from zuji.register import precedence, taking  # noqa: F401  (makes their long works known)
        from zuji.register.census import closing  # noqa: F401  (makes its long work known)
        from zuji.register.models import Town
        from zuji.register.personal import DETAILS, FILES

        register(DETAILS)
        register(FILES)
        # the district's towns are those of every association in it, whose own forms alone a town's enumerator sees
        scopes.register(ScopeKind.TOWN, lambda _: Town.objects.all())
