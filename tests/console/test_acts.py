"""A form is made from an action's signature, checks by the action itself, and does what was asked once."""

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

import msgspec
import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.utils import timezone
from msgspec import Meta

from tests.cast import DAY, make_cast
from tests.console.standing import stand
from tests.console.walks import Seen
from zuji.committee.access import visible_participants
from zuji.committee.actions import add_participant
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.console.blocks.acts import ActForm, Rows, initial_of, prefix_of
from zuji.console.blocks.forms import attempt
from zuji.console.pages import Desk
from zuji.core import clock
from zuji.core.errors import Refused
from zuji.core.models import AuditEntry
from zuji.people.models import Account

ADD = "/organisations/add/"
FORM = {"name": "荔湾软件（示例）", "kind": "firm", "joins_as": "firm_organisation", "expected": "12"}


@dataclass(frozen=True, kw_only=True)
class Size:
    height: Annotated[int, Meta(ge=1, le=9)]
    depth: int | None = None


class Look(msgspec.Struct, kw_only=True):
    colour: str
    since: date | None = None


def paint(
    *,
    actor: Account,
    wall_id: int,
    name: Annotated[str, Meta(max_length=5)],
    joins_as: JoinsAs,
    other_id: int,
    begins: datetime,
    note: str = "",
    is_wide: bool = False,
    size: Size,
    look: Look,
    at: datetime,
) -> dict[str, object]:
    """An action that gives back what it was given."""
    return {key: value for key, value in locals().items() if key not in ("actor", "at")}


def visible(at_desk):
    return visible_participants(at_desk.account, at=at_desk.at)


Paint = ActForm.of(paint, words="participant", given=("wall_id",), fields={"other_id": Rows(visible)})


def typed(cast, **changes):
    sent = {
        "name": " 长 ",
        "joins_as": "cobuilding_unit",
        "other_id": str(cast.firm.pk),
        "begins": "2021-07-26T09:30",
        "height": "3",
        "colour": "red",
    }
    return Paint(sent | changes, at_desk=Desk(cast.lan, DAY))


# --- from a signature


def test_what_an_action_takes_is_what_is_asked_for_but_for_what_the_page_knows(cast):
    form = typed(cast)
    assert list(form.fields) == [
        *("name", "joins_as", "other_id", "begins", "note", "is_wide", "height", "depth", "colour", "since")
    ]
    kinds = [type(field) for field in form.fields.values()]
    assert [kinds[place] for place in (0, 1, 3, 5, 6, 9)] == [
        forms.CharField,
        forms.TypedChoiceField,
        forms.DateTimeField,
        forms.BooleanField,
        forms.IntegerField,
        forms.DateField,
    ]


def test_what_has_a_default_or_may_be_none_may_stay_empty(cast):
    optional = {name for name, field in typed(cast).fields.items() if not field.required}
    assert optional == {"note", "is_wide", "depth", "since"}


@pytest.mark.parametrize(
    ("field", "value"), [("name", "长" * 6), ("height", "10"), ("height", "0"), ("joins_as", "friend"), ("begins", "x")]
)
def test_limits_and_sets_are_those_of_the_type(cast, field, value):
    form = typed(cast, **{field: value})
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_what_was_typed_goes_back_into_the_actions_own_shape(cast):
    form = typed(cast, is_wide="on")
    assert form.is_valid(), form.errors
    with timezone.override("Asia/Shanghai"):
        assert form.act(None, {"wall_id": 7}) == {
            "wall_id": 7,
            "name": "长",
            "joins_as": JoinsAs.COBUILDING_UNIT,
            "other_id": cast.firm.pk,
            "begins": datetime(2021, 7, 26, 1, 30, tzinfo=UTC),
            "note": "",
            "is_wide": True,
            "size": Size(height=3),
            "look": Look(colour="red"),
        }


def test_a_choice_among_rows_offers_those_that_one_may_choose(cast):
    form = typed(cast)
    offered = [str(label) for key, label in form.fields["other_id"].choices if key]
    assert offered == [cast.firm.name]  # Lan sees her own firm alone
    other = typed(cast, other_id=str(cast.second_firm.pk))
    assert other.errors["other_id"] == ["没有这个编号，或者不归您管。请核对后再填。"]


def test_help_stands_where_there_are_words_for_it():
    add = ActForm.of(add_participant, words="participant", given=("association_id",), keys={"expected": "expected"})
    form = add(at_desk=Desk(None, DAY))
    assert {name for name, field in form.fields.items() if field.help_text} == {"contact_name"}
    assert form.fields["kind"].label == "单位性质"


def test_a_refusal_that_names_no_field_is_told_its_place_by_the_form(cast):
    form = typed(cast)
    form.beside = {"no_room": "height"}
    assert form.is_valid()
    assert not attempt(form, lambda: (_ for _ in ()).throw(Refused("no_room")))
    assert list(form.errors) == ["height"]


def test_some_refusals_are_not_the_forms_to_tell(cast):
    form = typed(cast)
    assert form.is_valid()
    with pytest.raises(Refused):
        attempt(form, lambda: (_ for _ in ()).throw(Refused("moved")), passing=("moved",))


def test_a_form_opens_with_values_as_actions_take_them():
    assert initial_of(Size(height=3)) == {"height": 3, "depth": None}
    assert initial_of(Look(colour="red")) == {"colour": "red", "since": None}
    assert initial_of({"a": 1}) == {"a": 1}


@pytest.mark.parametrize(("kind", "prefix"), [(JoinsAs, "joins_as"), (ParticipantKind, "participant_kind")])
def test_the_words_of_a_set_stand_under_its_name(kind, prefix):
    assert prefix_of(kind) == prefix


# --- while one types


def check(pages, who, field, **changes):
    return pages(who).post(f"{ADD}?check={field}", **FORM | changes)


def test_a_name_that_is_taken_is_told_while_one_types_and_nothing_is_written(walked, pages):
    before = ParticipantOrganisation.objects.count()
    seen = check(pages, walked.cast.tao, "name", name="木棉数科")
    assert seen.status == 200
    assert seen.errors == ["名单里已有“木棉数科”。请打开原有的那一条修改，或换一个能区分的名称。"]
    assert "<form" not in seen.answer.content.decode()
    assert ParticipantOrganisation.objects.count() == before


def test_a_name_that_is_free_leaves_nothing_behind_either(walked, pages):
    assert check(pages, walked.cast.tao, "name").errors == []
    assert not ParticipantOrganisation.objects.filter(name=FORM["name"]).exists()
    assert not AuditEntry.objects.filter(verb="participant_added").exists()


def test_only_the_field_in_question_is_spoken_of(walked, pages):
    assert check(pages, walked.cast.tao, "expected", name="木棉数科").errors == []
    seen = check(pages, walked.cast.tao, "expected", expected="-1")
    assert len(seen.errors) == 1
    assert "不知道就留空" in seen.text  # the help stays


def test_a_field_that_is_none_is_not_found(walked, pages):
    assert check(pages, walked.cast.tao, "association_id").status == 404


def test_a_check_needs_the_right_of_the_act(walked, pages):
    assert check(pages, walked.cast.lan, "name").status == 403


# --- sent


def test_a_saved_form_leads_a_browser_on_and_tells_it_to_drop_the_draft(walked, as_):
    answer = as_(walked.cast.tao).post(ADD, FORM, headers={"HX-Request": "true"})
    made = ParticipantOrganisation.objects.get(name=FORM["name"])
    assert answer["HX-Redirect"] == f"/organisations/{made.pk}/"
    assert "zuji:saved" in answer["HX-Trigger"]


def test_what_is_sent_twice_is_made_once(walked, pages):
    seen = pages(walked.cast.tao)
    first, again = (seen.post(ADD, **FORM, once="a" * 32) for _ in range(2))
    assert first.title == again.title == FORM["name"]
    assert ParticipantOrganisation.objects.filter(name=FORM["name"]).count() == 1


def test_what_was_typed_after_a_lost_answer_is_not_taken_for_saved(walked, as_):
    client = as_(walked.cast.tao)
    client.post(ADD, FORM | {"once": "a" * 32})
    answer = client.post(ADD, FORM | {"once": "a" * 32, "expected": "13"}, headers={"HX-Request": "true"})
    assert "HX-Trigger" not in answer  # so that the draft stays
    assert "已经提交成功" in Seen(client.get(answer["HX-Redirect"])).text
    assert ParticipantOrganisation.objects.get(name=FORM["name"]).expected == 12


def test_a_form_that_was_refused_can_be_sent_again(walked, pages):
    seen = pages(walked.cast.tao)
    refused = seen.post(ADD, **FORM | {"name": "木棉数科", "once": "b" * 32})
    assert refused.status == 422
    (kept,) = [each.attributes["value"] for each in refused.page.all("input", name="once")]
    assert kept == "b" * 32
    assert seen.post(ADD, **FORM, once=kept).title == FORM["name"]


def test_one_persons_number_is_not_anothers(walked, pages):
    pages(walked.cast.tao).post(ADD, **FORM, once="a" * 32)
    seen = pages(walked.cast.mei).post(ADD, **FORM, once="a" * 32)
    assert seen.status == 422  # the name is taken: it is judged anew, and not shown where somebody else's is


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("once", "made"), [("ab", 2), ("aa", 1)], ids=["two forms", "one form"])
def test_a_form_that_is_sent_twice_at_once_is_done_once(once, made):
    cast, ends = make_cast(), []
    stand(DAY)

    def click(number):
        client = Client()
        client.force_login(cast.tao, backend="allauth.account.auth_backends.AuthenticationBackend")
        form = FORM | {"name": f"{FORM['name']}{number}", "once": once[number] * 32}
        with clock.frozen(DAY):
            ends.append(client.post(ADD, form).status_code)
        connection.close()

    threads = [threading.Thread(target=click, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == [302, 302]
    assert ParticipantOrganisation.objects.filter(name__startswith=FORM["name"]).count() == made
