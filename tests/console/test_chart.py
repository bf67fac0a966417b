"""A chart says the same to everybody: drawn, read aloud, as a table, and as files."""

import json
import re
from dataclasses import replace

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory

from tests.console.walks import Reader
from zuji.console.blocks.chart import Chart, ChartKind, Series, chart_file
from zuji.console.templatetags.charts import chart_script, signed
from zuji.core import built

SITES = Chart(
    key="by-site",
    title="打卡",
    unit="次",
    kind=ChartKind.BAR,
    places="时刻起",
    x=("09:00", "09:15", "09:30"),
    series=(
        Series(name="松露小学", values=(3, 0, None), urls=("/a/", "", "")),
        Series(name="故居", values=(1, 12, 4)),
    ),
    note="按打卡的时间",
)


def shown(chart: Chart) -> str:
    request = RequestFactory().get("/page/", {"as_of": "2021-07-26", "page": "3"})
    return str(Template('{% include "console/blocks/chart.html" %}').render(RequestContext(request, {"chart": chart})))


def course(**changes: object) -> Chart:
    values = {"key": "t3", "kind": ChartKind.LINE, "x": ("7月", "8月"), "series": (Series(name="人", values=(2, 9)),)}
    return Chart(**{"title": "人数", "unit": "名", "places": "截至", **values, **changes})


class TestTable:
    """What stands where no script runs."""

    def test_it_has_every_value_with_its_unit_above_and_the_unknown_in_words(self):
        page = Reader(shown(SITES))
        assert [each.text for each in page.all("th", scope="col")] == ["时刻起", "松露小学，次", "故居，次"]
        assert [each.text for each in page.all("td")] == ["3", "1", "0", "12", "未知", "4"]

    def test_a_value_leads_to_its_records(self):
        assert [each.text for each in Reader(shown(SITES)).all("a", href="/a/")] == ["3"]

    def test_it_is_open_and_the_drawing_is_not_there_before_a_script_draws_it(self):
        page = Reader(shown(SITES))
        (table,) = [each for each in page.all("div") if "data-table" in each.attributes]
        (plot,) = [each for each in page.all("div") if "data-plot" in each.attributes]
        buttons = page.all("button")
        assert "hidden" not in table.attributes
        assert "hidden" in plot.attributes
        assert all("hidden" in each.attributes for each in buttons)

    def test_where_nothing_is_known_it_says_so_and_draws_nothing(self):
        empty = course(x=("7月",), series=(Series(name="人", values=(None,)),))
        text = shown(empty)
        assert "还没有可画的数" in text
        assert "data-chart" not in text
        assert "<table" not in text

    def test_dots_have_their_own_word_for_nothing(self):
        dots = Series(name="已发布", values=(None, 9), dots=True, empty="figures.never")
        chart = course(series=(*course().series, dots))
        assert [each.text for each in Reader(shown(chart)).all("td")] == ["2", "未发布", "9", "9"]


class TestLegend:
    """Where there are series to tell apart."""

    def test_each_series_has_a_pattern_of_its_own(self):
        page = Reader(shown(SITES))
        (legend,) = [each for each in page.all("ul") if "data-legend" in each.attributes]
        assert legend.text == "松露小学故居"
        assert [each.attributes["class"] for each in page.all("i")] == ["p1", "p2"]

    def test_one_series_and_a_grid_that_names_its_rows_have_none(self):
        for chart in (course(), replace(SITES, kind=ChartKind.HEAT)):
            assert "data-legend" not in shown(chart)


class TestSummary:
    """What is read aloud instead of the drawing."""

    def test_bars_say_their_sum_and_the_most(self):
        assert SITES.summary == "打卡：合计20次，最多的是09:15，12次。每一项的数在下面的表里。"

    def test_a_line_says_from_where_to_where_and_its_highest(self):
        chart = course(x=("一", "二", "三"), series=(Series(name="人", values=(2, 1900, 216)),))
        assert chart.summary == "人数：由2到216名，最高1,900名，在二。每一点的数在下面的表里。"

    def test_dots_do_not_make_the_line_longer(self):
        dots = Series(name="已发布", values=(None, 9999), dots=True)
        assert "9,999" not in course(series=(*course().series, dots)).summary

    def test_nothing_is_said_to_be_nothing(self):
        assert course(x=(), series=()).summary == "人数：没有数。"

    def test_it_is_the_drawings_name(self):
        (plot,) = Reader(shown(SITES)).all("div", role="img")
        assert plot.attributes["aria-label"] == SITES.summary


class TestFiles:
    """The table as a workbook and as CSV, by the page's own address."""

    def test_links_keep_the_page_as_it_is(self):
        (csv,) = [each for each in Reader(shown(SITES)).all("a") if each.text == "csv"]
        assert csv.attributes["href"] == "?as_of=2021-07-26&chart=by-site&format=csv"

    def test_a_file_has_what_the_table_has(self, cast):
        request = RequestFactory().get("/", {"chart": "by-site", "format": "csv"})
        answer = chart_file(request, [course(), SITES], at=cast.day)
        lines = answer.content.decode("utf-8-sig").split()
        assert lines == ["时刻起,松露小学，次,故居，次", "09:00,3,1", "09:15,0,12", "09:30,未知,4"]
        assert 'filename="by-site-' in answer["Content-Disposition"]

    @pytest.mark.parametrize(
        "query", [{}, {"chart": "by-site"}, {"chart": "none", "format": "csv"}, {"chart": "by-site", "format": "exe"}]
    )
    def test_any_other_address_asks_for_the_page(self, cast, query):
        assert chart_file(RequestFactory().get("/", query), [SITES], at=cast.day) is None


def test_a_name_cannot_break_out_of_the_page():
    evil = course(title='</script><script>alert("x")</script>', series=(Series(name="<b>人", values=(1, 2)),))
    text = shown(evil)
    assert "<script>alert" not in text
    (source,) = re.findall(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(source)["series"][0]["name"] == "<b>人"


def test_the_script_is_a_part_of_no_page_by_itself(walked, pages):
    script = built.entry("charts").script
    for path, has in (("/figures/T3/", True), (f"{walked.base}/overview/", True), ("/figures/", False), ("/", False)):
        assert (script in pages(walked.cast.mei).get(path).answer.content.decode()) == has, path


def test_where_nothing_is_built_the_page_has_its_tables(walked, pages, monkeypatch):
    monkeypatch.setattr(built, "entry", lambda name: None)
    assert chart_script() == ""
    assert "证据等级" in pages(walked.cast.mei).get("/figures/T4/").text


@pytest.mark.parametrize(("change", "said"), [(3, "+3"), (-1, "−1"), (0, "0"), (1900, "+1,900")])
def test_a_change_has_its_sign(change, said):
    assert signed(change) == said
