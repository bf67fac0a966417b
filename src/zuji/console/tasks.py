"""The eight tasks by which the console is found one's way in. A task is shown to who may open a page of it."""

from dataclasses import dataclass

from zuji.people.enums import Right


@dataclass(frozen=True)
class Entry:
    """A page in the navigation: its key (words under `task.<key>`), its route, and the right to open it.

    `per_campaign`: the route takes the campaign that the page is about, and the entry shows only there.
    """

    key: str
    route: str
    right: Right
    per_campaign: bool = False


@dataclass(frozen=True)
class Task:
    """One of the eight, and the pages that it opens. A task without pages waits for the part that brings them."""

    key: str
    entries: tuple[Entry, ...] = ()


def _campaign_entry(key: str, right: Right) -> Entry:
    return Entry(key, f"console:{key}", right, per_campaign=True)


TASKS = (
    Task(
        "today",
        (
            Entry("today", "console:today", Right.SEE_FRAME),
            Entry("notices", "console:notices", Right.SEE_FRAME),
        ),
    ),
    Task(
        "organisations",
        (
            Entry("participants", "console:participants", Right.SEE_ORGANISATIONS),
            Entry("organisations", "console:organisations", Right.SEE_ORGANISATIONS),
        ),
    ),
    Task(
        "register",
        (
            Entry("firms", "console:firms", Right.SEE_REGISTER),
            Entry("doubts", "console:doubts", Right.DECIDE_DOUBTS),
            Entry("lists", "console:lists", Right.SEE_REGISTER),
            Entry("census", "console:census", Right.SEE_CENSUS),
            Entry("towns", "console:towns", Right.SEE_REGISTER),
            Entry("rules", "console:rules", Right.SEE_REGISTER),
        ),
    ),
    Task(
        "walk",
        (
            Entry("campaigns", "console:campaigns", Right.SEE_CAMPAIGNS),
            _campaign_entry("matrix", Right.SEE_MATRIX),
            _campaign_entry("checkins", Right.SEE_CHECKINS),
            _campaign_entry("corrections", Right.SEE_CHECKINS),
            _campaign_entry("impressions", Right.DECIDE_IMPRESSIONS),
            _campaign_entry("passes", Right.SEE_PASSES),
            _campaign_entry("trail", Right.SEE_TRAIL),
            _campaign_entry("posters", Right.SHOW_CODES),
            _campaign_entry("rolls", Right.ENTER_ROLL),
            _campaign_entry("log", Right.SEE_CAMPAIGNS),
            Entry("wall", "public:wall_of", Right.SEE_CAMPAIGNS, per_campaign=True),
        ),
    ),
    Task("programme", (Entry("calendar", "console:calendar", Right.SEE_CAMPAIGNS),)),
    Task("channels"),
    Task(
        "figures",
        (
            Entry("figures", "console:figures", Right.SEE_FIGURES),
            Entry("ledger", "console:ledger", Right.SEE_FIGURES),
        ),
    ),
    Task(
        "settings",
        (
            Entry("accounts", "console:accounts", Right.SEE_ACCOUNTS),
            Entry("lent", "console:lent", Right.SEE_ACCOUNTS),
            Entry("audit", "console:audit", Right.SEE_AUDIT),
            Entry("works", "console:works", Right.SEE_FRAME),
            Entry("messages", "console:messages", Right.SEE_FRAME),
            Entry("deliveries", "console:deliveries", Right.SEE_MESSAGES),
            Entry("keys", "console:keys", Right.SEE_FRAME),
            Entry("me", "console:me", Right.SEE_FRAME),
        ),
    ),
)
