"""A frame is the matrix as one event, encoded once for all who may see the same."""

import json

import pytest

from tests.cast import Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.api.frames import frame, matrix_json
from zuji.api.schemas.matrix import Matrix
from zuji.checkin.enums import CodeKind
from zuji.checkin.live import Frame, Topic
from zuji.checkin.viewing import ALL, PUBLIC, View
from zuji.core.errors import NotFound

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def walked(cast: Cast, counter: Counter) -> Cast:
    poster = serial(cast.entrance, cast.guo, CodeKind.POSTER)
    counter.take(*(item(new_pass(cast.firm, cast.campaign), poster) for _ in range(3)), at=cast.day)
    return cast


def document(made: Frame) -> dict[str, object]:
    start = b"event: matrix\ndata: "
    assert made.event.startswith(start)
    assert made.event.endswith(b"\n\n")
    assert made.event.count(b"\n") == 3
    loaded: dict[str, object] = json.loads(made.event.removeprefix(start))
    return loaded


@pytest.mark.parametrize("view", [ALL, PUBLIC, View(frozenset({1}))])
def test_a_frame_holds_what_the_route_would_answer(walked: Cast, view: View):
    found = document(frame(Topic(walked.campaign.pk, view)))
    assert found == json.loads(matrix_json(walked.campaign.pk, view, at=walked.day))
    assert Matrix.model_validate(found).campaign == walked.campaign.pk


def test_a_line_break_in_a_name_breaks_no_event(walked: Cast):
    walked.firm.name = "木棉\n\nevent: ping"
    walked.firm.save()
    found = document(frame(Topic(walked.campaign.pk, ALL)))
    assert found["organisations"][0]["name"] == walked.firm.name


def test_a_view_of_another_kind_is_a_mistake_of_ours(walked: Cast):
    with pytest.raises(TypeError):
        frame(Topic(walked.campaign.pk, "everything"))


def test_a_campaign_that_there_is_not_has_no_frame(db: None):
    with pytest.raises(NotFound):
        frame(Topic(999_999, PUBLIC))
