"""What things are called: by their names for whoever sees them, by their kind alone for everybody else."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext

from tests.cast import DAY, account, participant
from tests.checkin.desks import new_pass
from tests.console.registered import authority, doubt, firm, source
from tests.console.registered import row as listed_row
from zuji.briefing.actions import publish
from zuji.checkin.corrections import take_back
from zuji.checkin.models import Correction, LogHead
from zuji.committee.enums import OrganisationKind, ParticipantKind
from zuji.committee.models import Organisation
from zuji.console.blocks.objects import BY_KIND, THINGS, called, changes, things
from zuji.console.pages import Desk
from zuji.core.audit import audit
from zuji.core.models import AuditEntry, Home
from zuji.core.works import begin
from zuji.people.enums import Role, ScopeKind, Verb
from zuji.people.messages.models import Delivery, Destination
from zuji.register.models import CensusForm, CensusRound, Precedence
from zuji.register.rules.actions import lay_rules
from zuji.trail.changes import News, write_change
from zuji.trail.models import Impression


@dataclass(frozen=True)
class Spoken:
    kind: str
    key: str


def spoken(row):
    return Spoken(row._meta.label_lower, str(row.pk))


def told(who, *rows):
    names = things(Desk(who, DAY), [spoken(row) for row in rows])
    return [names[row._meta.label_lower, str(row.pk)][:2] for row in rows]


def of_people(cast):
    """Rows of the people's package, and a work of Tao's."""
    destination = Destination.objects.create(
        association=cast.panyu, account=cast.tao, channel="wecom", address="x", mark="m", shown="机器人", kept_since=DAY
    )
    delivery = Delivery.objects.create(
        association=cast.panyu,
        destination=destination,
        channel="wecom",
        topic="test",
        event="1",
        pace="at_once",
        made_at=DAY,
        next_try_at=DAY,
    )
    work = begin(
        actor=cast.tao, association_id=cast.panyu.pk, kind="bulk", facts={"act": "passes_withdraw"}, total=1, at=DAY
    )
    return {"account": cast.lan, "destination": destination, "delivery": delivery, "work": work}


def of_the_walk(walked):
    """Rows of the walk."""
    cast = walked.cast
    stop = walked.trail.stops.first()
    take_back(actor=cast.mei, campaign_id=cast.campaign.pk, item_id=walked.items["first"], reason="误扫", at=DAY)
    impression = Impression.objects.create(
        id=uuid4(), campaign=cast.campaign, stop=stop, walk_pass=walked.first, text="走", local_date=DAY.date()
    )
    told = News(text_zh="改为十点集合", text_en="Meet at ten")
    return {
        "change": write_change(actor=cast.mei, campaign_id=cast.campaign.pk, news=told, at=DAY),
        "campaign": cast.campaign,
        "checkpoint": cast.hall,
        "serial": walked.poster,
        "pass": walked.first,
        "correction": Correction.objects.get(),
        "trail": walked.trail,
        "stop": stop,
        "impression": impression,
    }


def of_the_register(cast):
    """Rows of the register, its rules and its census."""
    of = authority(cast.panyu)
    listed = source(of)
    found = firm(cast.panyu, "木棉数科有限公司")
    days = {"opens_on": DAY.date(), "closes_on": DAY.date()}
    held = CensusRound.objects.create(association=cast.panyu, name="2021年普查", questionnaire={}, **days)
    return {
        "authority": of,
        "list": listed,
        "firm": found,
        "doubt": doubt(cast.panyu, listed_row(listed, 8, "石碁拾光"), listed_row(listed, 9, "石基拾光")),
        "precedence": Precedence.objects.create(association=cast.panyu, authorities=[of.pk], during=(DAY.date(), None)),
        "rule": lay_rules(association_id=cast.panyu.pk, since=DAY.date(), at=DAY)[0],
        "census": held,
        "form": CensusForm.objects.create(round=held, enterprise=found, token_digest="x"),
    }


@pytest.fixture
def rows(walked):
    """A row of every kind that is audited."""
    cast = walked.cast
    organisation = Organisation.objects.create(
        association=cast.panyu, name="示例支部", kind=OrganisationKind.values[0], existed=("2019-01-01", None)
    )
    figure = publish(actor=cast.mei, association_id=cast.panyu.pk, indicator="T3", as_of=DAY, at=DAY)
    head, _ = LogHead.objects.get_or_create(pk=1)
    return {
        **of_people(cast),
        **of_the_walk(walked),
        **of_the_register(cast),
        "association": cast.panyu,
        "participant": cast.firm,
        "organisation": organisation,
        "figure": figure,
        "head": head,
    }


def everything(cast):
    """Somebody who may see whatever there is in Panyu, and whose the work is."""
    for role in (Role.AUDITOR, Role.OFFICE_LEAD):
        from tests.cast import grant

        grant(cast.tao, role, ScopeKind.ASSOCIATION, cast.panyu.pk)
    return cast.tao


def test_every_kind_of_the_table_is_a_table_of_the_database():
    assert [thing.kind for thing in THINGS if apps.get_model(thing.kind) is None] == []
    assert len(BY_KIND) == len(THINGS)


def test_the_fixture_has_a_row_of_every_kind(rows):
    assert {row._meta.label_lower for row in rows.values()} == set(BY_KIND)


def test_what_one_sees_is_called_by_its_name(rows, cast):
    names = dict(zip(rows, told(everything(cast), *rows.values()), strict=True))
    assert {kind: name for kind, (name, _) in names.items()} == {
        "account": "Lan",
        "destination": "企业微信机器人",
        "delivery": "测试消息（企业微信机器人）",
        "work": gettext("bulk.passes_withdraw"),
        "campaign": "徒步",
        "checkpoint": "入口2",
        "serial": "入口2的海报码 1",
        "pass": f"打卡证 {rows['pass'].pk}（木棉数科）",
        "correction": "木棉数科在入口1的打卡",
        "trail": "路线",
        "stop": "旧址S1",
        "impression": "旧址S1的一条感言",
        "change": "改为十点集合",
        "authority": "市场监管",
        "list": "6月名单.xlsx",
        "firm": "木棉数科有限公司",
        "doubt": "「石碁拾光」与「石基拾光」",
        "precedence": "所有项目",
        "rule": gettext("rule_kind.internet"),
        "census": "2021年普查",
        "form": "木棉数科有限公司",
        "association": "番禺",
        "participant": "木棉数科",
        "organisation": "示例支部",
        "figure": "T3 参加徒步的企业人数",
        "head": "打卡日志",
    }


def test_names_are_in_the_readers_language(rows, cast):
    with translation.override("en"):
        assert [name for name, _ in told(cast.mei, cast.campaign, cast.hall, rows["pass"])] == [
            "Walk",
            "Entrance 2",
            f"Pass {rows['pass'].pk} (木棉数科)",
        ]


def test_a_page_that_is_named_exists(rows, cast):
    urls = [url for _, url in told(everything(cast), *rows.values()) if url]
    assert len(urls) >= 12
    assert all(resolve(url).func for url in urls)


def test_what_one_does_not_see_has_its_kind_and_key_and_no_page(rows, cast):
    strangers = [row for row in rows.values() if row._meta.label_lower != "checkin.loghead"]
    for row, (name, url) in zip(strangers, told(cast.qin, *strangers), strict=True):
        assert (name.endswith(f" {str(row.pk).split('-')[0]}"), url) == (True, "")
        assert "木棉" not in name


def test_the_rows_of_qin_are_never_named(cast):
    far = participant(cast.other, "外区单位", ParticipantKind.FIRM, "DDDDDD")
    foreign = [cast.foreign, cast.qin, far, cast.other, new_pass(far, cast.foreign)]
    for who in (cast.mei, everything(cast), cast.lan, cast.guo):
        for row, (name, url) in zip(foreign, told(who, *foreign), strict=True):
            assert (name.rsplit(" ", 1)[-1], url) == (str(row.pk), "")


def test_a_contact_is_told_of_the_own_organisation_alone(cast):
    own, other = told(cast.lan, cast.firm, cast.second_firm)
    assert own == ("木棉数科", f"/organisations/{cast.firm.pk}/")
    assert other == (f"参加单位 {cast.second_firm.pk}", "")


def test_what_is_gone_keeps_its_kind(cast):
    names = things(Desk(cast.mei, DAY), [Spoken("checkin.pass", "4711")])
    assert names["checkin.pass", "4711"][:3] == ("打卡证 4711", "", False)


def test_an_erased_account_has_no_name(cast):
    auditor = account(cast.panyu, "Ann", Role.AUDITOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    type(cast.lan).objects.filter(pk=cast.lan.pk).update(name="")
    ((name, url),) = told(auditor, cast.lan)
    assert (name, url) == ("已删除姓名", f"/settings/accounts/{cast.lan.pk}/")


def test_queries_grow_with_the_kinds_and_not_with_the_rows(cast, django_assert_num_queries):
    firms = [participant(cast.panyu, f"单位{n}", ParticipantKind.FIRM, f"E{n:05}") for n in range(3)]
    for asked in (firms[:1], firms):
        with django_assert_num_queries(3):  # the rights, their scope, the rows
            told(cast.mei, *asked)
    with django_assert_num_queries(5):
        told(cast.mei, *firms, cast.campaign)


def test_kinds_that_a_reader_has_no_right_to_are_not_asked_for(cast, django_assert_num_queries):
    viewer = account(cast.panyu, "Vi", Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    with django_assert_num_queries(1):
        told(viewer, cast.firm, cast.lan)


def test_an_audited_kind_without_a_name_is_noticed(db):
    home, _ = Home.objects.get_or_create(pk=1)
    with pytest.raises(AssertionError, match=r"core\.home has no line in THINGS"):
        audit(None, Verb.SIGNED_IN, home, association_id=None, at=DAY)


def test_entries_of_the_audit_trail_are_spoken_of_as_they_are(cast):
    audit(cast.tao, Verb.SIGNED_IN, cast.campaign, association_id=cast.panyu.pk, at=DAY)
    entry = AuditEntry.objects.get()
    assert things(Desk(cast.mei, DAY), [entry])[entry.kind, entry.key].name == "徒步"


# --- what changed for somebody, and what is found by its name


def note(row, association, verb=Verb.ACCOUNT_MADE):
    return audit(None, verb, row, association_id=association.pk, at=DAY)


def seen_by(who):
    return set(changes(Desk(who, DAY)))


def test_whoever_sees_a_thing_is_told_what_was_done_to_it(cast):
    own, other = note(cast.firm, cast.panyu), note(cast.second_firm, cast.panyu)
    walk, person = note(cast.campaign, cast.panyu), note(cast.guo, cast.panyu)
    far = note(cast.foreign, cast.other)
    assert seen_by(cast.tao) == {own, other, walk}
    assert seen_by(cast.mei) == {own, other, walk, person}
    assert seen_by(cast.lan) == {own, walk}
    assert seen_by(cast.guo) == {walk}
    assert seen_by(cast.qin) == {far}


def test_a_contact_is_told_of_the_passes_of_the_own_organisation_alone(cast):
    own, other = new_pass(cast.firm, cast.campaign), new_pass(cast.unit, cast.campaign)
    entries = note(own, cast.panyu), note(other, cast.panyu)
    assert seen_by(cast.lan) == {entries[0]}
    assert seen_by(cast.guo) == set(entries)


def test_whoever_may_read_the_trail_is_told_all_of_it(cast):
    auditor = account(cast.panyu, "Ann", Role.AUDITOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    entries = {note(cast.firm, cast.panyu), note(cast.lan, cast.panyu)}
    note(cast.foreign, cast.other)
    assert seen_by(auditor) == entries


def test_ones_own_long_works_are_no_news_for_others(cast):
    begin(actor=cast.guo, association_id=cast.panyu.pk, kind="bulk", facts={}, total=1, at=DAY)
    assert seen_by(cast.tao) == set()


def found(who, text):
    return set(AuditEntry.objects.filter(called(Desk(who, DAY), text)))


def test_entries_are_found_by_the_name_of_their_thing_or_its_key(cast):
    walk_pass = new_pass(cast.firm, cast.campaign)
    firm, passed, far = note(cast.firm, cast.panyu), note(walk_pass, cast.panyu), note(cast.foreign, cast.other)
    assert found(cast.tao, "木棉") == {firm, passed}
    assert found(cast.tao, "entrance") == set()
    assert {firm} <= found(cast.tao, str(cast.firm.pk))
    assert far not in found(cast.tao, "Walk")


def test_by_a_name_nothing_is_found_that_one_does_not_see(cast):
    note(cast.second_firm, cast.panyu)
    assert found(cast.lan, "榕声") == set()
