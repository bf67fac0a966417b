import pytest

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, campaign
from tests.checkin.desks import new_pass
from zuji.api.walls.setting import setting_of
from zuji.core.enums import HomeKind
from zuji.core.models import Home
from zuji.trail.models import Site, Trail

NONE: frozenset[int] = frozenset()


@pytest.fixture
def trail(cast):
    made = lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1")), (cast.hall, site(cast.panyu, "S2"))])
    Trail.objects.update(opened_at=DAY)
    made.refresh_from_db()
    return made


def test_organisations_stand_in_the_order_of_signing_up_and_the_counted_ones_behind(cast):
    for organisation in (cast.unit, cast.firm):
        new_pass(organisation, cast.campaign)
    found = setting_of(cast.campaign.pk, frozenset({cast.second_firm.pk, cast.firm.pk}), at=DAY)
    assert [(line.name, line.is_firm, line.co) for line in found.lines] == [
        ("共建单位甲", False, True),
        ("木棉数科", True, False),
        ("榕声互动", True, False),
    ]
    assert found.passes == 2


def test_names_are_short_and_still_told_in_full(cast):
    cast.firm.name = "广州木棉数科有限公司（示例）"
    cast.firm.save()
    new_pass(cast.firm, cast.campaign)
    (line,) = setting_of(cast.campaign.pk, NONE, at=DAY).lines
    assert (line.name, line.full) == ("木棉数科", "广州木棉数科有限公司（示例）")


def test_the_window_reaches_from_the_first_opening_to_the_last_closing(cast, trail):
    cast.hall.closes_at = DAY.replace(hour=9)
    cast.hall.save()
    assert setting_of(cast.campaign.pk, NONE, at=DAY).window == (cast.entrance.opens_at, cast.hall.closes_at)


def test_a_campaign_without_a_day_says_where_to_join(cast, settings):
    settings.BASE_URL = "https://zuji.example"
    found = setting_of(campaign(cast.panyu, "autumn").pk, NONE, at=DAY)
    assert (found.window, found.stations, found.lines, found.activity) == ((None, None), [], [], None)
    assert found.join == "https://zuji.example/public/autumn/"


def test_samples_are_marked_wherever_they_come_from(cast, trail):
    new_pass(cast.firm, cast.campaign)

    def is_sample() -> bool:
        return setting_of(cast.campaign.pk, NONE, at=DAY).sample

    assert not is_sample()
    for row, name in ((cast.firm, "sample"), (trail, "sample"), (Site.objects.first(), "sample")):
        setattr(row, name, True)
        row.save()
        assert is_sample()
        setattr(row, name, False)
        row.save()


def test_a_demo_says_that_it_is_one(cast):
    assert not setting_of(cast.campaign.pk, NONE, at=DAY).demo
    Home.objects.update(kind=HomeKind.DEMO)
    assert setting_of(cast.campaign.pk, NONE, at=DAY).demo


@pytest.mark.parametrize("more", [0, 2])
def test_more_organisations_cost_no_more_queries(cast, trail, more, django_assert_num_queries):
    for organisation in [cast.firm, cast.second_firm, cast.unit][: 1 + more]:
        new_pass(organisation, cast.campaign)
    with django_assert_num_queries(15):
        assert len(setting_of(cast.campaign.pk, NONE, at=DAY).lines) == 1 + more
