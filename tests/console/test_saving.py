"""The second of two who edit one record learns what the first changed, and loses nothing typed."""

import threading
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client

from tests.cast import DAY, make_cast
from tests.console.standing import stand, standing
from tests.console.walks import Seen
from zuji.committee import actions
from zuji.committee.models import ContactDetail, ParticipantOrganisation
from zuji.console.blocks import saving
from zuji.core import clock

NOW = {"name": "木棉数科", "kind": "firm", "joins_as": "firm_organisation", "expected": "5"}


@pytest.fixture
def firm(long_before, cast, demo, as_):
    """The cast's firm, and a way to open its form and to send it as a browser does."""
    return Firm(cast, as_)


class Firm:
    def __init__(self, cast, as_):
        self.cast, self.as_ = cast, as_
        self.path = f"/organisations/{cast.firm.pk}/edit/"

    def opened(self, who):
        """The token of the form as it opens."""
        (token,) = Seen(self.as_(who).get(self.path)).page.all("input", name="seen")
        return {"seen": token.attributes["value"]}

    def sent(self, who, *parts, **changes):
        sent = NOW.copy()
        for part in parts:
            sent |= part
        return Seen(self.as_(who).post(self.path, sent | changes, follow=True))

    @property
    def row(self):
        return ParticipantOrganisation.objects.get(pk=self.cast.firm.pk)


def asked(seen):
    """What the page that came back carries: the new token, and which fields it asks about."""
    hidden = seen.page.all("input", type="hidden")
    token = next(each.attributes["value"] for each in hidden if each.attributes["name"] == "seen")
    return {"seen": token, "asked": [each.attributes["value"] for each in hidden if each.attributes["name"] == "asked"]}


def test_without_the_token_the_first_ones_change_is_lost(firm):
    firm.sent(firm.cast.mei, expected="9")
    assert firm.sent(firm.cast.tao, name="木棉数据").status == 200
    assert (firm.row.name, firm.row.expected) == ("木棉数据", 5)


def test_with_it_both_changes_stand_and_the_second_is_told(firm):
    opened = firm.opened(firm.cast.tao)
    with standing(DAY.replace(minute=32)):
        firm.sent(firm.cast.mei, firm.opened(firm.cast.mei), expected="9")
    with standing(DAY.replace(minute=40)):
        seen = firm.sent(firm.cast.tao, opened, name="木棉数据")
    assert (firm.row.name, firm.row.expected) == ("木棉数据", 9)
    assert "Mei 在 09:32 改的内容也保留了：报名，人。" in seen.text


def test_two_who_change_one_field_alike_are_not_asked(firm):
    opened = firm.opened(firm.cast.tao)
    firm.sent(firm.cast.mei, firm.opened(firm.cast.mei), expected="9")
    assert firm.sent(firm.cast.tao, opened, expected="9").title == "木棉数科"


@pytest.fixture
def clash(firm):
    """Tao opened the form, Mei changed the head-count and the kind, Tao typed another head-count."""
    opened = firm.opened(firm.cast.tao)
    with standing(DAY.replace(minute=32)):
        firm.sent(firm.cast.mei, firm.opened(firm.cast.mei), expected="9", kind="institution")
    with standing(DAY.replace(minute=40)):
        return firm.sent(firm.cast.tao, opened, expected="12", name="木棉数据")


def test_the_second_sees_who_changed_what_when_and_nothing_is_saved(firm, clash):
    assert clash.status == 409
    assert "Mei 在 2021年7月26日 09:32 改过这份记录。" in clash.text
    assert "用 Mei 的 9 09:32" in clash.text
    assert "用您填的 12" in clash.text
    assert "对方还改了：单位性质。" in clash.text
    assert (firm.row.name, firm.row.expected) == ("木棉数科", 9)


def test_nothing_that_was_typed_is_lost_and_the_untouched_field_is_theirs(clash):
    values = {each.attributes["name"]: each.attributes.get("value") for each in clash.page.all("input")}
    assert (values["name"], values["expected"]) == ("木棉数据", "12")
    (kind,) = [
        each
        for each in clash.page.all("option")
        if "selected" in each.attributes and each.text == "机关、事业单位或社会组织"
    ]
    assert kind.attributes["value"] == "institution"


@pytest.mark.parametrize(("choice", "expected"), [("theirs", 9), ("mine", 12)])
def test_each_field_is_decided_and_saved(firm, clash, choice, expected):
    seen = firm.sent(
        firm.cast.tao, asked(clash), expected="12", name="木棉数据", kind="institution", **{"choose-expected": choice}
    )
    assert seen.title == "木棉数据"
    assert (firm.row.expected, firm.row.kind) == (expected, "institution")


def test_what_is_left_undecided_is_asked_again(firm, clash):
    seen = firm.sent(firm.cast.tao, asked(clash), expected="12", name="木棉数据", kind="institution")
    assert (seen.status, seen.errors) == (409, ["请选择用哪一个。"])
    assert firm.row.expected == 9


def test_a_field_that_changes_yet_again_is_asked_again(firm, clash):
    token = asked(clash)
    with standing(DAY.replace(minute=45)):
        firm.sent(firm.cast.mei, firm.opened(firm.cast.mei), expected="10", kind="institution")
    again = firm.sent(firm.cast.tao, token, expected="12", kind="institution", **{"choose-expected": "mine"})
    assert again.status == 409
    assert "用 Mei 的 10" in again.text


def test_a_contact_is_told_too_though_it_has_no_history(firm):
    opened = firm.opened(firm.cast.tao)
    firm.sent(firm.cast.mei, firm.opened(firm.cast.mei), contact_phone="020-1")
    seen = firm.sent(firm.cast.tao, opened, contact_phone="020-2")
    assert (seen.status, "用 Mei 的 020-1" in seen.text) == (409, True)
    assert ContactDetail.objects.get(participant=firm.cast.firm).phone == "020-1"


def test_a_field_that_cannot_be_used_is_told_before_anything_else(firm):
    opened = firm.opened(firm.cast.tao)
    firm.sent(firm.cast.mei, firm.opened(firm.cast.mei), expected="9")
    seen = firm.sent(firm.cast.tao, opened, expected="-1")
    assert seen.status == 422
    assert asked(seen)["seen"] == opened["seen"]  # it is still the form that was opened then


def test_a_record_that_is_no_longer_ones_own_is_not_found(firm):
    opened = firm.opened(firm.cast.tao)
    ParticipantOrganisation.objects.filter(pk=firm.cast.firm.pk).update(association=firm.cast.other)
    assert firm.sent(firm.cast.tao, opened, expected="9").status == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_that_asks_speaks_both_languages(firm, clash, language):
    client = firm.as_(firm.cast.tao)
    client.cookies["django_language"] = language
    seen = Seen(client.post(firm.path, NOW | asked(clash) | {"expected": "12"}))
    words = {"zh-hans": "请在下面逐项选择", "en": "Please choose for each field below"}
    assert words[language] in seen.text


def test_somebody_who_is_always_quicker_ends_in_a_refusal(firm):
    opened = firm.opened(firm.cast.tao)
    numbers = iter(range(100, 200))
    whole = saving._read

    def read(sent):
        values = whole(sent)
        ParticipantOrganisation.objects.filter(pk=firm.cast.firm.pk).update(expected=next(numbers))
        return values

    with patch.object(saving, "_read", read):
        seen = firm.sent(firm.cast.tao, opened, name="木棉数据")
    assert (seen.status, "有人刚刚改过这份记录" in seen.text) == (409, True)
    assert firm.row.name == "木棉数科"


# --- at once


def at_once(changes, seeing):
    """Two send the form that both opened at the same time, and meet between reading and writing; their answers."""
    cast, answers, meet = make_cast(), {}, threading.Barrier(2)
    stand(DAY)
    path = f"/organisations/{cast.firm.pk}/edit/"
    whole, met = saving._read, threading.local()

    def read(sent):
        values = whole(sent)
        if not hasattr(met, "once"):
            met.once = True
            meet.wait(10)
        return values

    def send(who, change):
        client = Client()
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        with clock.frozen(DAY):
            (token,) = Seen(client.get(path)).page.all("input", name="seen")
            seen = {"seen": token.attributes["value"]} if seeing else {}
            answers[who.name] = client.post(path, NOW | seen | change).status_code
        connection.close()

    with patch.object(saving, "_read", read):
        threads = [threading.Thread(target=send, args=pair) for pair in zip((cast.mei, cast.tao), changes, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sorted(answers.values()), ParticipantOrganisation.objects.get(pk=cast.firm.pk)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("guarded", "kept"), [(False, 1), (True, 2)])
def test_two_fields_that_two_change_at_once_both_stand(guarded, kept):
    """Without the action's look at what was seen, the later writer puts back what the other one changed."""
    whole = actions.change_participant

    def blind(**arguments):
        return whole(**arguments | {"seen": None})

    from zuji.console.views.participants import ChangeForm

    with patch.object(ChangeForm, "action", staticmethod(whole if guarded else blind)):
        codes, row = at_once([{"expected": "9"}, {"name": "木棉数据"}], seeing=True)
    assert codes == [302, 302]
    assert [row.expected == 9, row.name == "木棉数据"].count(True) == kept


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("seeing", "codes"), [(False, [302, 302]), (True, [302, 409])])
def test_of_two_who_change_one_field_at_once_the_second_is_asked(seeing, codes):
    answered, row = at_once([{"expected": "9"}, {"expected": "12"}], seeing=seeing)
    assert answered == codes
    assert row.expected in (9, 12)
