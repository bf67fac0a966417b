"""A firm's census form on a phone in Chromium: no account, and a connection that is lost."""

import pytest
from playwright.sync_api import expect

from tests.console.looking import PHONE

pytestmark = pytest.mark.browser


def test_what_is_typed_while_the_connection_is_lost_is_kept_and_sent_once_it_is_back(looking, house):
    looker = looking(viewport=PHONE)
    page = looker.page
    looker.become(None)
    page.goto(f"{looker.home.origin}/f/{house.keys['form_token']}/")
    expect(page.locator("[data-question=icp]")).to_be_hidden()
    looker.context.set_offline(True)
    page.fill("[name=a-staff]", "37")
    page.click("[name=save]")
    expect(page.locator("[data-note][role=alert]")).to_be_visible()
    expect(page.locator("[name=a-staff]")).to_have_value("37")
    looker.context.set_offline(False)
    expect(page.locator(".note[role=status]")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("[name=a-staff]")).to_have_value("37")
    expect(page.locator("[data-note]")).to_have_count(0)
