"""The wall's page, as any screen opens it."""

import json

import pytest
from django.test import Client

from tests.console.walks import Pages
from tests.core.test_built import MANIFEST, folder, lay  # noqa: F401  (a fixture)
from zuji.core import built

WALL = MANIFEST | {"src/wall.tsx": {"file": "assets/wall-abc.js", "css": ["assets/wall.css"]}}


@pytest.fixture
def wall(walked, folder):  # noqa: F811
    """What Vite would have built, and whoever looks at the wall."""
    lay(folder, WALL)
    return Pages(Client())


def test_a_wall_says_whose_it_is_and_of_which_build(wall, walked):
    seen = wall.get("/wall/walk/")
    (app,) = seen.page.all("div", id="app")
    assert app.attributes["data-campaign"] == str(walked.cast.campaign.pk)
    assert app.attributes["data-build"] == built.digest()
    assert [each.attributes["src"] for each in seen.page.all("script")] == ["/static/web/assets/wall-abc.js"]
    assert seen.page.all("title")[0].text == "徒步 · 现场大屏"


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [("", "zh-hans", "徒步"), ("en", "en", "Walk"), ("zh", "zh-hans", "徒步"), ("xx", "zh-hans", "徒步")],
)
def test_the_address_chooses_the_language(wall, asked, language, title):
    seen = wall.get(f"/wall/walk/?lang={asked}")
    assert seen.page.all("html")[0].attributes["lang"] == language
    assert seen.page.all("title")[0].text.startswith(title)


def test_a_browser_keeps_no_wall_and_is_given_no_session(wall):
    answer = wall.get("/wall/walk/").answer
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_wall_is_always_dark(wall):
    assert wall.get("/wall/walk/").page.all("html")[0].attributes["class"] == "dark"


def test_a_campaign_that_there_is_not_has_no_wall(wall):
    assert wall.get("/wall/nothing/").status == 404


def test_a_wall_that_is_not_built_yet_says_what_to_run(walked, folder):  # noqa: F811
    seen = Pages(Client()).get("/wall/walk/")
    assert (seen.status, "make setup" in seen.text) == (503, True)


def test_without_scripts_the_public_page_is_a_step_away(wall):
    assert "/public/walk/" in wall.get("/wall/walk/").links("徒步")


def test_a_wall_says_nothing_by_itself_that_the_frame_would_hide(wall, walked):
    text = json.dumps(wall.get("/wall/walk/").text)
    for name in (walked.cast.firm.name, walked.cast.unit.name):
        assert name not in text


def test_the_console_finds_a_wall_by_the_campaigns_key(wall, walked):
    answer = wall.get(f"/walls/{walked.cast.campaign.pk}/").answer
    assert (answer.status_code, answer["Location"]) == (302, "/wall/walk/")
    assert wall.get("/walls/999999/").status == 404


def test_the_campaigns_page_leads_to_the_wall(walked, pages):
    seen = pages(walked.cast.mei).get(f"/walk/{walked.cast.campaign.pk}/overview/")
    assert any(link.endswith("/wall/walk/") for link in seen.links("/wall/walk/"))
    assert f"/walls/{walked.cast.campaign.pk}/" in seen.links("现场大屏")
