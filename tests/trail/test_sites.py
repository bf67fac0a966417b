from zuji.core.geometry import Point, distance_m
from zuji.trail.sites import known_sites


def test_the_two_sites_of_the_walk_are_known():
    names = {site.code: site.name_zh for site in known_sites()}
    assert "松露小学" in names["S01"]
    assert "何小静、何虹" in names["S03"]


def test_codes_are_given_once_and_seals_fit():
    sites = known_sites()
    assert len({site.code for site in sites}) == len(sites) == 14
    assert all(1 <= len(site.seal) <= 4 and 1 <= len(site.short_zh) <= 24 for site in sites)


def test_every_site_lies_in_the_district_within_its_own_uncertainty():
    centre = Point(22.96, 113.38)
    assert all(distance_m(centre, Point(site.lat, site.lon)) < 25_000 for site in known_sites())
    assert all(site.uncertainty_m >= 100 for site in known_sites())
