"""Rows written by COPY say what they would say one by one."""

from django.db import connection

from tests.cast import DAY
from zuji.register.copying import as_array, as_json, copy_in, new_keys
from zuji.register.models import Card, Enterprise

ODD = ['a"b', "c\\d", "{e}", "f,g", " h", "null", "木\n棉", "tab\there", ""]


def test_firms_come_with_their_history(cast):
    keys = new_keys(Enterprise, 3)
    assert keys == sorted(set(keys))
    assert copy_in(Enterprise, ("id", "association_id", "made_at"), ((key, cast.panyu.pk, DAY) for key in keys)) == 3
    assert list(Enterprise.objects.filter(pk__in=keys).values_list("events__pgh_label", flat=True)) == ["insert"] * 3
    assert Enterprise.objects.create(association=cast.panyu, made_at=DAY).pk > keys[-1]


def test_whatever_stands_in_texts_and_json_comes_back(cast):
    firm = Enterprise.objects.create(association=cast.panyu, made_at=DAY)
    row = (firm.pk, cast.panyu.pk, ODD[0], as_json(dict.fromkeys(ODD, ODD)), as_array([each[:2] for each in ODD]))
    rest = ("", "", "unknown", *["unknown"] * 5, 1, 1, "", ODD[6], "")
    columns = (
        "enterprise_id association_id name values grams code town status internet in_district active three_haves key"
    )
    copy_in(Card, [*columns.split(), "rows", "lists", "sort_key", "search_key", "industry_code"], [(*row, *rest)])
    card = Card.objects.get(pk=firm.pk)
    assert card.values == dict.fromkeys(ODD, ODD)
    assert card.grams == [each[:2] for each in ODD]
    assert (card.name, card.search_key, card.staff) == (ODD[0], ODD[6], None)


def test_no_keys_and_no_rows_are_none(cast):
    assert new_keys(Enterprise, 0) == []
    assert copy_in(Enterprise, ("id",), ()) == 0


def test_triggers_need_not_fail_for_each_row_to_learn_that_none_is_to_be_left_out(cast):
    """What a failure costs grows with the rows before it."""
    copy_in(Enterprise, ("association_id", "made_at"), [(cast.panyu.pk, DAY)])
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('pgtrigger.ignore')")
        assert cursor.fetchone() == ("{}",)
