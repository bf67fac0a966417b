"""Pages for staff."""

from django.urls import URLPattern, URLResolver, include, path

from zuji.console.register_urls import REGISTER
from zuji.console.views import (
    accounts,
    audit,
    calendar,
    campaigns,
    checkin,
    checkins,
    corrections,
    deliveries,
    figures,
    finding,
    gallery,
    impressions,
    log,
    matrix,
    messages,
    notices,
    organisations,
    participants,
    passes,
    posters,
    reminders,
    roles,
    rolls,
    saved,
    settings,
    today,
    trail,
    trail_changes,
    trail_import,
    undoing,
    viewing,
    waits,
    walk_pass,
    works,
)
from zuji.console.views.register import census_public

ORGANISATIONS = [
    path("", participants.participants, name="participants"),
    path("add/", participants.participant_add, name="participant_add"),
    path("import/", participants.import_choose, name="participants_import"),
    path("import/<str:token>/", participants.import_confirm, name="participants_confirm"),
    path("<int:participant_id>/", participants.participant, name="participant"),
    path("<int:participant_id>/edit/", participants.participant_edit, name="participant_edit"),
    path("<int:participant_id>/messages/", messages.participant_messages, name="participant_messages"),
    path("<int:participant_id>/messages/add/", messages.participant_add, name="participant_message_add"),
]

PARTY = [
    path("", organisations.organisations, name="organisations"),
    path("add/", organisations.organisation_add, name="organisation_add"),
    path("<int:organisation_id>/", organisations.organisation, name="organisation"),
    path("<int:organisation_id>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path("<int:organisation_id>/end/", organisations.organisation_end, name="organisation_end"),
    path("<int:organisation_id>/affiliate/", organisations.organisation_affiliate, name="organisation_affiliate"),
    path("<int:organisation_id>/affiliation/end/", organisations.affiliation_end, name="affiliation_end"),
    path("<int:organisation_id>/guide/", organisations.organisation_guide, name="organisation_guide"),
    path("<int:organisation_id>/guidance/end/", organisations.guidance_end, name="guidance_end"),
]

OF_CAMPAIGN = [
    path("overview/", campaigns.campaign, name="campaign"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("remind/", reminders.campaign_remind, name="campaign_remind"),
    path("checkins/", checkins.checkins, name="checkins"),
    path("checkins/<uuid:item_id>/", checkin.checkin, name="checkin"),
    path("checkins/<uuid:item_id>/receipt/", checkin.receipt, name="receipt"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("passes/", passes.passes, name="passes"),
    path("passes/print/", passes.passes_print, name="passes_print"),
    path("passes/add/", passes.walkers_add, name="walkers_add"),
    path("passes/import/", passes.walkers_import, name="walkers_import"),
    path("passes/import/<str:token>/", passes.walkers_confirm, name="walkers_confirm"),
    path("passes/<int:pass_id>/", walk_pass.walk_pass, name="pass"),
    path("passes/<int:pass_id>/print/", walk_pass.pass_print, name="pass_print"),
    path("passes/<int:pass_id>/withdraw/", walk_pass.pass_withdraw, name="pass_withdraw"),
    path("passes/<int:pass_id>/replace/", walk_pass.pass_replace, name="pass_replace"),
    path("passes/<int:pass_id>/same/", walk_pass.pass_same, name="pass_same"),
    path("passes/<int:pass_id>/same/<int:other_id>/undo/", walk_pass.pass_not_same, name="pass_not_same"),
    path("impressions/", impressions.impressions, name="impressions"),
    path("impressions/all/", impressions.impressions_all, name="impressions_all"),
    path("impressions/<uuid:impression_id>/", impressions.impression, name="impression"),
    path("impressions/<uuid:impression_id>/reopen/", impressions.impression_reopen, name="impression_reopen"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<int:trail_id>/open/", trail.trail_open, name="trail_open"),
    path("trail/changes/add/", trail_changes.change_add, name="change_add"),
    path("trail/changes/take-back/", trail_changes.change_take_back, name="change_take_back"),
    path("trail/stops/<int:stop_id>/waive/", trail.stop_waive, name="stop_waive"),
    path("posters/", posters.posters, name="posters"),
    path("posters/<int:checkpoint_id>/issue/", posters.poster_issue, name="poster_issue"),
    path("posters/serials/<int:serial_id>/print/", posters.poster_print, name="poster_print"),
    path("posters/serials/<int:serial_id>/withdraw/", posters.serial_withdraw, name="withdraw"),
    path("log/", log.log, name="log"),
    path("rolls/", rolls.rolls, name="rolls"),
    path("rolls/<int:checkpoint_id>/", rolls.roll, name="roll"),
]

FIGURES = [
    path("", figures.figures, name="figures"),
    path("ledger/", figures.ledger, name="ledger"),
    path("<str:indicator>/", figures.figure, name="figure"),
    path("<str:indicator>/publish/", figures.publish, name="publish"),
]

NOTICES = [
    path("", notices.notices, name="notices"),
    path("read/", notices.notices_read, name="notices_read"),
    path("<int:notice_id>/", notices.notice, name="notice"),
]

MESSAGES = [
    path("", messages.mine, name="messages"),
    path("add/", messages.mine_add, name="message_add"),
    path("office/add/", messages.office_add, name="message_office_add"),
    path("texts/", deliveries.texts, name="message_texts"),
    path("<int:destination_id>/", messages.destination, name="destination"),
    path("<int:destination_id>/latest/", messages.destination_latest, name="destination_latest"),
    path("<int:destination_id>/test/", messages.destination_test, name="destination_test"),
    path("<int:destination_id>/stop/", messages.destination_stop, name="destination_stop"),
    path("<int:destination_id>/start/", messages.destination_start, name="destination_start"),
    path("<int:destination_id>/drop/", messages.destination_drop, name="destination_drop"),
]

DELIVERIES = [
    path("", deliveries.deliveries, name="deliveries"),
    path("<int:delivery_id>/", deliveries.delivery, name="delivery"),
    path("<int:delivery_id>/again/", deliveries.delivery_again, name="delivery_again"),
    path("<int:delivery_id>/stop/", deliveries.delivery_stop, name="delivery_stop"),
]

SETTINGS: list[URLPattern | URLResolver] = [
    path("messages/", include(MESSAGES)),
    path("deliveries/", include(DELIVERIES)),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", accounts.account_add, name="account_add"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/grant/", roles.grant, name="grant"),
    path("accounts/<int:account_id>/organisations/", roles.account_organisations, name="account_organisations"),
    path("accounts/<int:account_id>/lend/", roles.lend, name="lend"),
    path("accounts/<int:account_id>/view/", viewing.account_view, name="account_view"),
    path("accounts/<int:account_id>/close/", accounts.account_close, name="account_close"),
    path("accounts/<int:account_id>/link/", accounts.account_link, name="account_link"),
    path("roles/<int:grant_id>/end/", roles.grant_end, name="grant_end"),
    path("roles/<int:lent_id>/take-back/", roles.lent_end, name="lent_end"),
    path("lent/", roles.lent, name="lent"),
    path("audit/", audit.audit, name="audit"),
    path("keys/", settings.keys, name="keys"),
    path("blocks/", gallery.gallery, name="gallery"),
    path("blocks/<slug:key>/", gallery.sample, name="gallery_sample"),
    path("me/", settings.me, name="me"),
]

WORKS = [
    path("", works.works, name="works"),
    path("<int:work_id>/", works.work, name="work"),
    path("<int:work_id>/stop/", works.work_stop, name="work_stop"),
    path("<int:work_id>/resume/", works.work_resume, name="work_resume"),
    path("<int:work_id>/undo/", works.work_undo, name="work_undo"),
]

VIEWS = [
    path("save/", saved.view_save, name="view_save"),
    path("<int:view_id>/rename/", saved.view_rename, name="view_rename"),
    path("<int:view_id>/drop/", saved.view_drop, name="view_drop"),
]

PAGES: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("find/", finding.find, name="find"),
    path("waits/", waits.waits, name="waits"),
    path("viewing/end/", viewing.viewing_end, name="viewing_end"),
    path("rejects/<str:token>/", participants.rejects, name="rejects"),
    path("undo/<int:entry_id>/", undoing.undo, name="undo"),
    path("organisations/", include(ORGANISATIONS)),
    path("organisations/party/", include(PARTY)),
    path("register/", include(REGISTER)),
    path("f/<str:form_token>/", census_public.census_public, name="census_public"),
    path("walk/", campaigns.campaigns, name="campaigns"),
    path("walk/import/", trail_import.trail_import, name="trail_import"),
    path("walk/import/<str:token>/", trail_import.trail_confirm, name="trail_confirm"),
    path("walk/checkins/", checkins.all_checkins, name="all_checkins"),
    path("walk/<int:campaign_id>/", include(OF_CAMPAIGN)),
    path("programme/calendar/", calendar.calendar, name="calendar"),
    path("figures/", include(FIGURES)),
    path("notices/", include(NOTICES)),
    path("settings/", include(SETTINGS)),
    path("works/", include(WORKS)),
    path("views/", include(VIEWS)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((PAGES, "console"))),
    path("", include("zuji.console.entry")),
]
