from datetime import date, timedelta

import pytest

from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from zuji.committee.actions import (
    affiliate,
    change_organisation,
    end_affiliation,
    end_guidance,
    end_organisation,
    guide,
    resume_organisation,
    take_back_affiliation,
    take_back_guidance,
)
from zuji.committee.enums import OrganisationKind, Verb
from zuji.committee.errors import Refusal
from zuji.committee.models import Affiliation, Guidance, Organisation
from zuji.committee.queries import organisation_values
from zuji.committee.values import OrganisationValues
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry

MOVED = FOUNDED + timedelta(days=400)
LAST = date(2021, 6, 30)


def tie(cast, act, own, to, since=FOUNDED):
    return act(actor=cast.mei, organisation_id=own.pk, to_id=to.pk, since=since, at=DAY)


def end(cast, act, own, last=LAST):
    return act(actor=cast.mei, organisation_id=own.pk, last=last, at=DAY)


def undo(cast, act, own):
    return act(actor=cast.mei, organisation_id=own.pk, at=DAY)


def spans(model, own):
    """From when until when, in order, and to whom."""
    rows = model.objects.filter(organisation=own).order_by("during")
    return [(each.during.lower, each.during.upper, each.to.name) for each in rows]


def test_belonging_to_and_being_guided_by_are_two_relations(cast):
    committee, town, own = (branch(cast, name) for name in ("行业党委", "镇党委", "创显支部"))
    tie(cast, affiliate, own, town)
    tie(cast, guide, own, committee)
    assert (Affiliation.objects.get().to, Guidance.objects.get().to) == (town, committee)


def test_a_new_affiliation_ends_the_one_before(cast):
    first, second, own = (branch(cast, name) for name in ("镇党委", "行业党委", "创显支部"))
    tie(cast, affiliate, own, first)
    tie(cast, affiliate, own, second, since=MOVED)
    assert spans(Affiliation, own) == [(FOUNDED, MOVED, "镇党委"), (MOVED, None, "行业党委")]
    assert Affiliation.objects.get(during__contains=MOVED).to == second


def test_an_affiliation_cannot_begin_before_the_present_one(cast):
    first, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    tie(cast, affiliate, own, first)
    with pytest.raises(Refused, match=Refusal.RELATION_TOO_EARLY) as refused:
        tie(cast, affiliate, own, first)
    assert refused.value.facts["field"] == "since"


def test_an_organisation_does_not_belong_to_itself(cast):
    own = branch(cast, "创显支部")
    with pytest.raises(Invalid, match=Refusal.ORGANISATION_TO_ITSELF):
        tie(cast, affiliate, own, own)


def test_an_organisation_does_not_belong_to_what_belongs_to_it(cast):
    top, middle, own = (branch(cast, name) for name in ("区委", "镇党委", "创显支部"))
    tie(cast, affiliate, own, middle)
    tie(cast, affiliate, middle, top)
    with pytest.raises(Refused, match=Refusal.ORGANISATION_IN_A_CIRCLE) as refused:
        tie(cast, affiliate, top, own)
    assert refused.value.facts == {"field": "to_id", "name": "创显支部"}
    tie(cast, guide, top, own)  # guidance is no ladder


def test_an_organisation_is_not_tied_to_one_of_another_district(cast):
    own = branch(cast, "创显支部")
    foreign = branch(cast, "外区支部", association=cast.other, actor=cast.qin)
    with pytest.raises(NotFound):
        tie(cast, guide, own, foreign)


@pytest.mark.parametrize("name", ["创显支部", " 创显 支部 "])
def test_an_organisation_is_named_once_within_a_district(cast, name):
    branch(cast, "创显支部")
    with pytest.raises(Refused, match=Refusal.ORGANISATION_NAME_TAKEN):
        branch(cast, name)


def test_a_relation_lies_within_the_days_on_which_both_exist(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    with pytest.raises(Refused, match=Refusal.ORGANISATION_NOT_THEN):
        tie(cast, affiliate, own, town, since=FOUNDED - timedelta(days=1))
    end(cast, end_organisation, town)
    with pytest.raises(Refused, match=Refusal.ORGANISATION_NOT_THEN):
        tie(cast, affiliate, own, town, since=LAST + timedelta(days=1))
    tie(cast, affiliate, own, town, since=LAST)


# --- ends


def test_a_relation_holds_through_its_last_day(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    tie(cast, affiliate, own, town)
    tie(cast, guide, own, town)
    end(cast, end_affiliation, own)
    end(cast, end_guidance, own)
    assert spans(Affiliation, own) == spans(Guidance, own) == [(FOUNDED, LAST + timedelta(days=1), "镇党委")]
    assert Affiliation.objects.filter(during__contains=LAST).exists()


def test_what_is_not_in_force_cannot_be_ended(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    with pytest.raises(Refused, match=Refusal.NO_OPEN_RELATION):
        end(cast, end_affiliation, own)
    tie(cast, affiliate, own, town, since=MOVED)
    with pytest.raises(Refused, match=Refusal.RELATION_ENDS_TOO_EARLY):
        end(cast, end_affiliation, own, last=MOVED - timedelta(days=1))


def test_an_organisation_that_ends_takes_its_relations_with_it_and_back(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    tie(cast, affiliate, own, town)
    tie(cast, guide, own, town)
    end(cast, end_organisation, own)
    after = LAST + timedelta(days=1)
    assert Organisation.objects.get(pk=own.pk).existed.upper == after
    assert spans(Affiliation, own) == spans(Guidance, own) == [(FOUNDED, after, "镇党委")]
    undo(cast, resume_organisation, own)
    assert Organisation.objects.get(pk=own.pk).existed.upper is None
    assert spans(Affiliation, own) == spans(Guidance, own) == [(FOUNDED, None, "镇党委")]


def test_a_relation_that_had_ended_before_stays_ended(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    tie(cast, affiliate, own, town)
    end(cast, end_affiliation, own, last=MOVED)
    end(cast, end_organisation, own)
    undo(cast, resume_organisation, own)
    assert spans(Affiliation, own) == [(FOUNDED, MOVED + timedelta(days=1), "镇党委")]


def test_an_organisation_to_which_others_belong_does_not_end(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    tie(cast, affiliate, own, town)
    with pytest.raises(Refused, match=Refusal.ORGANISATION_HAS_OTHERS) as refused:
        end(cast, end_organisation, town)
    assert refused.value.facts["n"] == 1


def test_an_organisation_ends_once_and_not_before_it_began(cast):
    own = branch(cast, "创显支部")
    with pytest.raises(Invalid, match=Refusal.ORGANISATION_NOT_THEN):
        end(cast, end_organisation, own, last=FOUNDED - timedelta(days=1))
    with pytest.raises(Refused, match=Refusal.ORGANISATION_IS_NOT_OVER):
        undo(cast, resume_organisation, own)
    end(cast, end_organisation, own)
    with pytest.raises(Refused, match=Refusal.ORGANISATION_IS_OVER) as refused:
        end(cast, end_organisation, own)
    assert refused.value.facts["last"] == str(LAST)


# --- taken back


@pytest.mark.parametrize(
    ("act", "back", "model"),
    [(affiliate, take_back_affiliation, Affiliation), (guide, take_back_guidance, Guidance)],
    ids=["affiliation", "guidance"],
)
def test_a_mistaken_relation_never_was_and_the_one_before_goes_on(cast, act, back, model):
    first, second, own = (branch(cast, name) for name in ("镇党委", "行业党委", "创显支部"))
    tie(cast, act, own, first)
    tie(cast, act, own, second, since=MOVED)
    undo(cast, back, own)
    assert spans(model, own) == [(FOUNDED, None, "镇党委")]
    undo(cast, back, own)
    assert spans(model, own) == []
    with pytest.raises(Refused, match=Refusal.NO_RELATION):
        undo(cast, back, own)


def test_one_that_had_ended_by_itself_is_not_reopened(cast):
    first, second, own = (branch(cast, name) for name in ("镇党委", "行业党委", "创显支部"))
    tie(cast, affiliate, own, first)
    end(cast, end_affiliation, own, last=MOVED)
    tie(cast, affiliate, own, second, since=LAST)
    undo(cast, take_back_affiliation, own)
    assert spans(Affiliation, own) == [(FOUNDED, MOVED + timedelta(days=1), "镇党委")]


# --- changes


def change(cast, own, actor=None, seen=None, **changes):
    values = {"name": "创显支部", "kind": OrganisationKind.BRANCH, "since": FOUNDED} | changes
    return change_organisation(
        actor=actor or cast.mei, organisation_id=own.pk, values=OrganisationValues(**values), seen=seen, at=DAY
    )


def test_a_change_names_its_fields_in_the_audit_trail(cast):
    own = branch(cast, "创显支部")
    changed = change(cast, own, name="创显联合支部", kind=OrganisationKind.JOINT_BRANCH)
    assert (changed.name, changed.kind, changed.sort_key) == (
        "创显联合支部",
        OrganisationKind.JOINT_BRANCH,
        "chuang xian lian he zhi bu",
    )
    assert AuditEntry.objects.get(verb=Verb.ORGANISATION_CHANGED).facts == {"changed": ["kind", "name", "sort_key"]}


def test_a_change_of_nothing_is_no_change(cast):
    change(cast, branch(cast, "创显支部"))
    assert not AuditEntry.objects.filter(verb=Verb.ORGANISATION_CHANGED).exists()


def test_what_somebody_changed_meanwhile_is_not_written_over(cast):
    own = branch(cast, "创显支部")
    seen = organisation_values(own)
    change(cast, own, seen=seen, kind=OrganisationKind.JOINT_BRANCH)
    with pytest.raises(Refused, match="changed_meanwhile"):
        change(cast, own, seen=seen, name="另一个名字")
    assert Organisation.objects.get(pk=own.pk).kind == OrganisationKind.JOINT_BRANCH


def test_the_first_day_does_not_move_past_what_is_told(cast):
    town, own = branch(cast, "镇党委"), branch(cast, "创显支部")
    tie(cast, affiliate, own, town, since=MOVED)
    change(cast, own, since=MOVED)
    for each in (own, town):
        with pytest.raises(Refused, match=Refusal.ORGANISATION_NOT_THEN):
            change(cast, each, name=each.name, since=MOVED + timedelta(days=1))
    end(cast, end_organisation, own)
    with pytest.raises(Refused, match=Refusal.ORGANISATION_NOT_THEN):
        change(cast, own, since=LAST + timedelta(days=1))


def test_a_name_that_another_has_is_not_taken_over(cast):
    own, other = branch(cast, "创显支部"), branch(cast, "镇党委")
    with pytest.raises(Refused, match=Refusal.ORGANISATION_NAME_TAKEN):
        change(cast, other, name=own.name)


@pytest.mark.parametrize(("who", "error"), [("lan", NotFound), ("qin", NotFound), ("guo", NotFound)])
def test_only_the_own_office_writes(cast, who, error):
    own = branch(cast, "创显支部")
    with pytest.raises(error):
        change(cast, own, actor=getattr(cast, who), name="另一个名字")
    with pytest.raises((Forbidden, NotFound)):
        end_organisation(actor=getattr(cast, who), organisation_id=own.pk, last=LAST, at=DAY)


def test_the_calendars_own_last_day_is_refused_beside_its_field(cast):
    own, town = branch(cast, "创显支部"), branch(cast, "镇党委")
    tie(cast, affiliate, own, town)
    tie(cast, guide, own, town)
    for act in (end_affiliation, end_guidance, end_organisation):
        with pytest.raises(Invalid) as problem:
            end(cast, act, own, last=date.max)
        assert (problem.value.code, problem.value.facts["field"]) == (Refusal.ORGANISATION_NOT_THEN, "last")
    assert spans(Affiliation, own) == [(FOUNDED, None, "镇党委")]


def test_the_day_before_the_calendars_last_is_one_like_any_other(cast):
    own = branch(cast, "创显支部")
    assert end(cast, end_organisation, own, last=date.max - timedelta(days=1)).existed.upper == date.max
