from datetime import date, timedelta

import pytest

from tests.cast import DAY, account
from tests.register.census.forms import FULL, a_form, a_round, values
from tests.register.judged import INTERNET, answers, card, judged
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.people.enums import Role, ScopeKind
from zuji.register.census.access import form_by_token, visible_forms, visible_rounds
from zuji.register.census.actions import (
    check_form,
    close_round,
    hand_in,
    hand_in_by_link,
    open_round,
    remind,
    save_by_link,
    save_form,
    send_back,
)
from zuji.register.census.errors import Refusal
from zuji.register.census.queries import progress, token_of
from zuji.register.census.values import InScope
from zuji.register.enums import FormState, ListState
from zuji.register.models import Link, Ruling, SourceRow


def link_of(form):
    return token_of(form.round_id, form.enterprise_id)


# opening


def test_a_round_gives_a_form_to_every_firm_in_scope_and_to_no_other(cast):
    inside = card(cast.panyu, "甲", **INTERNET)
    card(cast.panyu, "乙", **INTERNET | {"status": "revoked"})
    card(cast.other, "丙", **INTERNET)
    judged(cast.other)
    held = a_round(cast, firms=0)
    assert [form.enterprise_id for form in held.forms.all()] == [inside.pk]
    assert (held.forms.get().state, held.forms.get().town) == (FormState.OPEN, "440113102")
    assert AuditEntry.objects.get(verb="census_opened").facts == {"forms": 1}


def test_a_scope_narrows_to_towns_and_to_answers(cast):
    card(cast.panyu, "甲", **INTERNET | {"town": "440113103"})
    card(cast.panyu, "乙", **INTERNET, staff=12, premises="有", operating="正常")
    judged(cast.panyu, date(2021, 7, 1))
    two = a_round(cast, scope=InScope(towns=frozenset({"440113103"})), firms=0, name="镇")
    assert [form.town for form in two.forms.all()] == ["440113103"]
    unknown = InScope(answers={"three_haves": ("unknown", "no")})
    assert a_round(cast, scope=unknown, firms=0, name="未知").forms.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, Refusal.CENSUS_NAME_MISSING),
        ({"closes_on": date(2021, 6, 30)}, Refusal.CENSUS_DAYS),
        ({"questionnaire": {}}, Refusal.CENSUS_PART_MISSING),
    ],
)
def test_a_round_that_cannot_be_is_refused(cast, changes, code):
    with pytest.raises(Invalid, match=code):
        a_round(cast, **changes)


def test_a_name_is_taken_once_and_a_round_of_nobody_is_none(cast):
    a_round(cast)
    with pytest.raises(Refused, match=Refusal.CENSUS_NAME_TAKEN):
        a_round(cast)
    with pytest.raises(Refused, match=Refusal.CENSUS_NOBODY_IN_SCOPE):
        a_round(cast, name="空", scope=InScope(towns=frozenset({"440113999"})))


def test_only_the_own_office_opens_a_round(cast):
    card(cast.panyu, **INTERNET)
    asked = {"association_id": cast.panyu.pk, "values": values(), "scope": InScope(), "at": DAY}
    for stranger in (cast.qin, cast.lan, cast.guo):
        with pytest.raises(NotFound):
            open_round(actor=stranger, **asked)


# who sees what


def test_an_enumerator_reaches_the_forms_of_their_towns_and_no_others(cast):
    card(cast.panyu, "甲", **INTERNET | {"town": "440113103"})
    held = a_round(cast)
    ren = account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, 440113103)
    elsewhere = account(cast.other, "Wu", Role.ENUMERATOR, ScopeKind.TOWN, 440113103)
    own, next_door = held.forms.get(town="440113103"), held.forms.get(town="440113102")
    assert list(visible_forms(ren, at=DAY)) == [own]
    assert list(visible_rounds(ren, at=DAY)) == [held]
    assert not visible_forms(elsewhere, at=DAY).exists()
    assert save_form(actor=ren, form_id=own.pk, answers={"staff": "3"}, at=DAY).entered_by == ren.pk
    with pytest.raises(NotFound):
        save_form(actor=ren, form_id=next_door.pk, answers={"staff": "3"}, at=DAY)
    with pytest.raises(Forbidden):
        check_form(actor=ren, form_id=own.pk, at=DAY)
    with pytest.raises(Forbidden):
        close_round(actor=ren, round_id=held.pk, at=DAY)


def test_a_link_opens_one_form_and_a_wrong_one_none(cast):
    held = a_round(cast, firms=2)
    one, other = held.forms.all()
    assert form_by_token(link_of(one)) == one
    assert link_of(one) != link_of(other)
    assert link_of(one) not in one.token_digest
    with pytest.raises(NotFound):
        form_by_token(one.token_digest)


# filling in


def test_a_firms_contact_saves_and_hands_in_without_an_account(cast):
    form = a_form(cast)
    saved = save_by_link(token=link_of(form), answers={"staff": "１２", "address": ""}, at=DAY)
    assert (saved.state, saved.answers, saved.entered_by) == (FormState.BEGUN, {"staff": "12"}, None)
    done = hand_in_by_link(token=link_of(form), answers=FULL, at=DAY)
    assert (done.state, done.answers, done.handed_in_at) == (FormState.HANDED_IN, FULL, DAY)
    entry = AuditEntry.objects.get(verb="census_form_handed_in")
    assert (entry.actor, entry.facts) == (None, {})


def test_a_form_with_gaps_is_not_handed_in_and_every_gap_is_named(cast):
    form = a_form(cast)
    with pytest.raises(Invalid, match=Refusal.CENSUS_FAULTS) as refused:
        hand_in_by_link(token=link_of(form), answers={"staff": "many"}, at=DAY)
    named = [(fault["question"], fault["code"]) for fault in refused.value.facts["faults"]]
    assert named == [("operating", "missing"), ("premises", "missing"), ("staff", "no_number"), ("has_site", "missing")]
    form.refresh_from_db()
    assert (form.state, form.answers) == (FormState.OPEN, {})


@pytest.mark.parametrize("days", [-26, 6])
def test_outside_its_days_a_round_takes_no_answers(cast, days):
    form = a_form(cast)
    with pytest.raises(Refused, match=Refusal.CENSUS_NOT_OPEN):
        save_by_link(token=link_of(form), answers={}, at=DAY + timedelta(days=days))


def test_what_is_handed_in_changes_no_more_until_it_is_sent_back_with_a_reason(cast):
    form = a_form(cast)
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    with pytest.raises(Refused, match=Refusal.CENSUS_FORM_HANDED_IN):
        save_by_link(token=link_of(form), answers={}, at=DAY)
    with pytest.raises(Invalid, match=Refusal.CENSUS_REASON_MISSING):
        send_back(actor=cast.mei, form_id=form.pk, reason=" ", at=DAY)
    back = send_back(actor=cast.mei, form_id=form.pk, reason="人数请核对", at=DAY)
    assert (back.state, back.reason, back.answers) == (FormState.SENT_BACK, "人数请核对", FULL)
    again = hand_in_by_link(token=link_of(form), answers=FULL | {"staff": "13"}, at=DAY)
    assert (again.state, again.reason) == (FormState.HANDED_IN, "")


def test_only_what_is_handed_in_is_checked_or_sent_back(cast):
    form = a_form(cast)
    for act in (
        lambda: check_form(actor=cast.mei, form_id=form.pk, at=DAY),
        lambda: send_back(actor=cast.mei, form_id=form.pk, reason="x", at=DAY),
    ):
        with pytest.raises(Refused, match=Refusal.CENSUS_FORM_NOT_HANDED_IN):
            act()


def test_a_second_round_marks_what_is_strange_beside_the_first(cast):
    first = a_form(cast)
    checked(cast, first, FULL | {"staff": "12"})
    second = a_round(cast, firms=0, name="下半年", opens_on=date(2021, 7, 20)).forms.get()
    done = hand_in(actor=cast.tao, form_id=second.pk, answers=FULL | {"staff": "120", "operating": "no"}, at=DAY)
    assert [(each["question"], each["code"]) for each in done.anomalies] == [
        ("operating", "turned"),
        ("staff", "jumped"),
    ]


def test_the_office_sees_how_far_each_town_is(cast, django_assert_num_queries):
    card(cast.panyu, "甲", **INTERNET | {"town": "440113103"})
    held = a_round(cast, firms=3)
    form = held.forms.filter(town="440113102").first()
    checked(cast, form, FULL)
    save_by_link(token=link_of(held.forms.filter(town="440113102").last()), answers={"staff": "3"}, at=DAY)
    with django_assert_num_queries(1):
        found = progress(held)
    assert [(each.town, each.forms, each.begun, each.checked) for each in found] == [
        ("440113102", 3, 1, 1),
        ("440113103", 1, 0, 0),
    ]
    ren = account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, 440113103)
    assert [each.town for each in progress(held, forms=visible_forms(ren, at=DAY))] == ["440113103"]


def test_those_still_missing_are_reminded_of_once_a_day(cast):
    held = a_round(cast, firms=3)
    checked(cast, held.forms.first(), FULL)
    remind_at = {"actor": cast.mei, "round_id": held.pk}
    assert len(remind(**remind_at, at=DAY)) == 2
    assert len(remind(**remind_at, at=DAY + timedelta(hours=3))) == 0
    assert len(remind(**remind_at, at=DAY + timedelta(days=1))) == 2


# closing


def checked(cast, form, given):
    hand_in(actor=cast.tao, form_id=form.pk, answers=given, at=DAY)
    return check_form(actor=cast.mei, form_id=form.pk, at=DAY)


def test_a_closed_round_is_a_list_whose_rows_are_ruled_to_be_their_firms(cast):
    held = a_round(cast, firms=2)
    form, left_open = held.forms.all()
    row = an_earlier_row(cast, form)
    checked(cast, form, FULL)
    source = close_round(actor=cast.mei, round_id=held.pk, at=DAY).source
    (told,) = source.rows.all()
    assert (source.state, source.as_of, source.authority.name) == (ListState.TAKEN_IN, date(2021, 7, 26), "普查")
    assert told.values == {"name": "企业0", "operating": "是", "premises": "是", "staff": "12", "members": "3"}
    link = Link.objects.get(row=told)
    assert (link.enterprise_id, link.band, link.ended_at) == (form.enterprise_id, "ruled", None)
    ruling = Ruling.objects.get()
    assert (ruling.one_id, ruling.other_id, ruling.same, ruling.made_by) == (row.pk, told.pk, True, cast.mei.pk)
    assert not Link.objects.filter(enterprise=left_open.enterprise_id).exists()


def test_its_answers_are_evidence_of_the_three_haves(cast):
    form = a_form(cast)
    firm = form.enterprise.card
    assert answers(firm)["three_haves"] == "unknown"
    checked(cast, form, FULL)
    close_round(actor=cast.mei, round_id=form.round_id, at=DAY)
    assert answers(firm)["three_haves"] == "yes"
    standing = form.enterprise.standings.get(kind="three_haves", during__contains=date(2021, 7, 26))
    assert {reason["rows"][0] for reason in standing.reasons} == {SourceRow.objects.get().pk}


def test_a_closed_round_stays_closed(cast):
    form = a_form(cast)
    closed = close_round(actor=cast.mei, round_id=form.round_id, at=DAY)
    assert closed.source is None
    for act in (
        lambda: close_round(actor=cast.mei, round_id=form.round_id, at=DAY),
        lambda: remind(actor=cast.mei, round_id=form.round_id, at=DAY),
        lambda: save_by_link(token=link_of(form), answers={}, at=DAY),
    ):
        with pytest.raises(Refused, match=Refusal.CENSUS_CLOSED):
            act()


def test_a_form_of_a_firm_that_was_merged_meanwhile_is_the_remaining_firms(cast):
    form, other = a_round(cast, firms=2).forms.all()
    checked(cast, form, FULL)
    form.enterprise.merged_into = other.enterprise
    form.enterprise.save()
    close_round(actor=cast.mei, round_id=form.round_id, at=DAY)
    assert Link.objects.get().enterprise_id == other.enterprise_id


def an_earlier_row(cast, form):
    from zuji.register.models import Authority, SourceList

    authority = Authority.objects.create(association=cast.panyu, name="市场监管")
    source = SourceList.objects.create(
        authority=authority, file="a.xlsx", digest="d", as_of=date(2021, 1, 1), staged_at=DAY, state=ListState.TAKEN_IN
    )
    row = SourceRow.objects.create(source=source, number=2, values={"name": "企业0"})
    Link.objects.create(row=row, enterprise=form.enterprise, band="sure", made_at=DAY)
    return row
