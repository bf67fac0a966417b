import pytest

from tests.cast import DAY, grant
from tests.register.lists import authority
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.people.enums import Role, ScopeKind
from zuji.register import actions
from zuji.register.authorities import remember, remembered
from zuji.register.errors import Refusal
from zuji.register.fields import Field


def add(cast, name, who=None):
    return actions.add_authority(actor=who or cast.tao, association_id=cast.panyu.pk, name=name, at=DAY)


def test_an_authority_is_added_once_under_its_name(cast):
    made = add(cast, " 市场 监管局\n")
    assert made.name == "市场 监管局"
    with pytest.raises(Refused) as refused:
        add(cast, "市场 监管局")
    assert (refused.value.code, refused.value.facts["name"]) == (Refusal.AUTHORITY_NAME_TAKEN, "市场 监管局")
    assert AuditEntry.objects.get(verb="authority_added").key == str(made.pk)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" ", Refusal.AUTHORITY_NAME_MISSING),
        ("局" * 81, Refusal.AUTHORITY_NAME_TOO_LONG),
        ("市\x00局", "text_has_nul"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(cast, name, code):
    with pytest.raises(Invalid) as invalid:
        add(cast, name)
    assert invalid.value.code == code


def test_only_who_may_import_lists_adds_authorities(cast):
    grant(cast.guo, Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    for who, error in ((cast.qin, NotFound), (cast.lan, NotFound), (cast.guo, Forbidden)):
        with pytest.raises(error):
            add(cast, "税务局", who)


def test_headings_are_remembered_as_they_are_told_apart_and_fields_that_are_no_more_are_forgotten(cast):
    sender = authority(cast)
    remember(sender, {"法定 代表人：": Field.PERSON, "": Field.NOTE})
    sender.headings["网址"] = "a_field_that_was"
    assert remembered(sender) == {"法定代表人": Field.PERSON}
