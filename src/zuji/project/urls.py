"""Every route of a home: the JSON face, the public pages, the console."""

from django.urls import URLPattern, URLResolver, include, path

from zuji.api.routes import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("zuji.public.urls")),
    path("", include("zuji.console.urls")),
]
