"""A change is told to everybody who holds the walk, until somebody of the office takes it back."""

from datetime import timedelta

import pytest

from tests.cast import DAY
from zuji.core.errors import Forbidden, NotFound
from zuji.core.models import AuditEntry
from zuji.trail.actions import take_back_change, write_change
from zuji.trail.changes import News
from zuji.trail.documents import walk_document
from zuji.trail.models import Change

LATER = DAY + timedelta(minutes=3)
MOVED = News(text_zh="松露小学站改为 10:30 集合", text_en="Songlu Primary School now meets at 10:30")
OFF = News(text_zh="暴雨，今天的徒步取消", text_en="Rainstorm: today's walk is called off", cancelled=True)


def told(cast):
    return walk_document(cast.activity, at=LATER)["changes"]


def write(actor, cast, news=MOVED, *, at=DAY):
    return write_change(actor=actor, campaign_id=cast.campaign.pk, news=news, at=at)


def test_a_walk_without_changes_tells_none(cast):
    assert told(cast) == []


def test_the_newest_is_told_first_in_both_languages(cast):
    first, second = write(cast.tao, cast), write(cast.mei, cast, OFF, at=LATER)
    assert [(each["id"], each["cancelled"], each["at"]) for each in told(cast)] == [
        (second.pk, True, LATER),
        (first.pk, False, DAY),
    ]
    assert told(cast)[1]["text"] == {"zh": MOVED.text_zh, "en": MOVED.text_en}


def test_a_change_taken_back_is_told_no_longer_and_stays_in_the_history(cast):
    change = write(cast.tao, cast)
    for at in (DAY, LATER):
        take_back_change(actor=cast.mei, change_id=change.pk, at=at)
    assert told(cast) == []
    kept = Change.objects.get()
    assert (kept.taken_back_by, kept.taken_back_at) == (cast.mei, DAY)
    verbs = AuditEntry.objects.filter(campaign=cast.campaign.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["change_written", "change_taken_back"]


def test_another_campaign_hears_nothing(cast):
    from tests.cast import campaign

    other = campaign(cast.panyu, "other")
    write_change(actor=cast.mei, campaign_id=other.pk, news=MOVED, at=DAY)
    assert told(cast) == []


def test_only_the_office_tells_and_takes_back(cast):
    change = write(cast.tao, cast)
    for actor, error in ((cast.lan, Forbidden), (cast.guo, Forbidden), (cast.qin, NotFound)):
        with pytest.raises(error):
            write(actor, cast)
        with pytest.raises(error):
            take_back_change(actor=actor, change_id=change.pk, at=LATER)
    assert [each["id"] for each in told(cast)] == [change.pk]
