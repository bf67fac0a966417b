"""Pages for everybody."""

from django.urls import URLPattern, URLResolver, include, path

from zuji.public import check, help, looks, media, programme, shells, wall  # noqa: A004 - a page is called that

PAGES = [
    path("c/<path:rest>", shells.phone, name="code"),
    path("p/<path:rest>", shells.phone, name="pass"),
    path("j/<path:rest>", shells.phone, name="join"),
    path("walk/<int:rest>", shells.phone, name="walk"),
    path("steward/", shells.steward, name="steward"),
    path("sw.js", shells.service_worker, name="service_worker"),
    path("public/<slug:slug>/", programme.programme, name="programme"),
    path("wall/<slug:slug>/", wall.wall, name="wall"),
    path("walls/<int:campaign_id>/", wall.wall_of, name="wall_of"),
    path("media/<path:name>", media.media, name="media"),
    path("check/", check.check, name="check"),
    path("help/", help.help_page, name="help"),
    path("switch/", looks.switch, name="switch"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((PAGES, "public")))]
