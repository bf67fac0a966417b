"""Saved views: one's own, by a name, rewritten, renamed, dropped."""

import pytest

from zuji.core.errors import CoreRefusal, Invalid, NotFound, Refused
from zuji.people import saving
from zuji.people.errors import Refusal
from zuji.people.models import SavedView

PAGE = "console:participants"


def new(name="常看", query="kind=firm", page=PAGE):
    return saving.NewView(page=page, query=query, name=name)


def save(actor, **changes):
    return saving.save_view(actor=actor, view=new(**changes))


def test_a_view_is_its_savers_own_and_of_one_list(cast):
    save(cast.tao)
    save(cast.tao, page="console:passes")
    assert [view.name for view in saving.own_views(cast.tao, PAGE)] == ["常看"]
    assert not saving.own_views(cast.mei, PAGE).exists()


def test_a_view_of_the_same_name_is_written_anew(cast):
    first, second = save(cast.tao), save(cast.tao, query="kind=institution")
    assert (first.pk, second.query, SavedView.objects.count()) == (second.pk, "kind=institution", 1)


def test_a_name_is_kept_without_needless_spaces(cast):
    assert save(cast.tao, name="  石碁   待走访 ").name == "石碁 待走访"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, Refusal.VIEW_NAME_MISSING),
        ({"name": "长" * 41}, Refusal.VIEW_NAME_MISSING),
        ({"name": "a\0b"}, CoreRefusal.TEXT_HAS_NUL),
        ({"query": "q" * 2001}, Refusal.VIEW_TOO_LONG),
        ({"query": "a\0b"}, Refusal.VIEW_TOO_LONG),
        ({"page": "a\0b"}, Refusal.VIEW_TOO_LONG),
        ({"page": "p" * 81}, Refusal.VIEW_TOO_LONG),
    ],
)
def test_what_cannot_be_kept_is_refused(cast, changes, code):
    with pytest.raises(Invalid) as refused:
        save(cast.tao, **changes)
    assert refused.value.code == code
    assert not SavedView.objects.exists()


def test_a_list_keeps_so_many_views_and_no_more(cast, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 2)
    save(cast.tao, name="一")
    save(cast.tao, name="二")
    with pytest.raises(Refused) as refused:
        save(cast.tao, name="三")
    assert (refused.value.code, refused.value.facts) == (Refusal.TOO_MANY_VIEWS, {"most": 2})
    save(cast.tao, name="二", query="rewritten")
    save(cast.tao, name="三", page="console:passes")


def test_a_view_is_renamed_but_not_to_anothers_name(cast):
    save(cast.tao, name="一")
    view = save(cast.tao, name="二")
    assert saving.rename_view(actor=cast.tao, view_id=view.pk, name="三").name == "三"
    with pytest.raises(Refused) as refused:
        saving.rename_view(actor=cast.tao, view_id=view.pk, name="一")
    assert refused.value.code == Refusal.VIEW_NAME_TAKEN
    assert SavedView.objects.get(pk=view.pk).name == "三"


def test_a_view_is_dropped(cast):
    saving.drop_view(actor=cast.tao, view_id=save(cast.tao).pk)
    assert not SavedView.objects.exists()


def test_anothers_view_is_not_found(cast):
    view = save(cast.tao)
    with pytest.raises(NotFound):
        saving.rename_view(actor=cast.mei, view_id=view.pk, name="我的")
    with pytest.raises(NotFound):
        saving.drop_view(actor=cast.mei, view_id=view.pk)
    assert SavedView.objects.get().name == "常看"
