"""A holder is forgotten at their own wish; what counts goes on counting, and the log stays whole."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.actions import erase_own_pass, take_back, verify_log
from zuji.checkin.enums import CodeKind
from zuji.checkin.facts import CHECKINS
from zuji.checkin.models import Correction, Item, MatrixCell, Pass, PassDetail
from zuji.checkin.queries import recount
from zuji.core.errors import NotFound
from zuji.core.models import AuditEntry

LATER = DAY + timedelta(hours=2)


@pytest.fixture
def walked(cast: Cast, counter: Counter) -> Pass:
    """A pass with a name that checked in at the entrance, and was sent away at the hall."""
    walk_pass = new_pass(cast.firm, cast.campaign)
    PassDetail.objects.create(walk_pass=walk_pass, nickname="小木棉")
    entrance, hall = (serial(place, cast.guo, CodeKind.SCREEN) for place in (cast.entrance, cast.hall))
    counter.take(item(walk_pass, entrance))
    (answer,) = counter.take(item(walk_pass, hall))
    take_back(actor=cast.guo, campaign_id=cast.campaign.pk, item_id=answer["id"], reason="误扫", at=DAY)
    return walk_pass


def forget(walk_pass: Pass):
    return erase_own_pass(token=bytes(walk_pass.token or b""), at=LATER)


def counted(at: datetime) -> int:
    """Check-ins that a figure counts at a cut-off."""
    with connection.cursor() as cursor:
        select = f"select count(*) from ({CHECKINS.select}) as fact where counted_from <= %s and "
        cursor.execute(select + "(taken_back_at is null or taken_back_at > %s)", [at, at])
        return int(cursor.fetchone()[0])


def test_name_token_instants_and_salts_are_gone(walked: Pass):
    assert forget(walked) == (2, 0)
    walked.refresh_from_db()
    assert (walked.token, walked.withdrawn_at) == (None, LATER)
    assert not PassDetail.objects.exists()
    assert set(Item.objects.values_list("at", "received_at", "step", "salt")) == {(None, None, None, None)}
    assert set(Correction.objects.values_list("salt", flat=True)) == {None}


def test_counts_stay(walked: Pass, cast: Cast):
    before = recount(cast.campaign.pk), list(MatrixCell.objects.order_by("pk").values("delivered", "grade_a"))
    assert counted(LATER) == 1
    forget(walked)
    assert (recount(cast.campaign.pk), list(MatrixCell.objects.order_by("pk").values("delivered", "grade_a"))) == before
    assert counted(LATER) == 1


def test_the_log_is_still_whole(walked: Pass):
    forget(walked)
    assert verify_log(at=LATER).faults == []


def test_another_walkers_rows_are_left_alone(walked: Pass, cast: Cast, counter: Counter):
    other = new_pass(cast.firm, cast.campaign)
    PassDetail.objects.create(walk_pass=other, nickname="榕声")
    counter.take(item(other, serial(cast.entrance, cast.guo, CodeKind.SCREEN, 2)))
    forget(walked)
    assert Item.objects.filter(pass_id=other.pk, salt__isnull=False, at__isnull=False).count() == 1
    assert PassDetail.objects.get().nickname == "榕声"


def test_the_trail_says_that_somebody_was_forgotten_and_not_who_asked(walked: Pass):
    forget(walked)
    said = AuditEntry.objects.filter(verb="pass_erased").get()
    assert (said.actor, said.key, said.facts) == (None, str(walked.pk), {})


def test_nobody_is_forgotten_twice(walked: Pass):
    token = bytes(walked.token or b"")
    forget(walked)
    with pytest.raises(NotFound):
        erase_own_pass(token=token, at=LATER)
    assert AuditEntry.objects.filter(verb="pass_erased").count() == 1
