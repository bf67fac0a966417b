from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.committee.workbooks import workbook
from zuji.checkin.enums import Verb
from zuji.checkin.errors import Refusal
from zuji.checkin.models import Pass, PassDetail
from zuji.checkin.walkers import NewWalker, add_walkers, import_walkers
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry

HEADINGS = ("单位名称", "昵称", "分组")
ROWS = [("木棉数科", "小棉", "第一组"), ("木棉数科", None, "第一组"), ("榕声互动", "阿榕", None)]
AFTER = DAY + timedelta(days=60)


def take(cast, rows=ROWS, actor=None, at=DAY, **more):
    return import_walkers(
        actor=actor or cast.tao,
        campaign_id=cast.campaign.pk,
        data=workbook(rows, HEADINGS),
        file="人员.xlsx",
        at=at,
        **more,
    )


def add(cast, *walkers, actor=None, at=DAY):
    return add_walkers(actor=actor or cast.lan, campaign_id=cast.campaign.pk, walkers=walkers, at=at)


def problems(imported):
    return [(row.number, problem.code) for row in imported.rejects for problem in row.problems]


def test_every_row_is_one_pass_with_or_without_a_name(cast):
    imported = take(cast)
    passes = Pass.objects.filter(pk__in=imported.added).order_by("pk")
    assert [(each.organisation.name, each.group) for each in passes] == [
        ("木棉数科", "第一组"),
        ("木棉数科", "第一组"),
        ("榕声互动", ""),
    ]
    assert list(PassDetail.objects.values_list("nickname", flat=True)) == ["小棉", "阿榕"]


def test_each_pass_has_a_token_of_its_own_and_did_not_join_on_the_spot(cast):
    take(cast)
    tokens = {bytes(token) for token in Pass.objects.values_list("token", flat=True)}
    assert len(tokens) == 3
    assert not Pass.objects.filter(on_the_spot=True).exists()


def test_a_row_of_an_unknown_organisation_comes_back_and_holds_up_no_other(cast):
    imported = take(cast, [*ROWS, ("无名公司", "小无", None)])
    assert len(imported.added) == 3
    assert problems(imported) == [(6, Refusal.NOT_YOUR_ORGANISATION)]


def test_a_row_without_an_organisation_comes_back(cast):
    assert problems(take(cast, [*ROWS, (None, "小无", "第一组")])) == [(6, "cell_required")]


def test_a_contact_signs_up_the_own_organisation_only(cast):
    imported = take(cast, actor=cast.lan)
    assert set(Pass.objects.values_list("organisation__name", flat=True)) == {"木棉数科"}
    assert problems(imported) == [(5, Refusal.NOT_YOUR_ORGANISATION)]


def test_the_same_list_again_is_refused_unless_it_is_meant(cast):
    take(cast)
    with pytest.raises(Refused, match=Refusal.WALKERS_LIST_KNOWN):
        take(cast)
    assert len(take(cast, again=True).added) == 3
    assert Pass.objects.count() == 6


def test_another_list_of_the_same_organisation_is_taken(cast):
    take(cast)
    assert len(take(cast, ROWS[:2]).added) == 2


def test_a_list_that_asks_for_identity_numbers_is_refused_whole(cast):
    with pytest.raises(Invalid, match="personal_column"):
        import_walkers(
            actor=cast.tao,
            campaign_id=cast.campaign.pk,
            data=workbook([("木棉数科", "小棉", "1")], ("单位名称", "昵称", "身份证号")),
            file="人员.xlsx",
            at=DAY,
        )
    assert not Pass.objects.exists()


def test_the_audit_trail_counts_and_keeps_no_name(cast):
    take(cast)
    entry = AuditEntry.objects.get(verb=Verb.WALKERS_ADDED)
    assert (entry.facts["added"], entry.facts["returned"]) == (3, 0)
    assert "小棉" not in str(entry.facts)


@pytest.mark.parametrize("who", ["qin", "guo"])
def test_another_district_and_a_steward_sign_up_nobody(cast, who):
    with pytest.raises((NotFound, Forbidden)):
        take(cast, actor=getattr(cast, who))
    assert not Pass.objects.exists()


def test_nobody_is_signed_up_for_a_campaign_that_is_over(cast):
    for sign_up in (lambda: take(cast, at=AFTER), lambda: add(cast, NewWalker(organisation_id=cast.firm.pk), at=AFTER)):
        with pytest.raises(Refused, match=Refusal.CAMPAIGN_OVER):
            sign_up()


def test_the_last_day_of_a_campaign_is_counted_where_it_is_held(cast):
    midnight = DAY.replace(month=8, day=31, hour=16, minute=0)
    assert add(cast, NewWalker(organisation_id=cast.firm.pk), at=midnight - timedelta(seconds=1))
    with pytest.raises(Refused, match=Refusal.CAMPAIGN_OVER):
        add(cast, NewWalker(organisation_id=cast.firm.pk), at=midnight)


def test_a_contact_types_walkers_with_names_or_without(cast):
    own = cast.firm.pk
    added = add(cast, NewWalker(organisation_id=own, nickname=" 小棉 ", group="一"), NewWalker(organisation_id=own))
    assert list(Pass.objects.filter(pk__in=added).values_list("group", "detail__nickname")) == [
        ("一", "小棉"),
        ("", None),
    ]


def test_one_walker_of_another_firm_refuses_them_all(cast):
    with pytest.raises(NotFound):
        add(cast, NewWalker(organisation_id=cast.firm.pk), NewWalker(organisation_id=cast.second_firm.pk))
    assert not Pass.objects.exists()


def test_the_office_signs_up_nobody_of_another_district(cast):
    with pytest.raises(NotFound):
        add(cast, NewWalker(organisation_id=cast.firm.pk), actor=cast.qin)


@pytest.mark.parametrize(
    ("nickname", "code"), [("小\x00棉", "text_has_nul"), ("长" * 41, Refusal.BAD_TEXT)], ids=["nul", "long"]
)
def test_unusable_nicknames_are_refused_with_their_code(cast, nickname, code):
    with pytest.raises(Invalid, match=code):
        add(cast, NewWalker(organisation_id=cast.firm.pk, nickname=nickname))


@pytest.mark.parametrize(("count", "code"), [(0, Refusal.WALKERS_MISSING), (501, Refusal.WALKERS_TOO_MANY)])
def test_an_empty_or_endless_list_is_refused(cast, count, code):
    with pytest.raises(Invalid, match=code):
        add(cast, *[NewWalker(organisation_id=cast.firm.pk)] * count)
