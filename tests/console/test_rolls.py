import pytest

from zuji.checkin.models import Item

NONCE = "0190a000-0000-7000-8000-000000000001"


def path(walked, checkpoint):
    return f"{walked.base}/rolls/{checkpoint.pk}/"


def enter(walked, pages, who, **form):
    return pages(who).post(path(walked, walked.cast.hall), **{"nonce": NONCE, "reason": "手机没电", **form})


def test_those_who_are_ticked_count_with_the_weakest_grade(walked, pages):
    seen = enter(walked, pages, walked.cast.guo, **{"pass": [walked.second.pk, walked.third.pk]})
    assert "已补录：有效 2，重复 0，未接受 0" in seen.text
    made = Item.objects.filter(checkpoint_id=walked.cast.hall.pk, evidence="roll")
    assert {(each.pass_id, each.grade) for each in made} == {(walked.second.pk, "D"), (walked.third.pk, "D")}


def test_the_same_form_sent_twice_counts_once(walked, pages):
    for _ in range(2):
        enter(walked, pages, walked.cast.guo, **{"pass": [walked.second.pk]})
    assert Item.objects.filter(evidence="roll", outcome="accepted").count() == 1


def test_heads_are_counted_for_an_organisation(walked, pages):
    enter(walked, pages, walked.cast.guo, **{f"seats-{walked.cast.second_firm.pk}": "3"})
    (seats,) = Item.objects.filter(evidence="roll")
    assert (seats.seats, seats.organisation_id, seats.pass_id) == (3, walked.cast.second_firm.pk, None)


def test_who_has_arrived_cannot_be_ticked_again(walked, pages):
    seen = pages(walked.cast.guo).get(path(walked, walked.cast.entrance))
    ticks = {each.attributes["value"]: "disabled" in each.attributes for each in seen.page.all("input", name="pass")}
    assert ticks == {str(each.pk): True for each in (walked.first, walked.second, walked.third)}


def test_a_contact_enters_the_own_people_only(walked, pages):
    at = walked.cast
    seen = pages(at.lan).get(path(walked, at.hall))
    assert {each.attributes["value"] for each in seen.page.all("input", name="pass")} == {
        str(walked.first.pk),
        str(walked.second.pk),
    }
    assert [each.attributes["name"] for each in seen.page.all("input", type="number")] == [f"seats-{at.firm.pk}"]
    assert enter(walked, pages, at.lan, **{"pass": [walked.third.pk]}).status == 404
    assert not Item.objects.filter(evidence="roll").exists()


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"reason": "", "pass": ["second"]}, "请填写这一项"),
        ({}, "请"),
        ({"pass": ["second"], "at": "23:59"}, "请"),
        ({"pass": ["second"], "at": "x"}, ""),
    ],
)
def test_a_roll_that_cannot_be_is_told_and_keeps_its_ticks(walked, pages, form, told):
    keys = {"second": walked.second.pk}
    filled = {name: [keys[key] for key in value] if name == "pass" else value for name, value in form.items()}
    seen = enter(walked, pages, walked.cast.guo, **filled)
    assert seen.status == 422
    assert told in seen.text
    ticked = [each.attributes["value"] for each in seen.page.all("input", name="pass") if "checked" in each.attributes]
    assert ticked == [str(key) for key in filled.get("pass", [])]
    assert not Item.objects.filter(evidence="roll").exists()


def test_a_time_of_day_is_meant_where_the_checkpoint_is(walked, pages):
    enter(walked, pages, walked.cast.guo, **{"pass": [walked.second.pk], "at": "09:05"})
    (made,) = Item.objects.filter(evidence="roll")
    assert made.at.isoformat() == "2021-07-26T01:05:00+00:00"


def test_the_checkpoints_to_choose_from_are_named_with_their_sites(walked, pages):
    seen = pages(walked.cast.guo).get(f"{walked.base}/rolls/")
    assert [row[:2] for row in seen.cells] == [["入口1", "旧址S1"], ["入口2", "旧址S2"]]
