"""Ready request bodies: a first line says how, the others are items that the home takes."""

import json
from itertools import islice

import pytest

from bench import seed
from tests.cast import DAY
from tests.checkin.desks import Counter, outcomes
from zuji.core.facts import create_facts
from zuji.core.models import Association

pytestmark = pytest.mark.django_db


def test_every_body_is_taken_once(cast):
    walk = seed.seed(2, now=DAY)
    how, *bodies = map(json.loads, seed.lines(walk, 80))
    assert (how["method"], how["path"], how["acknowledged"]) == ("POST", "/api/v1/checkins", ["accepted", "already"])
    answers = [Counter().take(*body["items"]) for body in bodies[:3]]
    assert [outcomes(found) for found in answers] == [["accepted"]] * 3
    assert len({body["items"][0]["id"] for body in bodies}) == 80


def test_a_measuring_walk_is_a_rehearsal_and_counts_nowhere(cast):
    walk = seed.seed(1, now=DAY)
    Counter().take(*map(json.loads, islice(walk.items(), 3)))
    create_facts()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from facts.checkins where campaign_id = %s", [walk.campaign])
        assert cursor.fetchone() == (0,)
    assert Association.objects.filter(slug__startswith="bench-").count() == 1


def test_ids_are_of_version_seven_and_all_different():
    ids = {seed.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(key[14] == "7" and key[19] in "89ab" and len(key) == 36 for key in ids)
