"""What the intake remembers: read at once, forgotten when told, and never half of either."""

import json
from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.checkin.desks import code, item, new_pass, token
from zuji.checkin import codes, steps, wire
from zuji.checkin.desk import Desk, Request
from zuji.checkin.directory import Directory, local_date, read_token
from zuji.checkin.steps import Query
from zuji.checkin.writing import millis, signer

pytestmark = pytest.mark.django_db

NOW = millis(DAY)


def forgetting(work, directory: Directory):
    """The same steps, but a change of everything is told while each query is on its way."""
    rows = None
    while True:
        try:
            step = work.send(rows)
        except StopIteration as done:
            return done.value
        if isinstance(step, Query):
            directory.forget_all()
        rows = yield step


def test_what_is_told_while_it_is_read_takes_nothing_away_from_its_batch(cast, walker, screen):
    desk = Desk(signer())
    request = Request(wire.read(json.dumps({"items": [item(walker, screen)]}).encode()), "", NOW)
    desk.glance(request)
    steps.run(forgetting(desk.settle([request], at=DAY), desk.directory))
    assert b"accepted" in request.answers[0]
    assert desk.directory.walker(token(walker)) is None


def test_a_checkpoint_is_read_anew_after_half_a_minute(cast, walker, screen):
    directory = Directory()
    steps.run(directory.load({token(walker)}, {cast.entrance.pk}, at_ms=NOW))
    shown = codes.parse(code(screen))
    assert shown is not None
    assert not directory.lacks_spot(shown, at_ms=NOW + 30_000)
    assert directory.lacks_spot(shown, at_ms=NOW + 30_001)
    assert directory.lacks_spot(shown, at_ms=NOW - 1)


def test_a_changed_row_is_forgotten_alone(cast, walker, screen):
    other = new_pass(cast.firm, cast.campaign)
    directory = Directory()
    steps.run(directory.load({token(walker), token(other)}, {cast.entrance.pk}, at_ms=NOW))
    directory.forget(f"pass:{walker.pk}")
    assert (directory.walker(token(walker)), directory.walker(token(other)).id) == (None, other.pk)
    directory.forget(f"checkpoint:{cast.entrance.pk}")
    assert directory.spot(cast.entrance.pk) is None


def test_a_checkpoint_that_does_not_exist_is_remembered_as_none(walker):
    directory = Directory()
    steps.run(directory.load(set(), {987_654}, at_ms=NOW))
    assert directory.spot(987_654) is None


@pytest.mark.parametrize("text", ["", "A", "AAAAAAAAAAAAAAAAAAAAAB", "A" * 21, "A" * 23, "=" * 22, "\u00e9" * 22])
def test_a_token_has_one_spelling(text):
    assert read_token(text) is None


def test_a_day_begins_at_midnight_there():
    midnight = DAY.replace(hour=16, minute=0)
    assert str(local_date(millis(midnight), "Asia/Shanghai")) == "2021-07-27"
    assert str(local_date(millis(midnight - timedelta(milliseconds=1)), "Asia/Shanghai")) == "2021-07-26"
