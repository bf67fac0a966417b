"""Firms of the register: who sees the list, what it says of what is unknown, how it is narrowed, and the towns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.console.registered import authority, firm, source
from zuji.console.views.register.towns import laid
from zuji.register.enums import Answer, EnterpriseStatus
from zuji.register.models import Card
from zuji.register.towns import towns

pytestmark = pytest.mark.usefixtures("demo", "morning")

SHIQI, NANCUN = "440113120", "440113102"
COUNTS = dict.fromkeys(("internet", "in_district", "active"), Answer.YES)
BANYAN = COUNTS | {"code": "91440101MAEXAMP038", "town": SHIQI, "staff": 11, "three_haves": Answer.YES}


@pytest.fixture
def firms(cast):
    return [
        firm(cast.panyu, "榕声互动科技有限公司", status=EnterpriseStatus.ACTIVE, **BANYAN),
        firm(cast.panyu, "木棉数科有限公司", town=NANCUN, industry_code="6513", three_haves=Answer.NO),
        firm(cast.panyu, "拾光信息有限公司"),
    ]


def names(seen):
    return [cells[0] for cells in seen.cells]


class TestList:
    def test_says_of_each_firm_what_is_known_and_says_unknown_of_the_rest(self, cast, firms, pages):
        seen = pages(cast.mei).get("/register/")
        known = next(cells for cells in seen.cells if cells[0].startswith("榕声"))
        assert known[1:5] == ["91440101MAEXAMP038", "石碁镇", "在营", "11"]
        nothing = next(cells for cells in seen.cells if cells[0].startswith("拾光"))
        assert nothing[1:] == [*["未知"] * 6, "没有", "未知"]

    def test_says_an_answer_by_word_and_shape(self, cast, firms, pages):
        page = pages(cast.mei).get("/register/").page
        assert [each.text for each in page.all("span", class_="yes")] == ["在营", "是", "是"]
        assert {each.text for each in page.all("span", class_="gone")} == {"未知"}

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ({"town": SHIQI}, {"榕声互动科技有限公司"}),
            ({"town": "unknown"}, {"拾光信息有限公司"}),
            ({"three_haves": "unknown"}, {"拾光信息有限公司"}),
            ({"industry": "65"}, {"木棉数科有限公司"}),
            ({"industry": "unknown", "town": SHIQI}, {"榕声互动科技有限公司"}),
            ({"industry": "else"}, set()),
            ({"q": "木棉"}, {"木棉数科有限公司"}),
        ],
    )
    def test_is_narrowed_by_filters_that_combine(self, cast, firms, pages, query, left):
        assert set(names(pages(cast.mei).get("/register/", **query))) == left

    def test_is_exported_as_it_is_shown(self, cast, firms, pages):
        head, *rows = pages(cast.mei).sheet("/register/", town=SHIQI)
        assert head[:3] == ["企业名称", "统一社会信用代码", "镇街"]
        assert [row[:5] for row in rows] == [["榕声互动科技有限公司", "91440101MAEXAMP038", "石碁镇", "在营", 11]]

    def test_says_to_import_a_list_while_it_is_empty(self, cast, pages):
        seen = pages(cast.mei).get("/register/")
        assert "名录还是空的" in seen.text
        assert seen.links("导入名单") == ["/register/lists/import/"]

    def test_asks_as_much_for_three_firms_as_for_one(self, cast, pages):
        counted = []
        for name in ("甲", "乙", "丙"):
            firm(cast.panyu, name)
            with CaptureQueriesContext(connection) as queries:
                pages(cast.mei).get("/register/")
            counted.append(len(queries))
        assert counted[0] == counted[2]

    def test_is_another_associations_to_nobody_else(self, cast, firms, pages):
        assert "榕声" not in pages(cast.qin).get("/register/").text
        assert pages(cast.qin).get(f"/register/{firms[0].pk}/").status == 404
        assert pages(cast.guo).get("/register/").status == 403

    def test_leaves_out_a_firm_that_was_found_to_be_another(self, cast, firms, pages):
        gone, kept, _ = firms
        gone.merged_into = kept
        gone.save()
        assert "榕声互动科技有限公司" not in names(pages(cast.mei).get("/register/"))


class TestTowns:
    def test_each_number_leads_to_its_firms(self, cast, firms, pages):
        mei = pages(cast.mei)
        seen = mei.get("/register/towns/")
        shiqi = next(cells for cells in seen.cells if cells[0] == "石碁镇")
        assert shiqi == ["石碁镇", "1", "1", "1", "0", "0"]
        its_firms = f"/register/?town={SHIQI}&counted=yes&three_haves=yes"
        assert its_firms in seen.links("1")
        assert set(names(mei.get(its_firms))) == {"榕声互动科技有限公司"}

    def test_firms_that_count_are_those_of_which_all_three_rules_say_yes(self, cast, firms, pages):
        Card.objects.filter(name__startswith="木棉").update(**COUNTS | {"active": Answer.UNKNOWN})
        mei = pages(cast.mei)
        assert names(mei.get("/register/", counted="yes")) == ["榕声互动科技有限公司"]
        assert len(names(mei.get("/register/", counted="no"))) == 2
        assert names(mei.get("/register/", active="unknown", internet="yes")) == ["木棉数科有限公司"]

    def test_firms_of_an_unknown_town_are_counted_and_led_to(self, cast, firms, pages):
        seen = pages(cast.mei).get("/register/towns/")
        assert next(cells for cells in seen.cells if cells[0] == "未知")[1] == "1"
        assert "/register/?town=unknown" in seen.links("1")

    def test_every_town_has_a_tile_of_its_own_where_it_lies(self):
        places = laid(tuple(towns().values()))
        assert len({(each.column, each.row) for each in places}) == len(towns()) == 16
        by_name = {each.town.name: each for each in places}
        assert by_name["化龙镇"].column > by_name["洛浦街道"].column
        assert by_name["沙湾街道"].row > by_name["大石街道"].row

    def test_a_count_that_is_none_is_the_first(self, cast, firms, pages):
        assert pages(cast.mei).get("/register/towns/", of="nonsense").status == 200

    def test_asks_as_often_whatever_stands_in_the_towns(self, cast, firms, pages):
        counted = []
        for town in (SHIQI, NANCUN):
            firm(cast.panyu, town, town=town)
            with CaptureQueriesContext(connection) as queries:
                pages(cast.mei).get("/register/towns/")
            counted.append(len(queries))
        assert counted[0] == counted[1]


def test_lists_say_how_many_rows_they_have(cast, firms, pages):
    seen = pages(cast.mei).get("/register/lists/")
    assert seen.cells[0][:5] == ["6月名单.xlsx", "市场监管", "2021年6月30日", "已并入", "3"]


def test_a_list_says_what_its_columns_were_read_as_and_where_its_rows_went(cast, firms, pages):
    of = source(authority(cast.panyu), "7月.xlsx")
    made = firm(cast.panyu, "番禺鱼跃", rows=2)
    seen = pages(cast.mei).get(f"/register/lists/{of.pk}/")
    assert "A 企业名称" in seen.text
    assert f"/register/{made.pk}/" in seen.links("番禺鱼跃")
