"""The palette finds what one may open, by name, sound, number or code, and offers nothing beyond one's rights."""

import pytest
from django.urls import resolve

from tests.briefing.walk import site
from tests.cast import account, grant, participant
from tests.console.test_pages import somebody
from tests.console.walks import Seen
from zuji.checkin.listings import proof_of
from zuji.checkin.models import Item, PassDetail
from zuji.committee.enums import ParticipantKind
from zuji.committee.names import sort_key
from zuji.console.finders import FINDERS
from zuji.console.palette import ACTS
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.models import Account
from zuji.people.rights import RIGHTS


def firm(walked, name, code):
    made = participant(walked.cast.panyu, name, ParticipantKind.FIRM, code)
    made.sort_key = sort_key(name)
    made.save()
    return made


def found(pages, text, **query):
    """Groups of the fragment: name → (title, note, address, key) of each hit."""
    seen = Seen(pages.client.get("/find/", {"q": text, **query}, headers={"HX-Request": "true"}))
    assert seen.status == 200
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in seen.page.elements:
        if each.attributes.get("role") == "group":
            hits = groups.setdefault(each.attributes["aria-label"], [])
        elif each.attributes.get("role") == "option":
            hits.append((" ".join(each.text.split()), each.attributes["href"], each.attributes["data-key"]))
    return groups


def titles(groups, name):
    return [hit[0] for hit in groups.get(name, [])]


@pytest.fixture
def firms(walked):
    return [
        firm(walked, name, code)
        for name, code in (("广州星桥网络", "QQQQQQ"), ("YY直播", "WWWWWW"), ("广州新桥数码", "RRRRRR"))
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("星桥", "广州星桥网络 企业"),
        ("xingqiao", "广州星桥网络 企业"),
        ("xinqiaosh", "广州新桥数码 企业"),
        ("gzxqw", "广州星桥网络 企业"),
        ("yyzb", "YY直播 企业"),
        ("WWWWWW", "YY直播 企业"),
        ("wwwwww", "YY直播 企业"),
    ],
)
def test_an_organisation_is_found_by_name_sound_initials_or_join_code(walked, pages, firms, text, first):
    assert titles(found(pages(walked.cast.mei), text), "参加单位")[0] == first


def test_those_that_begin_so_come_first(walked, pages, firms):
    for number in range(30):
        firm(walked, f"中山新桥{number}", f"Z{number:05}")
    assert titles(found(pages(walked.cast.mei), "xq"), "参加单位")[0].endswith("企业")
    firm(walked, "新桥本部", "NNNNNN")
    assert titles(found(pages(walked.cast.mei), "xq"), "参加单位")[0] == "新桥本部 企业"


@pytest.mark.parametrize(
    ("text", "group", "first"),
    [
        ("juzhen", "去到", "到达矩阵 徒步"),
        ("jvzhen", "去到", "到达矩阵 徒步"),
        ("dayin", "要做的事", "打印打卡证 徒步"),
        ("报名", "要做的事", "录入参加人员 徒步"),
        ("fbzbz", "要做的事", "发布指标值"),
        ("T3", "指标", "参加徒步的企业人数 T3"),
    ],
)
def test_pages_acts_and_figures_are_found_by_words_sounds_and_with_a_slip(walked, pages, text, group, first):
    assert titles(found(pages(walked.cast.mei), text), group)[0] == first


def test_in_english_too(walked, pages):
    seen = pages(walked.cast.mei)
    seen.client.cookies["django_language"] = "en"
    assert titles(found(seen, "matirx"), "Go to")[0] == "Matrix Walk"
    assert titles(found(seen, "ad par"), "To do")[0] == "Add a participant organisation"


def test_a_pass_is_found_by_number_and_by_the_name_that_was_given(walked, pages):
    PassDetail.objects.create(walk_pass=walked.first, nickname="小木棉")
    mei = pages(walked.cast.mei)
    for text in (str(walked.first.pk), "木棉"):
        assert f"pass:{walked.first.pk}" in [hit[2] for hit in found(mei, text)["打卡证"]]


def test_a_stop_a_campaign_and_an_account_are_found(walked, pages):
    walked.trail.stops.first().site.__class__.objects.filter(code="S1").update(name_zh="松露小学")
    mei = pages(walked.cast.mei)
    assert found(mei, "slxx")["站点"][0][1] == f"{walked.base}/trail/"
    assert found(mei, "徒步")["系列活动"][0][1] == f"{walked.base}/overview/"
    assert found(mei, "guo")["账号"][0][2] == f"account:{walked.cast.guo.pk}"


def test_a_check_in_is_found_by_the_code_of_its_receipt(walked, pages):
    item = Item.objects.get(id=walked.items["first"])
    code = proof_of(item).check_code
    for text in (code, code.replace(" ", "").lower()):
        assert found(pages(walked.cast.mei), text)["回执"][0][1] == f"{walked.base}/checkins/{item.id}/"
    assert "回执" not in found(pages(walked.cast.qin), code)


# --- rights


QUESTIONS = ["", "木棉", "walk", "徒步", "dk", "zh", "m", "1", "Mei", "T3", "S1", "dayin", "juese"]


@pytest.mark.parametrize("role", Role)
def test_nothing_is_offered_that_one_may_not_open(walked, pages, role):
    seen = pages(somebody(walked, role))
    for text in QUESTIONS:
        hits = [hit for hits in found(seen, text, campaign=walked.cast.campaign.pk).values() for hit in hits]
        for title, url, _ in hits:
            assert getattr(resolve(url.split("?")[0]).func, "right", None) in {*RIGHTS[role], None}, (text, title)
            assert seen.client.get(url).status_code in (200, 302), (text, title, url)


def test_another_association_finds_nothing_of_this_one(walked, pages, firms):
    for text in ("星桥", "木棉", "guo", "徒步", "S1", str(walked.first.pk)):
        groups = found(pages(walked.cast.qin), text)
        assert not {"参加单位", "打卡证", "站点", "账号"} & set(groups), (text, groups)
        assert all(walked.base not in hit[1] for hits in groups.values() for hit in hits)


def test_a_right_over_one_campaign_offers_no_page_of_another(walked, pages):
    at = walked.cast
    other = at.campaign.__class__.objects.create(
        association=at.panyu,
        slug="next",
        name_zh="下一场",
        name_en="Next",
        opens_on="2021-09-01",
        closes_on="2021-09-02",
    )
    both = account(at.panyu, "Both", Role.VIEWER, ScopeKind.ASSOCIATION, at.panyu.pk)
    grant(both, Role.STEWARD, ScopeKind.CAMPAIGN, at.campaign.pk)
    urls = [hit[1] for hit in found(pages(both), "juzhen")["去到"]]
    assert urls == [f"{walked.base}/matrix/"]
    assert f"/walk/{other.pk}/trail/" in [hit[1] for hit in found(pages(both), "lx")["去到"]]


def test_everything_that_may_be_begun_has_a_right_that_its_page_asks_for(walked):
    from django.urls import reverse

    for act in ACTS:
        url = reverse(act.route, args=[walked.cast.campaign.pk] if act.per_campaign else [])
        needed = getattr(resolve(url).func, "right", None)
        holders = [role for role in Role if act.right in RIGHTS[role]]
        assert all(needed is None or needed in RIGHTS[role] for role in holders), act
    assert {finder.right for finder in FINDERS} <= set(Right)


# --- what was chosen before


def test_what_was_chosen_before_comes_first_and_only_once(walked, pages, firms):
    keys = f"participant:{firms[2].pk},page:figures"
    mei = pages(walked.cast.mei)
    assert [hit[0] for hit in found(mei, "", recent=keys)["最近用过"]] == ["广州新桥数码 企业", "目录 指标"]
    groups = found(mei, "gz", recent=keys)
    assert next(iter(groups)) == "最近用过"
    assert titles(groups, "最近用过") == ["广州新桥数码 企业"]
    assert titles(groups, "参加单位") == ["广州星桥网络 企业"]


@pytest.mark.parametrize(
    "key", ["participant:{firm}", "account:{mei}", "page:ledger", "act:figure_publish", "pass:{walk_pass}"]
)
def test_what_was_chosen_before_is_not_told_to_who_may_not_see_it_any_more(walked, pages, key):
    at = walked.cast
    key = key.format(firm=at.firm.pk, mei=at.mei.pk, walk_pass=walked.first.pk)
    assert "最近用过" in found(pages(at.mei), "", recent=key)
    assert "最近用过" not in found(pages(at.qin), "", recent=key) or key.startswith(("page", "act"))
    nobody = somebody(walked, Role.JUROR)
    assert "最近用过" not in found(pages(nobody), "", recent=key)


TYPED = ["\0", "'; drop table", "%_\\", "(", "[a-", "🙂🙂", "9" * 80, "x" * 4000, "木" * 4000, "０１ ＡＢ", "7F3A 91C2"]
RECENT = ["pass:" + "9" * 300, ",,:,participant:,participant:x,pass:-1,figure:,stop:'", "\0", "walk:1:1:1"]


@pytest.mark.parametrize(
    "query",
    [{"q": text} for text in TYPED]
    + [{"recent": keys} for keys in RECENT]
    + [{"campaign": key} for key in ("x", "9" * 30)],
)
def test_whatever_is_typed_has_an_answer(walked, pages, query):
    answer = pages(walked.cast.mei).client.get("/find/", query, headers={"HX-Request": "true"})
    assert answer.status_code == 200


def test_without_scripts_it_is_a_page(walked, pages, firms):
    seen = pages(walked.cast.mei).get("/find/", q="xingqiao")
    assert seen.title == "查找"
    assert seen.links("广州星桥网络") == [f"/organisations/{firms[0].pk}/"]
    assert seen.page.all("input", id="find-q")[0].attributes["value"] == "xingqiao"
    assert "没有找到" in pages(walked.cast.mei).get("/find/", q="没有这个").text


@pytest.mark.parametrize("more", [0, 20])
def test_more_rows_cost_no_more_questions_to_the_database(walked, pages, django_assert_max_num_queries, more):
    for number in range(more):
        firm(walked, f"星桥{number}", f"Z{number:05}")
        site(walked.cast.panyu, f"X{number}")
        Account.objects.create_user(f"x{number}", association=walked.cast.panyu, name=f"星{number}")
    seen = pages(walked.cast.mei)
    with django_assert_max_num_queries(40):
        found(seen, "xing")
