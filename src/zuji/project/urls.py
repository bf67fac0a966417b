"""Every route of a home: the JSON face, the public pages, the console."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from zuji.api.errors import nothing_here
from zuji.api.routes import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", nothing_here),
    path("api/v1/", api.urls),
    re_path(r"^api/", nothing_here),
    path("", include("zuji.public.urls")),
    path("", include("zuji.console.urls")),
]
