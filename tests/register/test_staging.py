"""Lists are read and laid down to be looked at; nothing counts yet."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY
from tests.register.lists import AS_OF, HEADINGS, authority, firm, sound, staged, taken, workbook
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.sheets.enums import SheetRefusal
from zuji.register import actions
from zuji.register.enums import ListState
from zuji.register.errors import Refusal
from zuji.register.fields import Field
from zuji.register.models import Enterprise, SourceFile, SourceList, SourceRow, SourceRowDetail
from zuji.register.reading import Choice


def test_rows_are_kept_with_the_columns_that_they_came_from_and_nothing_counts_yet(cast):
    source = staged(cast, [firm(0), firm(1)])
    row = source.rows.first()
    assert row.values == {
        "name": "广州木棉数科有限公司",
        "code": sound("91440113MA59AAAA0"),
        "address": "广州市番禺区市桥街大北路1号",
        "staff": "12",
    }
    assert (row.number, row.cells["name"], row.cells["code"], row.refused) == (3, "B", "C", False)
    assert (source.state, source.sheet, source.header) == (ListState.STAGED, "名单", list(HEADINGS))
    assert source.columns["1"] == "name"
    assert not Enterprise.objects.exists()


def test_what_a_row_says_of_persons_lives_in_the_personal_table_alone(cast):
    source = staged(cast, [firm(0), firm(1, person="", phone="")])
    assert [each.values for each in SourceRowDetail.objects.all()] == [{"person": "陈阿木", "phone": "13800138000"}]
    assert not {"person", "phone"} & set(source.rows.first().values)
    assert source.rows.first().cells["person"] == "D"


def test_the_same_bytes_of_another_authority_are_another_list(cast):
    one, other = staged(cast, [firm(0)]), staged(cast, [firm(0)], name="税务局")
    assert (one.digest, one.pk != other.pk) == (other.digest, True)
    assert staged(cast, [firm(0)], at=DAY + timedelta(days=1)) == one


def test_a_row_that_names_no_firm_is_refused_and_the_others_go_on(cast):
    source = staged(cast, [firm(0), firm(1, name="", code="")])
    good, bad = source.rows.order_by("number")
    assert (good.refused, bad.refused) == (False, True)
    assert [each["code"] for each in bad.problems] == [Refusal.ROW_NAMES_NO_FIRM]


def test_a_flawed_cell_is_told_and_its_value_left_out(cast):
    source = staged(cast, [firm(0, code="9.14E+17", phone="1.38E+10")])
    row = source.rows.get()
    told = {each["field"]: each for each in row.problems}
    assert (told["code"]["found"], told["code"]["column"], told["code"]["cell"]) == ("9.14E+17", "C", "名单!C3")
    assert "code" not in row.values
    # a person's telephone is not repeated where it would stay
    assert (told["phone"]["code"], told["phone"]["found"]) == ("digits_lost", "")


def test_a_list_with_a_forbidden_column_is_refused_whole(cast):
    rows = [(1, "广州木棉数科有限公司", sound("91440113MA59AAAA0"), "是")]
    with pytest.raises(Invalid) as invalid:
        staged(cast, rows, headings=("序号", "企业名称", "统一社会信用代码", "是否党员"))
    assert invalid.value.code == SheetRefusal.PERSONAL_COLUMN
    assert not SourceList.objects.exists()


def test_a_list_about_a_day_to_come_is_refused(cast):
    sender, data = authority(cast), workbook([firm(0)])
    for as_of, is_refused in ((date(2021, 7, 27), True), (date(2021, 7, 26), False)):
        act = {"actor": cast.tao, "authority_id": sender.pk, "file": "a.xlsx", "data": data, "as_of": as_of, "at": DAY}
        if is_refused:
            with pytest.raises(Invalid) as invalid:
                actions.stage_list(**act)
            assert invalid.value.code == Refusal.LISTS_TOO_LATE
        else:
            assert actions.stage_list(**act).as_of == as_of


def test_what_somebody_chose_is_read_anew_and_remembered(cast):
    source = staged(cast, [firm(0)])
    again = actions.restage(actor=cast.mei, list_id=source.pk, choice=Choice(columns={6: None}), at=DAY)
    assert again == source
    assert "staff" not in again.rows.get().values
    again = actions.restage(actor=cast.mei, list_id=source.pk, choice=Choice(columns={5: Field.BUILDING}), at=DAY)
    assert again.rows.get().values["building"] == "广州市番禺区市桥街大北路1号"
    assert authority(cast).headings["住所"] == "building"
    assert staged(cast, [firm(1)]).rows.get().values["building"] == "广州市番禺区市桥街大北路2号"


def test_nothing_is_read_anew_once_it_is_taken_in_or_its_file_is_gone(cast):
    source = staged(cast, [firm(0)])
    SourceFile.objects.all().delete()
    with pytest.raises(Refused) as refused:
        actions.restage(actor=cast.tao, list_id=source.pk, choice=Choice(), at=DAY)
    assert refused.value.code == Refusal.LIST_FILE_GONE
    taken(cast, source)
    with pytest.raises(Refused) as refused:
        actions.restage(actor=cast.tao, list_id=source.pk, choice=Choice(), at=DAY)
    assert refused.value.code == Refusal.LIST_NOT_STAGED


def test_a_dropped_list_leaves_its_name_alone_and_can_come_again(cast):
    source = staged(cast, [firm(0)])
    dropped = actions.drop_list(actor=cast.tao, list_id=source.pk, at=DAY)
    assert (dropped.state, dropped.file) == (ListState.DROPPED, "名单.xlsx")
    assert not SourceRow.objects.exists()
    assert not SourceFile.objects.exists()
    with pytest.raises(Refused):
        actions.drop_list(actor=cast.tao, list_id=source.pk, at=DAY)
    assert staged(cast, [firm(0)]) != source


def test_only_who_may_import_lists_stages_and_drops_them(cast):
    source, sender = staged(cast, [firm(0)]), authority(cast)
    send = {"file": "a.xlsx", "data": workbook([firm(1)]), "as_of": AS_OF, "at": DAY}
    for who in (cast.lan, cast.guo, cast.qin):
        with pytest.raises((NotFound, Forbidden)):
            actions.stage_list(actor=who, authority_id=sender.pk, **send)
        with pytest.raises((NotFound, Forbidden)):
            actions.drop_list(actor=who, list_id=source.pk, at=DAY)


def test_many_rows_cost_no_more_queries_than_few(cast):
    def used(count):
        rows = [firm(0, code="", name=f"广州第{number}号软件有限公司") for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            staged(cast, rows)
        return len(queries)

    used(2)
    assert used(3) == used(30)
