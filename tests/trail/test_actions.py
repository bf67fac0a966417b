import pytest

from tests.cast import DAY
from tests.trail.files import TRAIL, without_last_stop
from zuji.checkin.enums import CoordStatus
from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.trail.actions import import_trail, open_trail, seed_sites, waive_location
from zuji.trail.enums import Verb
from zuji.trail.errors import Refusal
from zuji.trail.models import Exhibit, Hall, Leg, Site, Stop, StopCheckpoint, Trail
from zuji.trail.queries import stops_of, unready_stops

TABLES = (Campaign, Activity, Checkpoint, Site, Hall, Exhibit, Trail, Stop, StopCheckpoint, Leg)


def rows():
    """Every row of a trail, and how often history has seen one change."""
    kept = [model._default_manager.order_by("pk").values_list() for model in TABLES]
    histories = [model._meta.get_field("events").related_model for model in TABLES]
    events = [history._default_manager.count() for history in histories]
    return [list(each) for each in kept], events


def confirm(*stops):
    Checkpoint.objects.filter(place__stop__in=stops).update(coord_status=CoordStatus.CONFIRMED, lat=22.95, lon=113.43)


def test_seeded_sites_have_no_surveyed_place_and_are_seeded_once(cast):
    assert seed_sites(actor=cast.tao, association_id=cast.panyu.pk, at=DAY) == 14
    assert seed_sites(actor=cast.tao, association_id=cast.panyu.pk, at=DAY) == 0
    assert AuditEntry.objects.filter(verb=Verb.SITES_SEEDED).count() == 1


def test_a_district_seeds_its_own_list_only(cast):
    with pytest.raises(NotFound):
        seed_sites(actor=cast.qin, association_id=cast.panyu.pk, at=DAY)


def test_a_steward_or_contact_does_not_write_trails(cast):
    with pytest.raises(NotFound):
        seed_sites(actor=cast.lan, association_id=cast.panyu.pk, at=DAY)


def test_an_import_makes_stops_in_order_with_checkpoints_and_legs(trail):
    stops = list(stops_of(trail))
    assert [stop.site.code for stop in stops] == ["S01", "S03", "S01"]
    assert [[place.checkpoint.name_zh for place in stop.places.all()] for stop in stops] == [
        ["校门", "展厅"],
        ["门前"],
        ["返回"],
    ]
    assert (stops[1].leg.mode, stops[1].leg.distance_m) == ("coach", 12000)


def test_every_checkpoint_begins_unverified_and_without_a_place(trail):
    checkpoints = Checkpoint.objects.filter(activity=trail.activity)
    assert set(checkpoints.values_list("coord_status", "lat", "lon")) == {(CoordStatus.UNVERIFIED, None, None)}


def test_a_site_keeps_its_name_and_address_from_the_list_and_its_texts_from_the_file(trail):
    school, home = Site.objects.filter(code__in=["S01", "S03"])
    assert (school.address, school.about_zh, school.sample) == ("塱边村东约大街1号", "旧址", False)
    assert (home.seal, home.short_zh, home.sample) == ("故居", "何小静何虹故居", True)


def test_exhibits_carry_their_texts_and_stored_media(trail):
    table, lamp = Exhibit.objects.filter(hall__site__code="S01")
    assert (table.text_en, table.sample) == ("One table", True)
    assert table.image.startswith("trail/")
    assert (lamp.image, lamp.audio) == ("", "")


def test_the_same_file_again_changes_nothing(take):
    take()
    before = rows()
    take()
    assert rows() == before


def test_new_texts_and_windows_are_taken_over_and_surplus_exhibits_go(take):
    take()
    lamp = '[[sites.halls.exhibits]]\ntitle = { zh = "灯", en = "A lamp" }\n'
    take(TRAIL.replace("T18:00", "T19:00").replace("一张桌子", "两张桌子").replace(lamp, ""))
    assert Exhibit.objects.get().text_zh == "两张桌子"
    assert Checkpoint.objects.get(name_zh="门前").closes_at.hour == 11


def test_a_stop_may_be_added_while_the_trail_is_prepared(take):
    assert take(without_last_stop()).stops.count() == 2
    assert take().stops.count() == 3
    assert Trail.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        without_last_stop(),
        TRAIL.replace('[[stops]]\nsite = "S03"', '[[stops]]\nsite = "S01"'),
        TRAIL.replace(
            TRAIL[TRAIL.index('[[stops.checkpoints]]\nname = { zh = "展厅"') : TRAIL.index('[[stops]]\nsite = "S03"')],
            "",
        ),
    ],
    ids=["stop_gone", "stop_moved", "checkpoint_gone"],
)
def test_no_stop_or_checkpoint_is_taken_away(take, changed):
    take()
    before = rows()
    with pytest.raises(Refused, match=Refusal.TRAIL_CHANGED):
        take(changed)
    assert rows() == before


def test_an_open_trail_gets_no_further_stop(take):
    trail = take(without_last_stop())
    Trail.objects.filter(pk=trail.pk).update(opened_at=DAY)
    with pytest.raises(Refused, match=Refusal.TRAIL_IS_OPEN):
        take()


def test_a_site_that_is_not_on_the_list_is_named(take):
    with pytest.raises(Invalid, match=Refusal.UNKNOWN_SITE) as refused:
        take(TRAIL.replace("S03", "S99"))
    assert refused.value.facts == {"site": "S99"}


def test_a_site_that_is_not_on_the_list_is_put_there_when_the_file_names_it(cast, take):
    named = 'code = "S99"\nname = { zh = "旧祠", en = "Old hall" }\nshort = "旧祠"\n'
    take(TRAIL.replace('code = "S03"\n', named).replace("S03", "S99"))
    site = Site.objects.get(code="S99")
    assert (site.name_en, site.seal, site.association, site.lat) == ("Old hall", "故居", cast.panyu, None)


def test_a_stop_at_a_site_that_the_file_does_not_describe_is_refused(take):
    with pytest.raises(Invalid, match=Refusal.UNKNOWN_SITE):
        take(TRAIL.replace('site = "S03"', 'site = "S05"'))


def test_a_campaign_of_another_district_cannot_be_taken_over(cast, take):
    with pytest.raises(Refused, match=Refusal.CAMPAIGN_NAME_TAKEN):
        take(TRAIL.replace("small-walk", cast.foreign.slug))


def test_another_district_imports_nothing_here(cast, take, tmp_path):
    with pytest.raises(NotFound):
        import_trail(actor=cast.qin, association_id=cast.panyu.pk, data=TRAIL.encode(), media=tmp_path, at=DAY)


def test_a_trail_opens_only_when_every_stop_is_confirmed(cast, trail):
    first, second, third = trail.stops.all()
    confirm(first, third)
    with pytest.raises(Refused, match=Refusal.STOPS_NOT_READY) as refused:
        open_trail(actor=cast.mei, trail_id=trail.pk, at=DAY)
    assert refused.value.facts == {"stops": "何小静何虹故居"}
    confirm(second)
    assert open_trail(actor=cast.mei, trail_id=trail.pk, at=DAY).opened_by == cast.mei


def test_one_unverified_checkpoint_of_two_keeps_a_trail_shut(cast, trail):
    confirm(*trail.stops.all())
    Checkpoint.objects.filter(name_zh="展厅").update(coord_status=CoordStatus.UNVERIFIED)
    assert [stop.order for stop in unready_stops(trail)] == [1]


def test_a_named_person_may_accept_that_a_stop_is_not_judged(cast, trail):
    first, second, third = trail.stops.all()
    confirm(first, third)
    waived = waive_location(actor=cast.mei, stop_id=second.pk, at=DAY)
    assert (waived.location_waived_by, waived.location_waived_at) == (cast.mei, DAY)
    assert Checkpoint.objects.get(place__stop=second).coord_status == CoordStatus.NOT_JUDGED
    assert open_trail(actor=cast.mei, trail_id=trail.pk, at=DAY).opened_at == DAY


def test_accepting_touches_no_confirmed_checkpoint(cast, trail):
    stop = trail.stops.first()
    Checkpoint.objects.filter(name_zh="校门").update(coord_status=CoordStatus.CONFIRMED, lat=22.95, lon=113.43)
    waive_location(actor=cast.mei, stop_id=stop.pk, at=DAY)
    states = dict(Checkpoint.objects.filter(place__stop=stop).values_list("name_zh", "coord_status"))
    assert states == {"校门": CoordStatus.CONFIRMED, "展厅": CoordStatus.NOT_JUDGED}


def test_where_all_is_confirmed_there_is_nothing_to_accept(cast, trail):
    confirm(trail.stops.first())
    with pytest.raises(Refused, match=Refusal.LOCATION_IS_CONFIRMED):
        waive_location(actor=cast.mei, stop_id=trail.stops.first().pk, at=DAY)


def test_the_office_itself_does_not_open_a_trail(cast, trail):
    with pytest.raises(Forbidden):
        open_trail(actor=cast.tao, trail_id=trail.pk, at=DAY)


def test_the_office_itself_does_not_accept_an_unjudged_stop(cast, trail):
    stop = trail.stops.first()
    with pytest.raises(Forbidden):
        waive_location(actor=cast.tao, stop_id=stop.pk, at=DAY)


def test_opening_twice_keeps_the_first_moment(cast, trail):
    confirm(*trail.stops.all())
    first = open_trail(actor=cast.mei, trail_id=trail.pk, at=DAY)
    again = open_trail(actor=cast.mei, trail_id=trail.pk, at=DAY.replace(hour=9))
    assert first.opened_at == again.opened_at == DAY
    assert AuditEntry.objects.filter(verb=Verb.TRAIL_OPENED).count() == 1
