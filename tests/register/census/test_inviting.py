"""Who is asked to fill in a form, by which link, how often; and who may take links to hand them on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import DAY, Cast
from tests.register.census.forms import FULL, a_form, a_round
from zuji.core.errors import Forbidden, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.people.messages import audience
from zuji.people.messages.enums import Topic
from zuji.people.messages.models import Notice
from zuji.people.messages.texts import told_in
from zuji.register.census import inviting
from zuji.register.census.actions import close_round, hand_in
from zuji.register.census.queries import token_of


@pytest.fixture
def lans(cast: Cast, monkeypatch):
    """Lan is the contact of these firms, whatever anybody else says."""
    firms: set[int] = set()
    to = audience.organisation(cast.panyu.pk, cast.firm.pk, at=DAY)
    monkeypatch.setattr(inviting, "FINDERS", [lambda _, asked, at: {key: to for key in asked if key in firms}])
    return firms


def invited(cast: Cast, round_id: int, at=DAY):
    return inviting.invite(actor=cast.mei, round_id=round_id, at=at)


def test_a_contact_is_told_with_the_link_of_the_own_firms_form(cast, lans):
    form, _other = a_round(cast, firms=2).forms.order_by("pk")
    lans.add(form.enterprise_id)
    assert invited(cast, form.round_id) == (2, 1)
    notice = Notice.objects.get(topic=Topic.CENSUS_ASKED)
    assert notice.account == cast.lan
    assert notice.link == reverse("console:census_public", args=[token_of(form.round_id, form.enterprise_id)])
    (words,) = told_in("zh-hans", "Asia/Shanghai", [notice])
    assert words.title == "请为企业0填写普查表：2021年普查"
    assert "2021年7月31日" in words.body


def test_who_has_handed_in_is_not_asked_again(cast, lans):
    form = a_form(cast)
    lans.add(form.enterprise_id)
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    assert invited(cast, form.round_id) == (0, 0)
    assert not Notice.objects.exists()


def test_one_hears_of_a_form_once_a_day_and_then_of_the_latest_only(cast, lans):
    form = a_form(cast)
    lans.add(form.enterprise_id)
    days = [DAY, DAY + timedelta(hours=2), DAY + timedelta(days=1)]
    assert [invited(cast, form.round_id, at=at).told for at in days] == [1, 0, 1]
    assert Notice.objects.get().made_at == days[-1]


def test_links_are_those_of_forms_still_missing_and_that_they_were_taken_is_kept(cast):
    form, other = a_round(cast, firms=2).forms.order_by("pk")
    hand_in(actor=cast.tao, form_id=other.pk, answers=FULL, at=DAY)
    assert [each.pk for each in inviting.take_links(actor=cast.mei, round_id=form.round_id, at=DAY)] == [form.pk]
    entry = AuditEntry.objects.get(verb="census_links_taken")
    assert (entry.actor, entry.facts) == (cast.mei.pk, {"forms": 1})


@pytest.mark.parametrize("act", [inviting.invite, inviting.take_links])
def test_only_the_rounds_own_office_asks_and_only_while_it_is_not_closed(cast, act):
    form = a_form(cast)
    about = {"round_id": form.round_id, "at": DAY}
    with pytest.raises(NotFound):
        act(actor=cast.qin, **about)
    with pytest.raises((Forbidden, NotFound)):
        act(actor=cast.lan, **about)
    close_round(actor=cast.mei, **about)
    with pytest.raises(Refused):
        act(actor=cast.mei, **about)
