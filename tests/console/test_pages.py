"""What every page of the console has in common, for every role that may open it, in both languages."""

import re

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

from tests.cast import account
from zuji.console.tasks import TASKS
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.rights import RIGHTS
from zuji.project import translations


def known_keys() -> set[str]:
    keys: set[str] = set()
    for file in translations.files():
        with file.open("rb") as source:
            keys |= {str(entry.id[0] if isinstance(entry.id, tuple) else entry.id) for entry in read_po(source)}
    return keys - {""}


KEYS = known_keys()
FAMILIES = {key.split(".")[0] for key in KEYS}
BARE = re.compile(r"[a-z_]+(?:\.[\w-]+)+")


def addresses(walked):
    """Every page, with the right that opens it."""
    at = walked.cast
    base = walked.base
    yield "/", Right.SEE_FRAME
    yield "/organisations/", Right.SEE_ORGANISATIONS
    yield f"/organisations/{at.firm.pk}/", Right.SEE_ORGANISATIONS
    yield "/organisations/add/", Right.EDIT_ORGANISATIONS
    yield f"/organisations/{at.firm.pk}/edit/", Right.EDIT_ORGANISATIONS
    yield "/organisations/import/", Right.IMPORT_ORGANISATIONS
    yield "/walk/", Right.SEE_CAMPAIGNS
    yield "/walk/checkins/", Right.SEE_CHECKINS
    yield f"{base}/overview/", Right.SEE_CAMPAIGNS
    yield f"{base}/matrix/", Right.SEE_MATRIX
    yield f"{base}/checkins/", Right.SEE_CHECKINS
    yield f"{base}/checkins/{walked.items['first']}/", Right.SEE_CHECKINS
    yield f"{base}/corrections/", Right.SEE_CHECKINS
    yield f"{base}/passes/", Right.SEE_PASSES
    yield f"{base}/passes/{walked.first.pk}/", Right.SEE_PASSES
    yield f"{base}/passes/add/", Right.IMPORT_WALKERS
    yield f"{base}/passes/import/", Right.IMPORT_WALKERS
    yield f"{base}/trail/", Right.SEE_TRAIL
    yield f"{base}/posters/", Right.SHOW_CODES
    yield f"{base}/rolls/", Right.ENTER_ROLL
    yield f"{base}/rolls/{at.entrance.pk}/", Right.ENTER_ROLL
    yield "/figures/", Right.SEE_FIGURES
    yield "/figures/T3/", Right.SEE_FIGURES
    yield "/figures/ledger/", Right.SEE_FIGURES
    yield "/settings/accounts/", Right.SEE_ACCOUNTS
    yield f"/settings/accounts/{at.lan.pk}/", Right.SEE_ACCOUNTS
    yield "/settings/accounts/add/", Right.MANAGE_ACCOUNTS
    yield "/settings/audit/", Right.SEE_AUDIT
    yield "/settings/keys/", Right.SEE_FRAME
    yield "/settings/me/", Right.SEE_FRAME


def somebody(walked, role):
    """An account of the cast's association with one role over what it is held over."""
    kind, key = {
        Role.CONTACT: (ScopeKind.ORGANISATION, walked.cast.firm.pk),
        Role.STEWARD: (ScopeKind.CAMPAIGN, walked.cast.campaign.pk),
        Role.ENUMERATOR: (ScopeKind.TOWN, 440113102),
    }.get(role, (ScopeKind.ASSOCIATION, walked.cast.panyu.pk))
    return account(walked.cast.panyu, f"some-{role}", role, kind, key)


@pytest.mark.parametrize("role", [Role.OFFICE_LEAD, Role.CONTACT, Role.STEWARD, Role.VIEWER, Role.AUDITOR])
def test_a_role_opens_the_pages_of_its_rights_and_no_others(walked, pages, role):
    seen = pages(somebody(walked, role))
    for path, right in addresses(walked):
        assert seen.get(path).status == (200 if right in RIGHTS[role] else 403), path


@pytest.fixture
def everything(walked, pages):
    """Pages of somebody who may see all of them."""
    at = walked.cast
    mei = at.mei
    for role in (Role.ADMINISTRATOR, Role.SECURITY):
        from tests.cast import grant

        grant(mei, role, ScopeKind.ASSOCIATION, at.panyu.pk)
    return pages(mei)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_shows_a_bare_key(walked, everything, language):
    everything.client.cookies["django_language"] = language
    for path, _ in addresses(walked):
        seen = everything.get(path)
        assert seen.answer.status_code == 200, path
        assert {found for found in BARE.findall(seen.text) if found.split(".")[0] in FAMILIES} == set(), path


def test_every_page_has_one_title_a_first_sentence_and_a_way_past_the_navigation(walked, everything):
    for path, _ in addresses(walked):
        page = everything.get(path).page
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main", id="main")) == 1, path
        assert page.all("a", class_="skip")[0].attributes["href"] == "#main", path
        head = page.elements.index(page.all("header", class_="head")[0])
        first = next(each for each in page.elements[head:] if each.tag == "p")
        assert len(first.text) > 8, path


def test_every_page_has_at_most_one_main_action_in_its_head(walked, everything):
    for path, _ in addresses(walked):
        html = everything.get(path).answer.content.decode()
        head = html[html.index('class="head"') : html.index("</header>", html.index('class="head"'))]
        assert head.count('class="main"') <= 1, path


def test_every_control_has_words(walked, everything):
    for path, _ in addresses(walked):
        page = everything.get(path).page
        named = {each.attributes.get("for") for each in page.all("label")}
        for each in page.all("input") + page.all("select") + page.all("textarea"):
            about = each.attributes
            is_told = about.get("id") in named or about.get("type") == "hidden" or about["name"] == "pass"
            is_told = is_told or about.get("aria-label") or "label" in each.within
            assert is_told or about["name"].startswith("seats-"), (path, about)


def test_every_page_of_a_demo_announces_its_clock(walked, everything, monkeypatch):
    from zuji.core import clock

    monkeypatch.setattr(clock, "announced", clock.now)
    for path, _ in addresses(walked):
        assert "演示时间 2021年7月26日 09:30" in everything.get(path).text, path


def test_dark_and_large_are_a_persons_own_choice_without_scripts(walked, pages):
    seen = pages(walked.cast.mei)
    answer = seen.client.post("/switch/", {"large": "1", "next": "/organisations/"})
    assert (answer.status_code, answer["Location"]) == (302, "/organisations/")
    seen.client.post("/switch/", {"dark": "1"})
    assert seen.get("/").page.all("html")[0].attributes["class"].split() == ["dark", "large"]
    seen.client.post("/switch/", {"dark": "0", "large": "0"})
    assert seen.get("/").page.all("html")[0].attributes["class"] == ""


def test_the_navigation_shows_what_somebody_may_open_and_where_they_are(walked, pages):
    seen = pages(walked.cast.lan).get(f"{walked.base}/matrix/")
    current = [words.text for words in seen.page.all("a", aria_current="page")]
    assert current == ["到达矩阵", "全部场次 3 个单位"] or current[0] == "到达矩阵"
    assert "/settings/accounts/" not in seen.links()
    assert "/figures/" not in seen.links()
    assert reverse("console:passes", args=[walked.cast.campaign.pk]) in seen.links("打卡证")


def test_there_are_eight_tasks():
    assert [task.key for task in TASKS] == [
        *("today", "organisations", "register", "walk", "programme", "channels", "figures", "settings"),
    ]


def test_an_unseen_thing_looks_like_an_absent_one(walked, pages):
    seen = pages(walked.cast.qin)
    for path in (f"{walked.base}/matrix/", f"/organisations/{walked.cast.firm.pk}/", "/walk/999/matrix/"):
        assert (seen.get(path).status, seen.get(path).title) == (404, "找不到")
