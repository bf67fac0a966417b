"""What few firms have is looked up in the index, what many have is met by reading the list in its order."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.register.rows import firms
from zuji.register import searching
from zuji.register.models import Card
from zuji.register.searching import search

NAMES = ["广州木棉科技有限公司", "番禺榕声科技有限公司", "深圳百工科技有限公司", "佛山广州湾网络有限公司"]


@pytest.fixture
def four(cast):
    return firms(cast.panyu, *({"name": name} for name in NAMES))


@pytest.fixture(autouse=True)
def whole_sample(monkeypatch):
    """What the database believes of the table's size, from tests before, is nothing to go by."""
    monkeypatch.setattr(searching, "SAMPLED", 1 << 30)


def found(text):
    return [card.name for card in search(Card.objects.all(), text)]


def looks_up(text):
    return "@>" in str(search(Card.objects.all(), text).query)


@pytest.fixture
def many(monkeypatch):
    """Of four firms a page is one, so that what two have is common."""
    monkeypatch.setattr(searching, "PAGE", 1)
    monkeypatch.setattr(searching, "DEARER", 1)


@pytest.mark.parametrize(
    "text", ["科技", "keji", "kj", "有限公司", "广州", "广", "州", "木棉", "榕声科技", "rskj", "龘龘", "k"]
)
def test_both_ways_find_the_same(four, monkeypatch, text):
    looked_up = found(text)
    monkeypatch.setattr(searching, "PAGE", 0)
    assert found(text) == looked_up


def test_what_is_common_is_read_in_order_and_the_rest_looked_up(four, many):
    assert not looks_up("科技")
    assert not looks_up("keji")
    assert looks_up("木棉")
    assert looks_up("榕声科技")
    assert found("科技") == [NAMES[2], NAMES[0], NAMES[1]]


def test_one_character_is_common_only_where_names_begin_with_it(four, many):
    assert looks_up("广")
    assert found("广") == [NAMES[0]]
    assert looks_up("州")
    assert found("州") == []


def test_filters_and_pages_go_on_with_what_is_found(four, many):
    narrowed = search(Card.objects.exclude(name=NAMES[0]), "科技")
    assert [card.name for card in narrowed[1:2]] == [NAMES[1]]
    assert narrowed.count() == 2


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"{', "100%", "a,b"])
def test_signs_of_the_databases_own_are_signs_like_any(four, text):
    assert found(text) == []


def test_to_choose_the_way_costs_the_same_however_many_there_are(cast, four):
    with CaptureQueriesContext(
        connection,
    ) as few:
        found("科技")
    firms(cast.panyu, *({"name": f"广州木棉{number}科技有限公司"} for number in range(9)))
    with CaptureQueriesContext(connection) as more:
        found("科技")
    assert len(few) == len(more) == 3


def test_cards_that_stood_before_are_sorted_and_found_by_the_migration(four):
    told = ("pk", "sort_key", "grams")
    wanted = list(Card.objects.values_list(*told))
    Card.objects.update(sort_key="guang zhou", grams=["广州"])
    import_module("zuji.register.migrations.0004_finding").find_anew(apps, None)
    assert list(Card.objects.values_list(*told)) == wanted
