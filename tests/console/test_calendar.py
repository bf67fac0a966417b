"""The calendar: what is on for whom, by month, week, day and list, in the association's zone, and as a file."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar as Sheet

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, campaign, checkpoint
from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.console.blocks.calendar import Event, calendar, ics
from zuji.console.pages import Desk
from zuji.console.programme import events

GUANGZHOU = ZoneInfo("Asia/Shanghai")
NOW = datetime(2021, 7, 26, 9, 30, tzinfo=GUANGZHOU)
PAGE = "/programme/calendar/"


def event(begins, ends, **more):
    """An event from one hour to another, both `(day, hour)` of July."""
    at = [datetime(2021, 7, day, hour, tzinfo=GUANGZHOU) for day, hour in (begins, ends)]
    values = {"key": "a", "title": "甲", "url": "/", "kind": "window", "start": at[0], "end": at[1]}
    return Event(**{**values, **more})


def laid(view, *listed, on=date(2021, 7, 26), now=NOW):
    return calendar(view, on, lambda first, last: listed, now)


# --- events and spans


def test_an_event_that_ends_at_midnight_takes_nothing_of_the_next_day():
    until_midnight = event((26, 20), (27, 0))
    assert (until_midnight.first_day, until_midnight.last_day) == (date(2021, 7, 26), date(2021, 7, 26))
    assert (until_midnight.starts, until_midnight.ends, until_midnight.is_bar) == (1200, 1440, False)
    assert event((26, 20), (27, 1)).is_bar


def test_whole_days_are_whole():
    days = {"first": date(2021, 7, 26), "last": date(2021, 7, 28), "zone": GUANGZHOU}
    made = Event.of_days(key="a", title="甲", url="/", kind="campaign", **days)
    assert (made.first_day, made.last_day, made.when) == (date(2021, 7, 26), date(2021, 7, 28), "7月26日–7月28日")


@pytest.mark.parametrize(
    ("changes", "when"),
    [
        ({}, "09:00–11:00"),
        ({"is_all_day": True}, "全天"),
        ({"is_all_day": True, "hours": "08:00–20:00"}, "08:00–20:00"),
    ],
)
def test_when_something_is_said_shortly(changes, when):
    assert event((26, 9), (26, 11), **changes).when == when


@pytest.mark.parametrize(
    ("view", "first", "last", "before", "after", "title"),
    [
        ("month", "2021-06-28", "2021-08-01", "2021-06-01", "2021-08-01", "2021年7月"),
        ("week", "2021-07-26", "2021-08-01", "2021-07-19", "2021-08-02", "2021年7月26日–8月1日"),
        ("day", "2021-07-26", "2021-07-26", "2021-07-25", "2021-07-27", "2021年7月26日，星期一"),
        ("list", "2021-07-01", "2021-07-31", "2021-06-01", "2021-08-01", "2021年7月"),
    ],
)
def test_each_view_asks_for_its_days_and_knows_the_ways_on(view, first, last, before, after, title):
    asked: list[tuple[date, date]] = []

    def nothing(first: date, last: date) -> list[Event]:
        asked.append((first, last))
        return []

    made = calendar(view, date(2021, 7, 26), nothing, NOW)
    assert asked == [(date.fromisoformat(first), date.fromisoformat(last))]
    assert (made.before, made.after) == (date.fromisoformat(before), date.fromisoformat(after))
    assert made.title == title


def test_a_week_over_new_year_names_both_years():
    assert laid("week", on=date(2021, 12, 30)).title == "2021年12月27日–2022年1月2日"


# --- what is shown


def test_today_is_marked_once_in_every_view_that_shows_it():
    for view in ("month", "week", "day"):
        assert sum(cell.is_today for row in laid(view).grid.rows for cell in row.cells) == 1
        away = laid(view, on=date(2021, 3, 3))
        assert sum(cell.is_today for row in away.grid.rows for cell in row.cells) == 0


def test_a_month_leaves_out_details_and_counts_what_has_no_room():
    many = [event((26, 9), (26, 11), key=str(n)) for n in range(6)]
    made = laid("month", *many, event((26, 9), (26, 11), is_detail=True))
    assert [len(row.bars) for row in made.grid.rows] == [0, 0, 0, 0, 4]
    assert [cell.more for cell in made.grid.rows[-1].cells] == [2, 0, 0, 0, 0, 0, 0]


def test_what_lasts_over_days_stands_above_the_hours_and_the_rest_in_them():
    over, within = event((25, 9), (27, 11), key="over"), event((26, 9), (26, 11), key="within")
    made = laid("week", over, within)
    (bar,) = made.grid.rows[0].bars
    assert (bar.of, bar.first, bar.last, bar.begins, bar.ends) == (over, 0, 1, False, True)
    assert [[block.of for block in cell.blocks] for cell in made.grid.rows[0].cells] == [[within], *[[]] * 6]


@pytest.mark.parametrize(("hour", "shown"), [(9, range(8, 18)), (22, range(8, 23)), (5, range(5, 18))])
def test_the_hours_reach_as_far_as_what_is_on(hour, shown):
    assert laid("day", event((26, hour), (26, hour + 1))).grid.hours == shown


def test_the_present_minute_is_marked_where_its_hour_is_shown():
    assert laid("day").grid.now == 9 * 60 + 30
    assert laid("day", on=date(2021, 7, 27)).grid.now is None
    assert laid("day", now=NOW.replace(hour=5)).grid.now is None


def test_a_list_puts_what_began_before_under_its_first_day():
    made = laid("list", event((1, 9), (1, 11), start=NOW - timedelta(days=40)), event((26, 9), (26, 11), key="b"))
    assert [(day, [each.key for each in group]) for day, group in made.days] == [
        (date(2021, 7, 1), ["a"]),
        (date(2021, 7, 26), ["b"]),
    ]


# --- what is on


def told(who, first=date(2021, 7, 1), last=date(2021, 7, 31)):
    return [(each.kind, each.title, each.when, each.state) for each in events(Desk(who, DAY), first, last)]


def test_campaign_activity_and_windows_are_events(walked):
    assert told(walked.cast.tao) == [
        ("campaign", "徒步", "7月1日–8月31日", ""),
        ("activity", "徒步日", "08:00–12:00", "now"),
        ("window", "旧址S1", "08:00–12:00", "now"),
        ("window", "旧址S2", "08:00–12:00", "now"),
    ]


def test_checkpoints_of_one_site_are_one_window_from_the_first_to_the_last(cast):
    third = checkpoint(cast.activity, 3, closes_at=DAY + timedelta(hours=9))
    where = site(cast.panyu, "S1")
    lay_trail(cast.activity, [(cast.entrance, where), (third, where)])
    windows = [each for each in events(Desk(cast.tao, DAY), date(2021, 7, 26), date(2021, 7, 26)) if each.is_detail]
    assert [(each.title, each.when, each.note) for each in windows] == [
        ("旧址S1", "08:00–18:30", "2 个打卡点"),
        ("入口2", "08:00–12:00", "1 个打卡点"),
    ]


def test_what_is_over_what_is_on_and_what_was_a_rehearsal_say_so(cast):
    states = lambda: [state for kind, _, _, state in told(cast.tao) if kind != "campaign"]  # noqa: E731
    Checkpoint.objects.update(closes_at=DAY - timedelta(minutes=1))
    assert states() == ["now", "over", "over"]
    Activity.objects.update(rehearsal=True)
    assert set(states()) == {"rehearsal"}
    Campaign.objects.update(closes_on="2021-07-10")
    assert told(cast.tao)[0][3] == "over"


def test_several_activities_bring_their_campaign_once(cast):
    for day in (27, 28):
        Activity.objects.create(campaign=cast.campaign, name_zh=f"{day}", name_en="x", held_on=date(2021, 7, day))
    Campaign.objects.update(opens_on="2021-06-01", closes_on="2021-07-02")
    assert [title for kind, title, *_ in told(cast.tao) if kind == "campaign"] == ["徒步"]
    titles = [title for kind, title, *_ in told(cast.tao, date(2021, 7, 26), date(2021, 7, 31)) if kind == "activity"]
    assert titles == ["徒步日", "27", "28"]


def test_only_what_touches_the_days_is_given(cast):
    assert [kind for kind, *_ in told(cast.tao, date(2021, 7, 27), date(2021, 7, 28))] == ["campaign"]
    assert told(cast.tao, date(2021, 9, 1), date(2021, 9, 30)) == []


def test_nobody_sees_what_is_on_elsewhere(cast):
    titles = {title for who in (cast.lan, cast.guo, cast.tao) for _, title, _, _ in told(who)}
    assert "入口1" in titles
    assert [url for each in events(Desk(cast.qin, DAY), DAY.date(), DAY.date()) if (url := each.url)] == [
        f"/walk/{cast.foreign.pk}/overview/"
    ]


def test_days_are_those_of_the_association(cast):
    cast.panyu.time_zone = "Pacific/Honolulu"
    cast.panyu.save()
    cast.tao.refresh_from_db()
    windows = [each for each in events(Desk(cast.tao, DAY), date(2021, 7, 25), date(2021, 7, 25)) if each.is_detail]
    assert {each.when for each in windows} == {"14:00–18:00"}


def test_the_queries_do_not_grow_with_what_is_on(cast):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            events(Desk(cast.tao, DAY), date(2021, 7, 1), date(2021, 7, 31))
        return len(captured)

    lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1"))])
    before = asked()
    for n in range(3):
        other = campaign(cast.panyu, f"walk{n}")
        activity = Activity.objects.create(campaign=other, name_zh="日", name_en="Day", held_on=date(2021, 7, 27))
        lay_trail(activity, [(checkpoint(activity, 1), site(cast.panyu, f"T{n}"))])
    assert asked() == before


# --- the page


@pytest.mark.parametrize("view", ["", "month", "week", "day", "list", "nonsense"])
def test_every_view_shows_what_is_on_with_its_link(walked, pages, view):
    seen = pages(walked.cast.lan).get(PAGE, view=view)
    assert seen.status == 200
    assert f"{walked.base}/overview/" in seen.links("徒步日")
    assert "进行中" in seen.text


@pytest.mark.parametrize(
    ("on", "title"),
    [("2021-08-31", "2021年8月"), ("", "2021年7月"), ("31 July", "2021年7月"), ("0001-01-01", "2021年7月")],
)
def test_the_address_says_the_day_and_nonsense_means_today(walked, pages, on, title):
    assert pages(walked.cast.tao).get(PAGE, on=on).title == title


def test_turning_keeps_the_view(walked, pages):
    seen = pages(walked.cast.tao).get(PAGE, view="week")
    ways = {
        each.attributes["data-key"]: each.attributes["href"]
        for each in seen.page.all("a")
        if "data-key" in each.attributes
    }
    assert ways["ArrowLeft"] == "?view=week&on=2021-07-19"
    assert ways["ArrowRight"] == "?view=week&on=2021-08-02"
    assert set(ways) == {"ArrowLeft", "ArrowRight", "t", "m", "w", "d", "l"}


def test_an_empty_time_says_how_to_go_on(walked, pages):
    assert "这段时间没有活动" in pages(walked.cast.tao).get(PAGE, on="2020-01-01").text


# --- the file


def entries(content):
    return {str(each["uid"]): each for each in Sheet.from_ical(content).walk("VEVENT")}


def test_the_file_holds_what_is_shown(walked, pages):
    answer = pages(walked.cast.tao).file(PAGE, view="week", format="ics")
    assert answer["Content-Disposition"] == 'attachment; filename="programme-20210726-20210801.ics"'
    assert answer["Content-Type"].startswith("text/calendar")
    found = entries(answer.content)
    cast = walked.cast
    whole = found[f"campaign-{cast.campaign.pk}@zuji"]
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (date(2021, 7, 1), date(2021, 9, 1))
    (window,) = [each for each in found.values() if str(each["summary"]) == "旧址S1"]
    assert window["dtstart"].dt == cast.entrance.opens_at
    assert window["dtend"].dt == cast.entrance.closes_at
    assert len(found) == 4


def test_a_file_that_is_taken_in_again_names_the_same_events():
    first, later = (entries(ics([event((26, 9), (26, 11))], at=at)) for at in (DAY, DAY + timedelta(days=1)))
    assert first.keys() == later.keys() == {"a@zuji"}


def test_titles_may_hold_whatever_they_want():
    odd = "甲;乙,丙\\n\n丁" + "长" * 200
    (entry,) = entries(ics([event((26, 9), (26, 11), title=odd)], at=DAY)).values()
    assert str(entry["summary"]) == odd
