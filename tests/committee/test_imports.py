import re

import pytest

from tests.cast import DAY
from tests.committee.workbooks import FIRM, MEMBER, UNIT, workbook
from zuji.committee.actions import import_participants
from zuji.committee.enums import JoinsAs, ParticipantKind, Verb
from zuji.committee.errors import Refusal
from zuji.committee.models import ContactDetail, ParticipantOrganisation
from zuji.core.errors import Invalid, NotFound
from zuji.core.models import AuditEntry
from zuji.core.sheets import Column, read_table


def take(cast, rows, actor=None, **more):
    data = workbook(rows, **more)
    return import_participants(
        actor=actor or cast.tao, association_id=cast.panyu.pk, data=data, file="名单.xlsx", at=DAY
    )


def problems(imported):
    return [(row.number, problem.code) for row in imported.rejects for problem in row.problems]


def test_a_list_becomes_participant_organisations_with_their_kinds(cast):
    imported = take(cast, [FIRM, MEMBER, UNIT])
    made = {each.name: each for each in ParticipantOrganisation.objects.filter(pk__in=imported.added)}
    assert not imported.rejects
    assert {name: (each.kind, each.joins_as, each.expected) for name, each in made.items()} == {
        FIRM[0]: (ParticipantKind.FIRM, JoinsAs.FIRM_ORGANISATION, 12),
        MEMBER[0]: (ParticipantKind.FIRM, JoinsAs.ASSOCIATION_MEMBER, None),
        UNIT[0]: (ParticipantKind.INSTITUTION, JoinsAs.COBUILDING_UNIT, 4),
    }


def test_contacts_go_to_the_personal_table(cast):
    take(cast, [FIRM, MEMBER, UNIT])
    contacts = set(ContactDetail.objects.values_list("participant__name", "name", "phone"))
    assert contacts == {(FIRM[0], "阿岚", "13800138000"), (UNIT[0], "老郭", "")}


def test_a_name_given_twice_in_the_file_is_taken_once_and_comes_back_once(cast):
    imported = take(cast, [FIRM, (f"{FIRM[0]} ", *FIRM[1:]), MEMBER])
    assert len(imported.added) == 2
    assert problems(imported) == [(4, Refusal.PARTICIPANT_TWICE_IN_FILE)]


def test_a_name_that_is_on_the_list_comes_back(cast):
    imported = take(cast, [("木棉 数科", *FIRM[1:]), MEMBER])
    assert problems(imported) == [(3, Refusal.PARTICIPANT_ON_LIST)]
    assert len(imported.added) == 1


def test_the_same_list_again_adds_nothing(cast):
    take(cast, [FIRM, MEMBER])
    again = take(cast, [FIRM, MEMBER])
    assert not again.added
    assert {code for _, code in problems(again)} == {Refusal.PARTICIPANT_ON_LIST}


def test_bad_rows_hold_up_no_good_ones(cast):
    imported = take(cast, [FIRM, ("甲（示例）", "星球", *FIRM[2:]), ("乙（示例）", *FIRM[1:5], "很多"), UNIT])
    assert len(imported.added) == 2
    assert problems(imported) == [(4, "not_a_choice"), (5, "not_a_count")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_comes_back_says_why_beside_each_row_and_can_be_sent_again(cast, language):
    imported = take(cast, [FIRM, ("木棉数科", *FIRM[1:])])
    back = imported.returned(made_at=DAY.replace(tzinfo=None), language=language)
    heading = {"zh": "需更正之处", "en": "What to correct"}[language]
    columns = (Column("name", ("单位名称",)), Column("why", (heading,)))
    (row,) = read_table(back, file="退回.xlsx", columns=columns).rows()
    assert row["name"] == "木棉数科"
    assert "木棉数科" in re.sub(r"\s", "", row["why"])


def test_a_workbook_that_asks_for_membership_is_refused_whole(cast):
    with pytest.raises(Invalid, match="personal_column"):
        take(cast, [(*FIRM, "是")], headings=("单位名称", "单位性质", "参加身份", "姓名", "电话", "人数", "是否党员"))
    assert not AuditEntry.objects.filter(verb=Verb.PARTICIPANTS_IMPORTED).exists()


def test_a_workbook_without_a_header_is_refused_whole(cast):
    with pytest.raises(Invalid, match="no_header"):
        take(cast, [FIRM], headings=("一", "二", "三", "四", "五", "六"))


def test_the_audit_trail_counts_and_names_nobody(cast):
    take(cast, [FIRM, FIRM, MEMBER])
    entry = AuditEntry.objects.get(verb=Verb.PARTICIPANTS_IMPORTED)
    assert entry.facts == {"added": 2, "returned": 1}


@pytest.mark.parametrize("who", ["qin", "lan", "guo"])
def test_only_the_office_imports_organisations(cast, who):
    with pytest.raises(NotFound):
        take(cast, [FIRM], actor=getattr(cast, who))
