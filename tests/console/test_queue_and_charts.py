"""The queue by keys alone and what a lost connection does to it; charts drawn, followed, saved and printed."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
QUEUE = "/walk/{walk}/impressions/"


@pytest.fixture
def written(walk):
    """Three impressions that wait, of a stop at the first checkpoint; whatever waited before is gone."""
    from datetime import timedelta

    from tests.briefing.walk import lay_trail, site
    from tests.checkin.desks import new_pass
    from zuji.checkin.models import Activity, Campaign, Checkpoint
    from zuji.committee.models import ParticipantOrganisation
    from zuji.core import clock
    from zuji.core.ids import uuid7
    from zuji.trail.models import Impression, Trail

    with walk.home.database():
        campaign = Campaign.objects.get(pk=walk.campaign)
        door = Checkpoint.objects.get(pk=walk.checkpoints[0])
        activity = Activity.objects.get(pk=door.activity_id)
        trail = Trail.objects.filter(activity=activity).first() or lay_trail(
            activity, [(door, site(walk.home.cast.panyu, f"Q{activity.pk}"))]
        )
        Impression.objects.filter(campaign=campaign).delete()
        walker = new_pass(ParticipantOrganisation.objects.get(pk=walk.organisations[0]), campaign)
        for number, text in enumerate(("第一句", "第二句", "第三句")):
            at = clock.now() - timedelta(minutes=9 - number)
            Impression.objects.create(
                id=uuid7(at),
                campaign=campaign,
                stop=trail.stops.earliest("order"),
                walk_pass=walker,
                text=text,
                local_date=at.date(),
                written_at=at,
                received_at=at,
            )
    return walk


def states(walk) -> dict[str, str]:
    from zuji.trail.models import Impression

    with walk.home.database():
        return dict(Impression.objects.filter(campaign=walk.campaign).values_list("text", "state"))


def card(page: Page):
    return page.locator("#queue blockquote")


class TestQueue:
    """Everything by keys."""

    def test_digits_answer_u_takes_back_and_j_puts_off(self, open_page, written):
        page = open_page(QUEUE)
        expect(card(page)).to_have_text("第一句")
        page.keyboard.press("1")
        expect(card(page)).to_have_text("第二句")
        page.keyboard.press("j")
        expect(card(page)).to_have_text("第三句")
        page.keyboard.press("3")
        expect(card(page)).to_have_text("第二句")
        page.keyboard.press("u")
        expect(card(page)).to_have_text("第三句")
        assert states(written) == {"第一句": "approved", "第二句": "waiting", "第三句": "waiting"}

    def test_the_navigation_counts_along(self, open_page, written):
        page = open_page(QUEUE)
        entry = page.locator("nav.tasks a[aria-current=page]")
        expect(entry).to_contain_text("3")
        page.keyboard.press("1")
        expect(entry).to_contain_text("2")

    def test_the_next_card_has_the_focus_so_that_it_is_read_out(self, open_page, written):
        page = open_page(QUEUE, who="tao")
        page.keyboard.press("1")
        expect(page.locator("#queue article")).to_be_focused()

    def test_a_key_that_is_held_down_answers_one_card(self, open_page, written):
        page = open_page(QUEUE)
        expect(card(page)).to_have_text("第一句")
        page.keyboard.down("1")
        page.keyboard.down("1")
        page.keyboard.down("1")
        page.keyboard.up("1")
        expect(card(page)).to_have_text("第二句")
        page.wait_for_timeout(300)
        assert sorted(states(written).values()) == ["approved", "waiting", "waiting"]

    def test_what_the_frame_asks_for_meanwhile_is_left_alone(self, open_page, written):
        page = open_page(QUEUE)
        page.evaluate("htmx.ajax('GET', '/notices/', {target: '.who', swap: 'none'})")
        page.keyboard.press("1")
        expect(card(page)).to_have_text("第二句")
        page.wait_for_timeout(300)
        assert page.url.endswith("/impressions/")

    def test_what_is_typed_elsewhere_is_no_answer(self, open_page, written):
        page = open_page(QUEUE)
        page.keyboard.press("Control+k")
        page.keyboard.type("1")
        page.keyboard.press("Escape")
        expect(card(page)).to_have_text("第一句")

    def test_without_a_connection_nothing_is_lost_and_the_same_key_works_later(self, open_page, written):
        page = open_page(QUEUE)
        page.context.set_offline(True)
        page.keyboard.press("1")
        expect(page.get_by_role("alert")).to_contain_text("没有连上")
        expect(card(page)).to_have_text("第一句")
        page.context.set_offline(False)
        page.keyboard.press("1")
        expect(card(page)).to_have_text("第二句")

    def test_signed_out_meanwhile_one_is_led_to_the_way_in(self, open_page, written):
        page = open_page(QUEUE)
        page.context.clear_cookies(name="sessionid")
        page.keyboard.press("1")
        page.wait_for_url("**/sign-in/**")
        assert set(states(written).values()) == {"waiting"}

    def test_the_answers_stay_at_the_foot_of_the_window(self, open_page, written):
        for size in ({"width": 1280, "height": 900}, {"width": 360, "height": 740}):
            page = open_page(QUEUE, viewport=size)
            box = page.locator("#queue .keys").bounding_box()
            assert box["y"] + box["height"] == pytest.approx(size["height"], abs=1)


class TestCharts:
    """Drawn where a script runs; what they show leads on."""

    PATH = "/walk/{walk}/overview/"

    def test_it_is_drawn_and_its_table_is_one_button_away(self, open_page, written):
        page = open_page(self.PATH)
        chart = page.locator("#chart-checkins-by-quarter")
        expect(chart.locator("[data-plot] svg")).to_be_visible()
        expect(chart.locator("table")).to_be_hidden()
        chart.get_by_role("button", name="表").click()
        expect(chart.locator("table")).to_be_visible()

    def test_a_bar_opens_its_records(self, open_page, written):
        page = open_page(self.PATH)
        plot = page.locator("#chart-checkins-by-grade [data-plot]")
        expect(plot.locator("svg")).to_be_visible()
        plot.scroll_into_view_if_needed()
        page.wait_for_timeout(500)  # until the bars have grown
        box = max(
            (each.bounding_box() for each in plot.locator("svg path").all()),
            key=lambda box: bool(box) and (8 < box["height"] < 20) * box["width"],
        )
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_url("**/checkins/?state=counted&grade=*")

    def test_it_is_saved_as_a_picture(self, open_page, written):
        page = open_page(self.PATH)
        with page.expect_download() as saved:
            page.locator("#chart-checkins-by-grade").get_by_role("button", name="png").click()
        assert saved.value.suggested_filename == "chart-checkins-by-grade.png"
        assert saved.value.path().read_bytes().startswith(b"\x89PNG")

    def test_a_figures_course_comes_after_the_page_and_follows_its_span(self, open_page, written):
        page = open_page("/figures/T3/")
        expect(page.locator("#course [data-plot] svg")).to_be_visible()
        page.locator("#course").get_by_text("近一年", exact=True).click()
        expect(page.locator("#course h3")).to_have_text("近一年走势")
        expect(page.locator("#course [data-plot] svg")).to_be_visible()

    def test_without_a_script_the_table_stands(self, open_page, written):
        page = open_page(self.PATH, java_script_enabled=False)
        chart = page.locator("#chart-checkins-by-grade")
        expect(chart.locator("table")).to_be_visible()
        expect(chart.locator("[data-plot]")).to_be_hidden()

    def test_it_follows_its_window_and_the_page_is_never_wider(self, open_page, written):
        page = open_page(self.PATH)
        drawing = page.locator("#chart-checkins-by-quarter svg")
        wide = drawing.bounding_box()["width"]
        page.set_viewport_size({"width": 360, "height": 740})
        page.wait_for_timeout(300)
        assert drawing.bounding_box()["width"] < wide
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    def test_on_paper_it_is_black_on_white_in_the_dark_look_too(self, open_page, written):
        page = open_page(self.PATH)
        page.context.add_cookies([{"name": "zuji_dark", "value": "1", "url": written.home.origin}])
        page.reload()
        expect(page.locator("#chart-checkins-by-grade svg")).to_be_visible()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        fills = page.locator("#chart-checkins-by-grade svg path").evaluate_all(
            "all => all.map(each => each.getAttribute('fill'))"
        )
        assert "#555" in fills

    def test_with_less_motion_nothing_moves(self, open_page, written):
        page = open_page(self.PATH, reduced_motion="reduce")
        bars = page.locator("#chart-checkins-by-grade svg path")
        expect(bars.first).to_be_attached()
        first = bars.evaluate_all("all => all.map(each => each.getAttribute('d'))")
        page.wait_for_timeout(200)
        assert bars.evaluate_all("all => all.map(each => each.getAttribute('d'))") == first
