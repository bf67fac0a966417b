"""What is sent twice is done once, or it is said what happened; who goes back after saving finds the page of now."""

from uuid import uuid4

import pytest

from tests.cast import DAY, account
from tests.console.registered import authority, firm, row, source
from tests.console.standing import standing
from zuji.briefing.models import LedgerEntry
from zuji.checkin.models import CodeSerial, Pass
from zuji.core.models import AuditEntry, Work
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages.models import Destination
from zuji.people.models import RoleGrant
from zuji.register.models import Enterprise, Merge


@pytest.fixture
def newcomer(walked):
    """Somebody to whom roles are given."""
    return account(walked.cast.panyu, "Newcomer", Role.VIEWER, ScopeKind.ASSOCIATION, walked.cast.panyu.pk)


@pytest.fixture
def sent(walked, newcomer, pages):
    """Forms by name: who sends it, where to, what it says, and what it makes."""
    at, key = walked.cast, walked.cast.panyu.pk
    security = account(at.panyu, "Security", Role.SECURITY, ScopeKind.ASSOCIATION, key)
    forms = {
        "walkers": (at.lan, f"{walked.base}/passes/add/", {"organisation": at.firm.pk, "names": "小荔\n小枝"}, Pass),
        "poster": (at.mei, f"{walked.base}/posters/{at.hall.pk}/issue/", {}, CodeSerial),
        "publish": (at.mei, "/figures/T1/publish/", {"as_of": ""}, LedgerEntry),
        "grant": (security, f"/settings/accounts/{newcomer.pk}/grant/", {"what": f"office:{key}"}, RoleGrant),
        "lend": (
            at.mei,
            f"/settings/accounts/{newcomer.pk}/lend/",
            {"what": f"office:{key}", "until": "2021-07-27"},
            RoleGrant,
        ),
        "message": (at.mei, "/settings/messages/add/", MAIL, Destination),
    }

    def send(name, **more):
        who, path, form, _ = forms[name]
        return pages(who).post(path, **form, **more)

    send.count = lambda name: forms[name][3].objects.count()
    return send


MAIL = {"channel": "email", "address": "mei@example.org", "language": "zh-hans", "quiet_from": "", "quiet_until": ""}
MAKES = {"walkers": 2, "poster": 1, "publish": 1, "grant": 1, "lend": 1, "message": 1}


@pytest.mark.parametrize("name", MAKES)
def test_what_is_sent_twice_is_done_once(sent, name):
    before, number = sent.count(name), uuid4().hex
    first, again = (sent(name, once=number) for _ in range(2))
    assert first.status == 200, first.errors
    assert sent.count(name) == before + MAKES[name]
    assert again.status in (200, 422)
    assert again.status == 200 or again.errors, again.text


@pytest.mark.parametrize(("name", "twice"), [("walkers", 4), ("poster", 2)])
def test_two_forms_of_the_same_words_are_two_things(sent, name, twice):
    before = sent.count(name)
    for _ in range(2):
        sent(name, once=uuid4().hex)
    assert sent.count(name) == before + twice


def test_a_figure_that_was_published_at_another_instant_is_a_second_entry_only_from_a_second_form(sent):
    number = uuid4().hex
    sent("publish", once=number)
    with standing(DAY.replace(minute=45)):
        sent("publish", once=number)
        assert sent.count("publish") == 1
        sent("publish", once=uuid4().hex)
    assert sent.count("publish") == 2


def test_a_refused_form_is_sent_again_with_its_number(sent, walked, pages):
    path, number = f"{walked.base}/passes/add/", uuid4().hex
    refused = pages(walked.cast.lan).post(path, organisation=walked.cast.firm.pk, once=number)
    assert refused.status == 422
    (kept,) = [each.attributes["value"] for each in refused.page.all("input", name="once")]
    assert kept == number
    before = sent.count("walkers")
    sent("walkers", once=kept)
    assert sent.count("walkers") == before + 2


@pytest.mark.parametrize("path", ["{base}/passes/add/", "{base}/posters/", "/figures/T1/"])
def test_each_form_that_is_opened_has_a_number_of_its_own(walked, pages, path):
    seen = pages(walked.cast.mei)
    numbers = [
        each.attributes["value"]
        for _ in range(2)
        for each in seen.get(path.format(base=walked.base)).page.all("input", name="once")
    ]
    assert numbers
    assert len(set(numbers)) == len(numbers)


class TestBackAfterSaving:
    """The browser's back button."""

    def test_no_page_is_kept_by_the_browser_so_that_back_asks_anew(self, walked, as_):
        for path in ("/", f"/organisations/{walked.cast.firm.pk}/edit/", f"{walked.base}/passes/add/"):
            assert as_(walked.cast.mei).get(path)["Cache-Control"] == "no-store", path

    def test_a_form_that_was_saved_and_is_sent_again_from_before_changes_nothing(self, walked, pages):
        path = f"/organisations/{walked.cast.firm.pk}/edit/"
        mei = pages(walked.cast.mei)
        (token,) = mei.get(path).page.all("input", name="seen")
        form = {"name": "木棉数科", "kind": "firm", "joins_as": "firm_organisation", "expected": "9"}
        form |= {"seen": token.attributes["value"]}
        assert mei.post(path, **form).title == "木棉数科"
        steps = AuditEntry.objects.count()
        again = mei.post(path, **form)
        assert again.status in (200, 409, 422)
        assert AuditEntry.objects.count() == steps


class TestRegister:
    """What is sent twice of the register."""

    @pytest.fixture
    def listed(self, walked):
        made = source(authority(walked.cast.panyu), "新.csv", state="staged")
        row(made, 2, "木棉数科")
        return made

    def test_a_list_is_taken_in_once_and_the_second_is_shown_the_list(self, walked, listed, pages):
        mei, number = pages(walked.cast.mei), uuid4().hex
        path = f"/register/lists/{listed.pk}/take-in/"
        mei.post(path, once=number)
        again = mei.post(path, once=number)
        assert (Work.objects.count(), again.status) == (1, 200)
        assert again.title.startswith("新.csv")

    def test_a_split_or_a_merge_is_done_once(self, walked, pages):
        mei, number = pages(walked.cast.mei), uuid4().hex
        for file in ("一.csv", "二.csv"):
            source(authority(walked.cast.panyu), file)
        made = firm(walked.cast.panyu, "木棉数科", rows=2)
        leaving = made.links.order_by("pk").first().row_id
        for _ in range(2):
            mei.post(f"/register/{made.pk}/split/", rows=leaving, reason="另一家", once=number)
        gone, kept = Enterprise.objects.order_by("-pk")[0], firm(walked.cast.panyu, "榕声互动")
        for _ in range(2):
            about = {"kept": kept.pk, "reason": "电话核实", "once": f"{number}m"}
            assert mei.post(f"/register/{gone.pk}/merge/", **about).status == 200
        assert (Enterprise.objects.count(), Merge.objects.count()) == (3, 1)
