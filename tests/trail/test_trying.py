from tests.cast import DAY
from tests.trail.files import TRAIL, media
from zuji.checkin.models import Campaign
from zuji.trail.actions import import_trail, seed_sites
from zuji.trail.models import Hall, Trail
from zuji.trail.trying import tried


def trying(cast, tmp_path, settings, text=TRAIL, look=lambda trail: trail.stops.count()):
    settings.MEDIA_ROOT = tmp_path / "store"
    seed_sites(actor=cast.tao, association_id=cast.panyu.pk, at=DAY)

    def act():
        files = media(tmp_path / "media")
        return import_trail(actor=cast.tao, association_id=cast.panyu.pk, data=text.encode(), media=files, at=DAY)

    return act, tried(act, look)


def test_an_import_that_is_tried_is_seen_and_leaves_nothing(cast, tmp_path, settings):
    _, (stops, changes) = trying(cast, tmp_path, settings)
    assert stops == 3
    assert {each.kind: (each.made, each.changed, each.gone) for each in changes} == {
        "campaign": (1, 0, 0),
        "activity": (1, 0, 0),
        "trail": (1, 0, 0),
        "stop": (3, 0, 0),
        "leg": (2, 0, 0),
        "checkpoint": (4, 0, 0),
        "site": (0, 2, 0),
        "hall": (1, 0, 0),
        "exhibit": (2, 0, 0),
    }
    assert not Trail.objects.filter(activity__campaign__slug="small-walk").exists()
    assert not Campaign.objects.filter(slug="small-walk").exists()


def test_what_is_so_already_is_no_change(cast, tmp_path, settings):
    act, _ = trying(cast, tmp_path, settings)
    act()
    assert tried(act, lambda trail: trail.pk)[1] == []


def test_a_room_that_the_file_no_longer_has_is_gone(cast, tmp_path, settings):
    act, _ = trying(cast, tmp_path, settings)
    trail = act()
    Hall.objects.create(site=trail.stops.first().site, order=2, name_zh="第二展厅", name_en="Second hall")
    assert [tuple(each) for each in tried(act, lambda trail: trail.pk)[1]] == [("hall", 0, 0, 1)]
    assert Hall.objects.count() == 2
