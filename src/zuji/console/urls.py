"""Pages for staff."""

from django.urls import URLPattern, URLResolver, include, path

from zuji.console.views import accounts, figures, participants, settings

PAGES = [
    path("organisations/", participants.participants, name="participants"),
    path("organisations/add/", participants.participant_add, name="participant_add"),
    path("organisations/import/", participants.import_choose, name="participants_import"),
    path("organisations/import/<str:token>/", participants.import_confirm, name="participants_confirm"),
    path("organisations/<int:participant_id>/", participants.participant, name="participant"),
    path("organisations/<int:participant_id>/edit/", participants.participant_edit, name="participant_edit"),
    path("rejects/<str:token>/", participants.rejects, name="rejects"),
    path("figures/", figures.figures, name="figures"),
    path("figures/ledger/", figures.ledger, name="ledger"),
    path("figures/<str:indicator>/", figures.figure, name="figure"),
    path("figures/<str:indicator>/publish/", figures.publish, name="publish"),
    path("settings/accounts/", accounts.accounts, name="accounts"),
    path("settings/accounts/add/", accounts.account_add, name="account_add"),
    path("settings/accounts/<int:account_id>/", accounts.account, name="account"),
    path("settings/accounts/<int:account_id>/grant/", accounts.grant, name="grant"),
    path("settings/accounts/<int:account_id>/close/", accounts.account_close, name="account_close"),
    path("settings/accounts/<int:account_id>/link/", accounts.account_link, name="account_link"),
    path("settings/roles/<int:grant_id>/end/", accounts.grant_end, name="grant_end"),
    path("settings/audit/", settings.audit, name="audit"),
    path("settings/me/", settings.me, name="me"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((PAGES, "console"))),
    path("", include("zuji.console.entry")),
]
