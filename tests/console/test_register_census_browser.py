"""A form of the census in Chromium: what is not asked is hidden at once, and nothing that is typed is lost."""

import pytest
from playwright.sync_api import expect

from zuji.people.enums import Role

pytestmark = pytest.mark.browser


def test_a_form_hides_what_is_not_asked_keeps_a_draft_and_comes_back_with_its_faults(looking, house):
    looker = looking()
    looker.become(Role.OFFICE_LEAD)
    page, path = looker.page, f"/register/census/forms/{house.keys['form_id']}/"
    page.goto(looker.home.origin + path)
    icp = page.locator("[data-question=icp]")
    expect(icp).to_be_hidden()
    page.check("[name=a-has_site][value=yes]")
    expect(icp).to_be_visible()
    page.fill("[name=a-icp]", "没有")
    expect(page.locator("[data-kept]")).not_to_be_empty()
    page.reload()
    expect(page.locator("[name=a-icp]")).to_have_value("没有")
    expect(icp).to_be_visible()
    page.click("[name=hand_in]")
    expect(page.locator("#a-icp-said .error")).to_be_visible()
    page.check("[name=a-has_site][value=no]")
    expect(icp).to_be_hidden()
    page.click("[name=save]")
    expect(page.locator(".note.success")).to_be_visible()
    expect(page.locator("[name=a-has_site][value=no]")).to_be_checked()
    page.reload()
    expect(page.locator("[data-note]")).to_have_count(0)


def test_without_scripts_every_question_says_when_it_is_asked(looking, house):
    looker = looking(java_script_enabled=False)
    looker.become(Role.OFFICE_LEAD)
    looker.page.goto(f"{looker.home.origin}/register/census/forms/{house.keys['form_id']}/")
    expect(looker.page.locator("[data-question=icp] .only")).to_be_visible()
