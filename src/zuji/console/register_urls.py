"""Pages of the register of firms, below `/register/`."""

from django.urls import URLPattern, path

from zuji.console.views.register import acts, doubts, firm, firms, importing, lists, rules, towns

REGISTER: list[URLPattern] = [
    path("", firms.firms, name="firms"),
    path("doubts/", doubts.doubts, name="doubts"),
    path("lists/", lists.lists, name="lists"),
    path("lists/import/", importing.list_import, name="list_import"),
    path("lists/<int:list_id>/", lists.source, name="list"),
    path("lists/<int:list_id>/columns/", importing.list_columns, name="list_columns"),
    path("lists/<int:list_id>/rejects/", importing.list_rejects, name="list_rejects"),
    path("lists/<int:list_id>/take-in/", lists.list_take_in, name="list_take_in"),
    path("lists/<int:list_id>/take-back/", lists.list_take_back, name="list_take_back"),
    path("lists/<int:list_id>/drop/", lists.list_drop, name="list_drop"),
    path("towns/", towns.towns, name="towns"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:kind>/", rules.rule, name="rule"),
    path("rules/<str:kind>/edit/", rules.rule_edit, name="rule_edit"),
    path("rules/<str:kind>/take-back/", rules.rule_take_back, name="rule_take_back"),
    path("<int:enterprise_id>/", firm.firm, name="firm"),
    path("<int:enterprise_id>/overrule/", acts.firm_overrule, name="firm_overrule"),
    path("<int:enterprise_id>/merge/", acts.firm_merge, name="firm_merge"),
    path("<int:enterprise_id>/split/", acts.firm_split, name="firm_split"),
]
