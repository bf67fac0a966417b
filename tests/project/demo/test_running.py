import socket
from collections import Counter

import pytest

from tests.project.demo.homes import DAY, on_scratch_server
from tests.project.demo.inputs import FIRMS, GUESTS, OF_FIRMS, OF_UNITS, UNITS, cut_down
from zuji.checkin.access import visible_campaigns, visible_passes
from zuji.checkin.models import Pass
from zuji.committee.access import visible_participants
from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.errors import CoreRefusal, Refused
from zuji.core.models import Association, Home
from zuji.people.models import Account, RoleGrant
from zuji.project import boot
from zuji.project.demo import running
from zuji.project.demo.input import Input
from zuji.project.demo.play import Company
from zuji.project.errors import Fault, Misconfigured
from zuji.trail.access import visible_trails

WALKERS = len(FIRMS) * OF_FIRMS + len(UNITS) * OF_UNITS


@pytest.fixture
def given(tmp_path):
    return Input(cut_down(tmp_path / "input"))


@pytest.fixture
def home_of(db, tmp_path, settings):
    """Make the tests' own database a home of a kind, with a clock of its own."""
    settings.CLOCK_FILE = str(tmp_path / "clock.json")

    def home_of(kind):
        Home.objects.update_or_create(pk=1, defaults={"kind": kind})

    return home_of


@pytest.fixture
def company(home_of, given) -> Company:
    """A demo home with both associations, some days before the walk."""
    home_of(HomeKind.DEMO)
    return running.arrange(given, "http://127.0.0.1:1")


def test_the_lists_come_in_some_days_before_the_walk(company):
    organisations, walkers = company.side.lists
    assert (len(organisations.added), len(walkers.added)) == (len(FIRMS) + len(UNITS), WALKERS)
    assert not organisations.rejects
    assert not walkers.rejects
    assert clock.now() < company.midnight


def test_every_account_has_the_one_role_that_it_is_shown_with(company):
    held = Counter(RoleGrant.objects.values_list("account__username", flat=True))
    assert set(held) == set(Account.objects.values_list("username", flat=True))
    assert set(held.values()) == {1}


def test_the_contact_is_that_of_the_first_firm(company):
    contact = company.side.account("contact")
    assert [each.name for each in visible_participants(contact, at=clock.now())] == [FIRMS[0]]


def test_the_other_district_sees_nothing_of_the_walk(company):
    at, stranger = clock.now(), company.neighbours.account("office_lead")
    assert {each.association for each in visible_campaigns(stranger, at=at)} == {company.neighbours.association}
    assert {each.activity.campaign for each in visible_trails(stranger, at=at)} == {company.neighbours.campaign}
    assert {each.campaign for each in visible_passes(stranger, at=at)} == {company.neighbours.campaign}
    names = {each.name for each in visible_participants(stranger, at=at)}
    assert names
    assert not names & {*FIRMS, *UNITS}


def test_the_walk_sees_nothing_of_the_other_district(company):
    lead = company.side.account("office_lead")
    assert {each.campaign for each in visible_passes(lead, at=clock.now())} == {company.side.campaign}
    assert Pass.objects.exclude(campaign=company.side.campaign).exists()


def test_the_clock_of_a_real_home_is_refused_and_nothing_is_made(home_of, given):
    home_of(HomeKind.REAL)
    with pytest.raises(Refused, match=CoreRefusal.CLOCK_NOT_DEMO):
        running.arrange(given, "http://127.0.0.1:1")
    assert not Association.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_real_home_in_use_is_never_dropped(monkeypatch):
    from tests.project.test_boot import _url_of_test

    monkeypatch.setattr("zuji.project.home.database_url", _url_of_test)
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.REAL})
    Association.objects.create(slug="panyu", name_zh="番禺", name_en="Panyu")
    with pytest.raises(Misconfigured) as refused:
        running.make_anew()
    assert refused.value.code is Fault.HOME_OF_OTHER_KIND
    assert Association.objects.get().slug == "panyu"
    assert boot.kind() == HomeKind.REAL


@pytest.fixture
def idle_home(tmp_path):
    with on_scratch_server(tmp_path / "home") as home:
        yield home


def test_a_taken_port_is_named_and_nothing_is_touched(idle_home, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        done = idle_home.zuji("demo", "--port", port, "--input", str(cut_down(tmp_path / "input")))
    assert (done.returncode, done.stdout) == (1, "")
    assert "[port_taken]" in done.stderr
    assert port in done.stderr
    assert idle_home.rows("select to_regclass('core_home')") == [(None,)]


def test_input_that_lacks_a_file_is_refused_before_anything_starts(idle_home, tmp_path):
    done = idle_home.zuji("demo", "--no-serve", "--input", str(tmp_path))
    assert done.returncode == 1
    assert "[input_missing]" in done.stderr
    assert idle_home.rows("select to_regclass('core_home')") == [(None,)]


def test_a_list_that_asks_for_membership_ends_the_demo_in_plain_words(idle_home, tmp_path):
    from tests.project.demo.inputs import write

    folder = cut_down(tmp_path / "input")
    write(folder / "walkers.xlsx", ("单位名称", "是否党员"), [(FIRMS[0], "是")])
    done = idle_home.zuji("demo", "--no-serve", "--input", str(folder))
    assert done.returncode == 1
    assert "[input_refused]" in done.stderr
    assert "是否党员" in done.stderr


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A small walk, played to its end: the home, and what was printed."""
    folder = tmp_path_factory.mktemp("small")
    with on_scratch_server(folder / "home") as home:
        yield home, home.demo(cut_down(folder / "input"))


@pytest.mark.slow
class TestPlayed:
    def test_everybody_of_the_lists_and_every_guest_is_counted_once(self, played):
        home, _ = played
        figures = home.figures()
        assert figures["T1"] == 2
        assert figures["T2"] == len(FIRMS)
        assert figures["T3"] == len(FIRMS) * OF_FIRMS + GUESTS
        assert figures["T6"] == WALKERS + GUESTS

    def test_figures_equal_a_recount_by_hand(self, played):
        home, _ = played
        rows = home.rows(
            "select item.id, item.pass_id, coalesce(pass.person, pass.id), item.checkpoint_id, org.kind "
            "from checkin_item item join checkin_campaign campaign on campaign.id = item.campaign_id "
            "left join checkin_pass pass on pass.id = item.pass_id "
            "join committee_participantorganisation org on org.id = item.organisation_id "
            "where item.outcome = 'accepted' and item.first_id is null and campaign.slug = 'panyu-walk-2021'"
        )
        corrected = home.rows("select item_id, kind from checkin_correction order by item_id, number")
        taken_back = {item for item, kind in dict(corrected).items() if kind == "taken_back"}
        counted = [row for row in rows if row[0] not in taken_back]
        figures = home.figures()
        assert figures["T3"] == len({person for _, _, person, _, kind in counted if kind == "firm"})
        assert figures["T6"] == len({person for _, walk_pass, person, _, _ in counted if walk_pass})
        kept = home.rows(
            "select sum(cell.delivered - cell.seats) from checkin_matrixcell cell join facts.checkpoints spot "
            "on spot.checkpoint_id = cell.checkpoint_id join facts.campaigns using (campaign_id) "
            "where slug = 'panyu-walk-2021'"
        )
        assert kept[0][0] == sum(1 for row in counted if row[1])

    def test_each_figure_leads_to_as_many_rows(self, played):
        home, _ = played
        figures = home.figures()
        assert {name: len(home.trace(name)) for name in ("T1", "T2", "T3")} == {
            name: figures[name] for name in ("T1", "T2", "T3")
        }

    def test_the_other_districts_figures_are_its_own(self, played):
        home, _ = played
        assert home.figures("--association", "neighbours")["T3"] == 6
        assert home.rows("select count(*) from checkin_item where code = 'foreign_pass'") == [(1,)]

    def test_every_mishap_is_on_record_with_its_reason(self, played):
        home, _ = played
        codes = {code for (code,) in home.rows("select distinct code from checkin_item where outcome = 'refused'")}
        wanted = {"forged_code", "withdrawn_code", "old_code", "wrong_short_code", "checkpoint_not_open"}
        assert codes == wanted | {"foreign_pass"}
        reasons = " ".join(reason for (reason,) in home.rows("select distinct reasons from checkin_item"))
        assert all(reason in reasons for reason in ("late", "no_fix", "gcj02_suspected", "outside", "roll"))
        assert home.rows("select sum(items) from checkin_unknownpasscount") == [(1,)]

    def test_wrong_clocks_moved_no_check_in_out_of_the_day(self, played):
        home, _ = played
        days = home.rows("select distinct local_date from checkin_item where outcome = 'accepted'")
        assert [str(day) for (day,) in days] == [DAY]

    def test_the_log_holds(self, played):
        home, _ = played
        assert home.zuji("log", "verify").returncode == 0

    def test_the_matrix_and_the_figures_are_printed(self, played):
        _, printed = played
        assert all(name in printed for name in (*FIRMS, *UNITS, "T1", "T2", "T3"))
        assert f"zuji trace T3 --as-of {DAY}" in printed

    def test_nothing_goes_on_running(self, played):
        home, _ = played
        assert home.zuji("stop").stdout.strip() == "Nothing was running."

    def test_afterwards_the_clock_runs_on_from_the_afternoon(self, played):
        home, _ = played
        ((shown, held),) = home.rows("select zuji_now()::date::text, held_at from core_home")
        assert (shown, held) == (DAY, None)

    def test_one_row_less_of_a_firm_is_one_person_less_when_played_anew(self, played, tmp_path):
        home, _ = played
        before = home.figures()
        printed = home.demo(cut_down(tmp_path / "input", fewer=1))
        after = home.figures()
        assert "dropped and played anew" in printed
        assert after["T3"] == before["T3"] - 1
        assert (after["T1"], after["T2"]) == (before["T1"], before["T2"])
