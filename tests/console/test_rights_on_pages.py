"""Pages follow the rights table: every console page that a role reaches is walked, and what stands on it is tried.

A link or a form whose route the role may not use is a fault, and so is a disabled button that stands for a missing
right: what one may not do is absent.
"""

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.cast import grant
from tests.console.test_pages import somebody
from tests.console.walks import Element, Pages, Seen, words
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account
from zuji.people.rights import RIGHTS, SCOPES

ASKS = ("href", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-delete")


@dataclass
class Walk:
    """What a role met on its way: pages by route, what it should not have met, and buttons that were greyed out."""

    pages: Pages
    role: Role
    seen: dict[str, Seen] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    disabled: list[tuple[str, str]] = field(default_factory=list)

    def go(self, start: str = "/") -> "Walk":
        """Follow every link to a route that was not seen yet."""
        ahead = deque([start])
        while ahead:
            path = ahead.popleft()
            if (name := name_of(path)) in self.seen:
                continue
            seen = self.seen[name] = self.pages.get(path)
            if seen.status >= 400:
                self.faults.append((path, "opens with", str(seen.status)))
            elif seen.status == 200 and "html" in seen.answer["Content-Type"]:
                ahead += self._look_at(path, seen)
        return self

    def _look_at(self, path: str, seen: Seen) -> list[str]:
        ahead = []
        for each in seen.page.elements:
            for kind in ASKS:
                url = urlsplit(urljoin(path, each.attributes.get(kind) or path))
                if (
                    kind in each.attributes
                    and not url.netloc
                    and self._may_ask(path, url.path)
                    and leads_on(each, kind)
                ):
                    ahead.append(f"{url.path}?{url.query}" if url.query else url.path)
            if each.tag == "button" and "disabled" in each.attributes:
                self.disabled.append((path, words(each.text)))
        return ahead

    def _may_ask(self, page: str, path: str) -> bool:
        try:
            right = getattr(resolve(path).func, "right", None)
        except Resolver404:
            return False
        if right is not None and right not in RIGHTS[self.role]:
            self.faults.append((page, "offers", path))
            return False
        return True


def leads_on(element: Element, kind: str) -> bool:
    """Whether to look where this leads: at a page, not at a file, and nothing that writes."""
    about = element.attributes
    is_file = "download" in about or "format=" in about.get(kind, "")
    return kind == "href" and element.tag == "a" and not is_file


def name_of(path: str) -> str:
    return resolve(urlsplit(path).path).view_name


@pytest.fixture
def everybody(walked, pages) -> Pages:
    """Somebody with every role at once, for whom nothing is kept back for want of a right."""
    at = walked.cast
    keys = {
        ScopeKind.ASSOCIATION: at.panyu.pk,
        ScopeKind.ORGANISATION: at.firm.pk,
        ScopeKind.CAMPAIGN: at.campaign.pk,
        ScopeKind.TOWN: 440113102,
    }
    who = Account.objects.create_user("everybody", association=at.panyu, name="Everybody")
    for role in Role:
        grant(who, role, SCOPES[role], keys[SCOPES[role]])
    return pages(who)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_offered_what_it_may_do_and_nothing_else(walked, pages, everybody, role):
    walk = Walk(pages(somebody(walked, role)), role).go()
    assert walk.faults == []
    assert {"console:today", "console:me", "console:keys", "console:find"} <= set(walk.seen)
    for path, button in walk.disabled:
        same = [each for each in everybody.get(path).page.all("button") if words(each.text) == button]
        stands_for_its_state = any("disabled" in each.attributes for each in same)
        assert stands_for_its_state, (path, button)


def test_the_walk_meets_what_it_is_made_for(walked, pages):
    """A page that offers a lead's act to a steward, and a button greyed out for a want of rights, do not pass."""
    steward = somebody(walked, Role.STEWARD)
    walk = Walk(pages(steward), Role.STEWARD)
    html = """<a href="/settings/audit/">x</a><form action="/figures/T3/publish/" method="post"></form>
    <a href="/walk/">fine</a><a href="https://example.org/">elsewhere</a><button disabled>Publish</button>
    <button hx-post="/organisations/add/">y</button>"""
    from django.http import HttpResponse

    assert walk._look_at("/", Seen(HttpResponse(html))) == ["/walk/"]
    assert [fault[2] for fault in walk.faults] == ["/settings/audit/", "/figures/T3/publish/", "/organisations/add/"]
    assert walk.disabled == [("/", "Publish")]


@pytest.mark.parametrize(("role", "many"), [(Role.OFFICE_LEAD, 22), (Role.CONTACT, 12), (Role.STEWARD, 12)])
def test_the_walk_goes_far(walked, pages, role, many):
    assert len(Walk(pages(somebody(walked, role)), role).go().seen) >= many
