"""A record tells where each value came from, what happened to it, and what it said on a day."""

import re
from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.committee.branches import branch
from tests.committee.workbooks import FIRM, workbook
from tests.console.standing import standing
from zuji.committee.actions import change_participant, import_participants
from zuji.committee.enums import ParticipantKind
from zuji.committee.models import ContactDetail, ParticipantOrganisation
from zuji.committee.queries import participant_values
from zuji.console.blocks.history import Change, Step, as_it_was, as_they_were, taken_back, timeline
from zuji.core.models import AuditEntry

LATER = DAY + timedelta(days=3)


def change(cast, row, who, at, **values):
    """What an office does, with the triggers' clock at the same instant."""
    with standing(at):
        now = participant_values(ParticipantOrganisation.objects.get(pk=row.pk))
        changed = {name: getattr(now, name) for name in now.__dataclass_fields__} | values
        return change_participant(actor=who, participant_id=row.pk, values=type(now)(**changed), at=at)


@pytest.fixture
def listed(long_before, cast, demo):
    """A firm that came in with a list on the morning, of which Mei changed the head-count three days later."""
    with standing(DAY):
        data = workbook([FIRM])
        import_participants(actor=cast.tao, association_id=cast.panyu.pk, data=data, file="名单.xlsx", at=DAY)
    row = ParticipantOrganisation.objects.get(name=FIRM[0])
    change(cast, row, cast.mei, LATER, expected=15)
    return row


def origins(seen):
    """Field → where its value came from."""
    found, label = {}, ""
    for each in seen.page.elements:
        if each.tag == "dt":
            label = each.text
        elif each.tag == "dd" and "origin" in each.attributes.get("class", ""):
            found[label] = " ".join(each.text.split())
    return found


def open_record(pages, who, row, **query):
    with standing(LATER + timedelta(days=9)):
        return pages(who).get(f"/organisations/{row.pk}/", **query)


def test_each_value_says_from_which_cell_it_came_or_who_wrote_it(listed, cast, pages):
    told = origins(open_record(pages, cast.tao, listed))
    assert told["单位名称"] == "名单.xlsx 名单 › A3"
    assert told["参加身份"] == "名单.xlsx 名单 › C3"
    assert told["报名人数"] == "Mei 2021年7月29日 09:30"
    assert told["联系人"] == "名单.xlsx 名单 › E3"


def test_what_was_typed_says_by_whom(cast, walked, pages):
    pages(cast.tao).post("/organisations/add/", name="新单位", kind="firm", joins_as="association_member")
    seen = open_record(pages, cast.tao, ParticipantOrganisation.objects.get(name="新单位"))
    assert origins(seen)["单位名称"] == "Tao 2021年7月26日 09:30"


def test_a_value_that_nobody_noted_has_no_origin(walked, pages):
    assert set(origins(pages(walked.cast.tao).get(f"/organisations/{walked.cast.firm.pk}/")).values()) == {""}


def test_a_changed_contact_says_who_changed_it(listed, cast, pages):
    change(cast, listed, cast.tao, LATER + timedelta(days=1), contact_phone="020-7")
    assert origins(open_record(pages, cast.tao, listed))["联系人"] == "Tao 2021年7月30日 09:30"


def test_the_timeline_begins_with_the_list_and_tells_each_change(listed, cast, pages):
    seen = open_record(pages, cast.tao, listed)
    steps = [
        " ".join(each.text.split())
        for each in seen.page.all("li")
        if "导入" in each.text or "修改参加单位" in each.text
    ]
    assert steps[0].startswith("7月29日 09:30 Mei修改参加单位报名人数 12 → 15")
    assert steps[1] == "7月26日 09:30 Tao导入参加单位名单.xlsx、名单 第 3 行"


def test_a_changed_contact_is_told_without_its_values(listed, cast, pages):
    change(cast, listed, cast.tao, LATER + timedelta(days=1), contact_name="阿兰")
    text = open_record(pages, cast.tao, listed).text.split("变更")[-1]
    assert "联系人" in text
    assert "阿兰" not in text


# --- long histories


@pytest.fixture
def long(listed, cast):
    """The same, changed ten times more."""
    for number in range(10):
        change(cast, listed, cast.mei, LATER + timedelta(hours=number + 1), expected=20 + number)
    return listed


def steps(seen):
    return [each for each in seen.page.all("li") if "修改参加单位" in each.text or "导入参加单位" in each.text]


def test_a_long_history_shows_its_latest_steps_and_how_many_more(long, cast, pages):
    seen = open_record(pages, cast.tao, long)
    assert len(steps(seen)) == 8
    (more,) = [each for each in seen.page.all("a") if "更早的 4 条" in each.text]
    assert more.attributes["href"] == "?steps=all#history"
    assert more.attributes["hx-select"] == more.attributes["hx-target"] == "#steps"


def test_all_of_it_is_there_when_asked(long, cast, pages):
    seen = open_record(pages, cast.tao, long, steps="all")
    assert len(steps(seen)) == 12
    assert "更早的" not in seen.text


# --- on a day


def value_of(seen, label):
    told, found = "", []
    for each in seen.page.elements:
        if each.tag == "dt":
            told = each.text
        elif each.tag == "dd" and told == label:
            found.append(" ".join(each.text.split()))
    return found[0] if found else None


def test_a_record_says_what_it_said_at_the_end_of_a_day(listed, cast, pages):
    then, now = (open_record(pages, cast.tao, listed, on=day) for day in ("2021-07-28", ""))
    assert (value_of(then, "报名人数"), value_of(now, "报名人数")) == ("12", "15")
    assert "这是 2021年7月28日 结束时的状态。" in then.text
    assert "Mei" not in then.text.split("变更")[-1]
    assert origins(then)["报名人数"] == "名单.xlsx 名单 › F3"


def test_a_change_of_that_very_day_is_in_it(listed, cast, pages):
    assert value_of(open_record(pages, cast.tao, listed, on="2021-07-29"), "报名人数") == "15"


def test_a_day_ends_where_the_association_is(listed, cast, pages):
    change(cast, listed, cast.tao, DAY.replace(day=27, hour=16, minute=30), expected=30)  # half past midnight there
    assert value_of(open_record(pages, cast.tao, listed, on="2021-07-27"), "报名人数") == "12"


def test_before_it_was_recorded_it_says_since_when_it_is(listed, cast, pages):
    seen = open_record(pages, cast.tao, listed, on="2021-07-25")
    assert "这条记录从 2021年7月26日 才有" in seen.text
    assert value_of(seen, "报名人数") is None


@pytest.mark.parametrize("day", ["2021-08-07", "2999-01-01", "2021-02-30", "yesterday", "1"])
def test_today_the_future_and_what_is_no_day_mean_now(listed, cast, pages, day):
    seen = open_record(pages, cast.tao, listed, on=day)
    assert "结束时的状态" not in seen.text
    assert value_of(seen, "报名人数") == "15"


def test_a_contact_has_no_past(listed, cast, pages):
    seen = open_record(pages, cast.tao, listed, on="2021-07-28")
    assert "联系人不留历史" in seen.text
    assert ContactDetail.objects.get(participant=listed).name not in seen.text


def test_on_a_day_gone_by_nothing_is_offered(listed, cast, pages):
    seen = open_record(pages, cast.tao, listed, on="2021-07-28")
    assert f"/organisations/{listed.pk}/edit/" not in seen.links()
    assert not [each for each in seen.page.all("button") if "撤销" in each.text]


def test_rows_of_one_table_are_read_as_they_were_in_one_query(listed, cast, django_assert_num_queries):
    rows = list(ParticipantOrganisation.objects.filter(association=cast.panyu))
    with django_assert_num_queries(1):
        past = as_they_were(rows, LATER)
    assert {row.pk for row in past} == {row.pk for row in rows}
    assert next(row.expected for row in past if row.pk == listed.pk) == 12
    assert listed.pk not in {row.pk for row in as_they_were(rows, DAY)}
    assert as_they_were([], LATER) == []


def test_what_a_row_was_is_a_copy_and_follows_what_it_pointed_at(listed, cast):
    own = branch(cast, "创显支部")
    with standing(LATER + timedelta(days=1)):
        listed.organisation = own
        listed.save()
    past = as_it_was(listed, LATER)
    assert (past.organisation, listed.organisation) == (None, own)
    assert as_it_was(listed, DAY) is None


# --- taken back


def test_a_change_is_taken_back_by_the_same_act_and_stays_in_the_history(listed, cast, pages):
    (action,) = open_record(pages, cast.tao, listed).undoing
    with standing(LATER + timedelta(days=2)):
        seen = pages(cast.tao).post(action)
    assert "已撤销。" in seen.text
    assert "报名人数 15 → 12" in seen.text
    assert ParticipantOrganisation.objects.get(pk=listed.pk).expected == 12


def test_a_step_that_takes_another_back_says_so(listed, cast, pages):
    path = f"/organisations/{listed.pk}/"
    mei = pages(cast.mei)
    with standing(LATER + timedelta(hours=1)):
        assert "撤销了" not in mei.get(path).text
        mei.post(mei.get(path).undoing[0])
        text = mei.get(path).text
        assert len(re.findall("撤销了 .*?09:30 的改动", text)) == 1, text


def stepped(day, **changes):
    """A step in which fields went from one value to another."""
    told = [Change(name, str(was), str(became), name, was, became) for name, (was, became) in changes.items()]
    return Step(DAY + timedelta(days=day), "改", "Mei", changes=told)


@pytest.mark.parametrize(
    ("later", "earlier", "is_back"),
    [
        ({"expected": (15, 12)}, {"expected": (12, 15)}, True),
        ({"expected": (15, None)}, {"expected": (None, 15)}, True),
        ({"expected": (15, 13)}, {"expected": (12, 15)}, False),
        ({"expected": (15, 12)}, {"expected": (12, 15), "kind": ("firm", "unit")}, False),
        ({"expected": (15, 12), "kind": ("firm", "unit")}, {"expected": (12, 15)}, False),
        ({}, {}, False),
    ],
)
def test_a_step_takes_back_what_it_turns_around_wholly(later, earlier, is_back):
    steps = taken_back([stepped(2, **later), stepped(1, **earlier)])
    assert [step.back_to for step in steps] == [DAY + timedelta(days=1) if is_back else None, None]


def test_what_changed_again_since_is_not_taken_back(listed, cast, pages):
    (action,) = open_record(pages, cast.tao, listed).undoing
    change(cast, listed, cast.mei, LATER + timedelta(hours=1), expected=20)
    with standing(LATER + timedelta(days=2)):
        refused = pages(cast.tao).post(action)
    assert (refused.status, "后来又改过，没有撤销。" in refused.text) == (409, True)
    assert len(open_record(pages, cast.tao, listed).undoing) == 1  # the later one
    assert ParticipantOrganisation.objects.get(pk=listed.pk).expected == 20


def test_another_field_that_changed_since_does_not_stand_in_the_way(listed, cast, pages):
    (action,) = open_record(pages, cast.tao, listed).undoing
    change(cast, listed, cast.mei, LATER + timedelta(hours=1), kind=ParticipantKind.INSTITUTION)
    with standing(LATER + timedelta(days=2)):
        pages(cast.tao).post(action)
    row = ParticipantOrganisation.objects.get(pk=listed.pk)
    assert (row.expected, row.kind) == (12, ParticipantKind.INSTITUTION)


def test_a_changed_contact_alone_says_why_it_cannot_be_taken_back(listed, cast, pages):
    change(cast, listed, cast.mei, LATER + timedelta(hours=1), contact_name="阿兰")
    seen = open_record(pages, cast.tao, listed)
    assert "这一步没有留下旧值" in seen.text
    entry = AuditEntry.objects.filter(verb="participant_changed").first()
    with standing(LATER + timedelta(days=2)):
        assert pages(cast.tao).post(f"/undo/{entry.pk}/").status == 409


def test_whoever_may_not_edit_is_not_offered_to_take_back(walked, cast, pages):
    change(cast, cast.firm, cast.mei, DAY, expected=9)
    (entry,) = AuditEntry.objects.filter(verb="participant_changed")
    with standing(LATER):
        assert pages(cast.lan).get(f"/organisations/{cast.firm.pk}/").undoing == []
        assert pages(cast.lan).post(f"/undo/{entry.pk}/").status == 403
        assert pages(cast.qin).post(f"/undo/{entry.pk}/").status == 404
        assert pages(cast.guo).post(f"/undo/{entry.pk}/").status == 404


def test_an_act_that_knows_no_way_back_and_an_entry_that_is_none_are_not_found(walked, cast, pages):
    pages(cast.tao).post("/organisations/add/", name="新单位", kind="firm", joins_as="association_member")
    entry = AuditEntry.objects.get(verb="participant_added")
    assert pages(cast.tao).post(f"/undo/{entry.pk}/").status == 404
    assert pages(cast.tao).post("/undo/999999999/").status == 404
    assert pages(cast.tao).get(f"/undo/{entry.pk}/").status == 405


def test_a_mark_of_one_person_is_taken_back_from_the_timeline(walked, cast, pages):
    pages(cast.tao).post(f"{walked.base}/passes/{walked.second.pk}/same/", second_id=walked.first.pk)
    low = min(walked.first.pk, walked.second.pk)
    (action,) = pages(cast.tao).get(f"{walked.base}/passes/{low}/").undoing
    seen = pages(cast.tao).post(action)
    assert "没有标为同一人的打卡证" in seen.text
    assert seen.undoing == []


def test_a_withdrawn_pass_says_why_it_stays_so(walked, cast, pages):
    seen = pages(cast.tao).post(f"{walked.base}/passes/{walked.first.pk}/withdraw/")
    assert "收回后不能恢复" in seen.text


def test_a_timeline_without_words_for_fields_tells_acts_alone(cast):
    change(cast, cast.firm, cast.mei, DAY, expected=9)
    (step,) = timeline(cast.firm, {})
    assert step.changes == []
    assert "expected" in step.touched
