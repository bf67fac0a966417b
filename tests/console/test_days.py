"""A short day of each role in Chromium: signed in, Today, what waits, the main act to its end, its history, signed out.

With `ZUJI_SHOTS=FOLDER` each day is lived in both sizes and both languages, and a picture is saved after each step.
Words are left alone here, so that a day is the same in both languages: what is used is found by where it leads.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cast import account
from tests.committee.workbooks import FIRM, workbook
from tests.console.looking import DESK, PHONE
from zuji.people.enums import Role, ScopeKind

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("ZUJI_SHOTS", "")
SIZES = {"desk": DESK, "phone": PHONE}
ALL = [(size, language) for language in ("zh-hans", "en") for size in SIZES]
QUIET = [("desk", "zh-hans"), ("phone", "en")]
"""Every other role is at a desk in Chinese, the others at a phone in English."""
ROLES = (
    *(Role.OFFICE_LEAD, Role.OFFICE, Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR, Role.STEWARD, Role.CONTACT),
    *(Role.COMMITTEE_MEMBER, Role.VIEWER),
)


class Day:
    """Somebody's browser, and the steps of their day as pictures."""

    def __init__(self, looker: Any, role: Role, size: str, language: str) -> None:
        self.looker, self.role, self.name = looker, role, f"{size}-{language[:2]}"
        self.house, self.home = looker.house, looker.home
        self.me = looker.house.people[role]
        self.page: Page = looker.page
        self.steps = 0
        looker.become(role)

    def go(self, path: str) -> Page:
        self.page.goto(self.home.origin + path.format(walk=self.house.on.campaign.pk))
        self.seen()
        return self.page

    def seen(self) -> None:
        """One step is done: no page is broken, none scrolls sideways, and there may be a picture of it."""
        expect(self.page.locator("h1, [role=alert], canvas, .face").first).to_be_attached()
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, self.page.url
        self.steps += 1
        if SHOTS:
            self.page.wait_for_timeout(300)
            name = f"{self.role}-{self.steps:02}-{self.name}.png"
            self.page.screenshot(path=Path(SHOTS) / name)

    def press_main(self) -> None:
        """The one main thing of a page, which is on it once."""
        expect(self.page.locator("main .main:visible")).to_have_count(1)
        self.page.locator("main .main:visible").click()
        self.page.wait_for_load_state()

    def link(self, path: str) -> Locator:
        """A link of the page itself, by where it leads."""
        return self.page.locator(f"main a[href*='{path.format(walk=self.house.on.campaign.pk)}']").first

    def follow(self, path: str) -> None:
        self.link(path).click()
        self.page.wait_for_url(f"**{path.format(walk=self.house.on.campaign.pk)}*")
        self.seen()

    def takes(self, name: str) -> None:
        """What is shown comes down as a file of this kind."""
        with self.page.expect_download() as download:
            self.page.locator(f"main a[href*='format={name}']:visible").first.click()
        assert download.value.suggested_filename.endswith(f".{name}")

    def lacks(self, *paths: str) -> None:
        """What one may not do is absent, and its address is refused."""
        for path in paths:
            target = path.format(walk=self.house.on.campaign.pk)
            assert self.page.locator(f"a[href='{target}']").count() == 0, target
            answer = self.page.context.request.get(self.home.origin + target)
            assert answer.status in (403, 404), (target, answer.status)

    def sign_out(self) -> None:
        self.go("/")
        self.page.locator(".menu summary").click()
        self.page.locator("form[action='/sign-out/'] button").click()
        self.page.wait_for_url("**/sign-in/**")
        self.seen()
        self.page.go_back()
        expect(self.page.locator("nav.tasks")).to_have_count(0)

    @contextmanager
    def database(self) -> Iterator[None]:
        with self.home.database():
            yield

    def new_account(self, role: Role) -> Any:
        """A colleague with a role over the association, whom no other test knows."""
        with self.database():
            name, key = f"colleague-{uuid4().hex[:8]}", self.house.association.pk
            return account(self.house.association, name, role, ScopeKind.ASSOCIATION, key)


def lived(role: Role) -> list[tuple[str, str]]:
    """In which sizes and languages a role's day is lived."""
    return ALL if SHOTS else [QUIET[ROLES.index(role) % len(QUIET)]]


@pytest.fixture
def day(looking, request):
    """The day of the role that a test names."""
    role, size, language = request.param
    made = Day(looking(viewport=SIZES[size], language=language, accept_downloads=True), role, size, language)
    made.go("/")
    return made


def of(role: Role):
    """A test of this role's day."""
    days = [(role, *how) for how in lived(role)]
    return pytest.mark.parametrize("day", days, indirect=True, ids=["-".join(map(str, each)) for each in days])


def fresh(name: str) -> str:
    """A name that nobody else has."""
    return f"{name}{uuid4().hex[:6]}"


@of(Role.OFFICE_LEAD)
def test_the_office_lead_decides_corrects_lends_and_looks_behind_a_figure(day):
    page = day.go("/walk/{walk}/impressions/")
    words, done = page.locator("#queue blockquote"), page.locator("#queue progress")
    first, before = words.inner_text(), int(done.get_attribute("value"))
    page.keyboard.press("1")
    expect(done).to_have_attribute("value", str(before + 1))
    expect(words).not_to_have_text(first)
    day.seen()
    page.keyboard.press("u")
    expect(done).to_have_attribute("value", str(before))
    expect(words).to_have_text(first)

    name = fresh("演练科技")
    day.go("/organisations/add/")
    page.locator("[name=name]").fill(name)
    day.press_main()
    expect(page.locator("h1")).to_contain_text(name)
    day.press_main()
    page.locator("[name=expected]").fill("12")
    day.press_main()
    expect(page.locator(".timeline ins").first).to_have_text("12")
    day.seen()
    page.locator(".timeline form button").first.click()
    expect(page.locator(".timeline del").first).to_have_text("12")
    day.seen()

    page.goto(f"{day.home.origin}/organisations/?q={name}")
    expect(page.locator("tbody tr")).to_have_count(1)
    day.takes("xlsx")

    colleague = day.new_account(Role.VIEWER)
    day.go(f"/settings/accounts/{colleague.pk}/")
    page.locator("[name=until]").fill("2021-07-27")
    day.press_main()
    expect(page.locator("form[action*='/take-back/']")).to_have_count(1)
    day.seen()
    page.locator("form[action*='/take-back/'] button").click()
    expect(page.locator("form[action*='/take-back/']")).to_have_count(0)

    day.go("/figures/")
    day.follow("/figures/T4/")
    expect(page.locator("data.big")).to_be_visible()
    day.follow("/checkins/")
    day.sign_out()


@of(Role.OFFICE)
def test_the_office_takes_a_list_in_and_sends_its_bad_row_back(day):
    page, name = day.go("/organisations/"), fresh("清单科技")
    day.follow("/organisations/import/")
    good, bad = (name, *FIRM[1:]), (fresh("坏行科技"), "火星人", *FIRM[2:])
    book = {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": workbook([good, bad])}
    page.locator("[name=book]").set_input_files(book)
    day.press_main()
    expect(page.locator(".preview tbody tr")).to_have_count(2)
    expect(page.locator(".preview .bad .error").first).to_be_visible()
    day.seen()
    day.press_main()
    expect(page.locator(".note.good")).to_be_visible()
    day.seen()
    with page.expect_download() as rejects:
        page.locator("main a[download]").click()
    assert rejects.value.suggested_filename.endswith(".xlsx")
    day.go(f"/organisations/?q={name}")
    page.locator("tbody th a").first.click()
    expect(page.locator(".timeline li")).to_have_count(1)
    day.seen()
    day.lacks("/settings/audit/", "/settings/accounts/")
    day.sign_out()


@of(Role.ADMINISTRATOR)
def test_the_administrator_makes_an_account_and_looks_through_anothers_eyes(day):
    page, name = day.go("/settings/accounts/"), fresh("lin-")
    day.follow("/settings/accounts/add/")
    page.locator("[name=name]").fill("林（示例）")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill("walk offline 2021")
    day.press_main()
    expect(page.locator("main .error:visible")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("林（示例）")
    day.seen()
    expect(page.locator("form[action*='/grant/']")).to_have_count(0)

    colleague = day.new_account(Role.VIEWER)
    day.go(f"/settings/accounts/{colleague.pk}/view/")
    page.locator("[name=reason]").fill("看一眼")
    day.press_main()
    banner = page.locator("form.viewing")
    expect(banner).to_contain_text(colleague.name)
    day.seen()
    day.go("/figures/")
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    sent = page.context.request.post(
        f"{day.home.origin}/notices/read/",
        form={"csrfmiddlewaretoken": cookies["csrftoken"]},
        headers={"Referer": day.home.origin},
    )
    assert sent.status == 409
    banner.locator("button").click()
    expect(banner).to_have_count(0)
    day.lacks("/organisations/", "/settings/audit/")
    day.sign_out()


@of(Role.SECURITY)
def test_the_security_officer_grants_a_role_and_ends_it(day):
    page, colleague = day.page, day.new_account(Role.VIEWER)
    day.go(f"/settings/accounts/{colleague.pk}/")
    choices = page.locator("[name=what] option")
    wanted = next(each for each in choices.all() if str(each.get_attribute("value")).startswith(Role.AUDITOR))
    page.locator("[name=what]").select_option(wanted.get_attribute("value"))
    day.press_main()
    expect(page.locator("form[action*='/end/']")).to_have_count(2)
    day.seen()
    page.locator("form[action*='/end/'] button").last.click()
    expect(page.locator("form[action*='/end/']")).to_have_count(1)
    expect(page.locator(".timeline li")).not_to_have_count(0)
    day.lacks("/settings/accounts/add/", "/settings/audit/", "/organisations/")
    day.sign_out()


@of(Role.AUDITOR)
def test_the_auditor_finds_a_grant_and_takes_it_along(day):
    from zuji.people.actions import grant_role

    colleague = day.new_account(Role.VIEWER)
    with day.database():
        security, key = day.house.people[Role.SECURITY], day.house.association.pk
        from zuji.core import clock

        grant_role(actor=security, account_id=colleague.pk, role=Role.OFFICE, scope_id=key, at=clock.now())
    page = day.go("/settings/audit/")
    page.locator("[name=thing]").fill(colleague.name)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(security.name)
    day.seen()
    day.takes("csv")
    day.go("/settings/keys/")
    day.lacks("/organisations/", "/figures/")
    day.sign_out()


@of(Role.STEWARD)
def test_the_steward_shows_the_code_and_counts_who_came(day):
    page = day.page
    day.press_main()
    page.wait_for_url("**/steward/**")
    page.locator("svg.qr, .face svg").first.wait_for()
    day.seen()
    day.go("/walk/{walk}/matrix/")
    expect(page.locator("#grid tbody tr").first).to_be_visible()
    page = day.go("/walk/{walk}/impressions/")
    expect(page.locator("#queue")).to_be_visible()
    day.lacks("/organisations/", "/figures/", "/settings/accounts/")
    day.sign_out()


@of(Role.CONTACT)
def test_the_contact_issues_passes_for_the_own_organisation_and_sees_no_other(day):
    page, own, name = day.go("/organisations/"), day.house.on.participant, fresh("小")
    expect(page.locator("tbody th")).to_have_count(1)
    expect(page.locator(f"tbody a[href='/organisations/{own.pk}/']")).to_be_visible()
    day.go("/walk/{walk}/passes/")
    day.press_main()
    expect(page.locator("[name=organisation] option")).to_have_count(2)
    page.locator("[name=organisation]").select_option(str(own.pk))
    page.locator("[name=names]").fill(name)
    day.seen()
    day.press_main()
    expect(page.locator("main")).to_contain_text(name)
    day.seen()
    day.lacks("/settings/accounts/", "/figures/", "/organisations/add/")
    with day.database():
        from zuji.committee.models import ParticipantOrganisation

        other = ParticipantOrganisation.objects.filter(association=day.house.association).exclude(pk=own.pk)[0]
    answer = page.context.request.get(f"{day.home.origin}/organisations/{other.pk}/")
    assert answer.status == 404
    day.sign_out()


@of(Role.COMMITTEE_MEMBER)
def test_the_committee_member_sees_how_it_stands_and_changes_nothing(day):
    page = day.go("/organisations/")
    page.locator("tbody th a").first.click()
    expect(page.locator(".timeline, .gap").first).to_be_visible()
    expect(page.locator("main .main, main form[method=post]")).to_have_count(0)
    day.seen()
    day.go("/walk/{walk}/overview/")
    day.go("/walk/{walk}/matrix/")
    expect(page.locator("#grid tbody tr").first).to_be_visible()
    day.lacks("/organisations/add/", "/walk/{walk}/passes/", "/settings/accounts/")
    day.sign_out()


@of(Role.VIEWER)
def test_the_viewer_sees_figures_and_nothing_else(day):
    page = day.page
    day.press_main()
    page.wait_for_url("**/figures/")
    day.seen()
    day.follow("/figures/T1/")
    expect(page.locator("data.big")).to_be_visible()
    expect(page.locator("main form[method=post]")).to_have_count(0)
    day.lacks("/organisations/", "/walk/{walk}/passes/", "/walk/{walk}/checkins/", "/settings/accounts/")
    day.sign_out()
