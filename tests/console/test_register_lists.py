"""Lists come in by the console: read and looked at first, columns overruled, taken in as a work, put away."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import DAY
from tests.console.registered import authority, firm, source
from zuji.register.models import Authority, SourceList, SourceRow

pytestmark = pytest.mark.usefixtures("demo", "morning")
PATH = "/register/lists/import/"
LIST = (
    "企业名称,统一社会信用代码,联系电话\n广州木棉数字传媒有限公司,914401013047854546,02034810000\n,,\n榕声,9.14E+17,\n"
)


def upload(pages, who, *files, **changes):
    form = {"books": list(files), "authority": "", "name": "市场监管", "as_of": "2021-06-30"}
    return pages(who).post(PATH, **form | changes)


def file(text=LIST, name="名单.csv"):
    return SimpleUploadedFile(name, text.encode())


@pytest.fixture
def staged(cast, pages):
    upload(pages, cast.mei, file())
    return SourceList.objects.get()


def test_a_list_is_read_and_the_register_does_not_change(cast, pages):
    seen = upload(pages, cast.mei, file())
    made = SourceList.objects.get()
    assert (made.state, made.authority.name, made.as_of) == ("staged", "市场监管", date(2021, 6, 30))
    assert seen.title.startswith("名单.csv")
    assert "读好了 1 份名单" in seen.text
    assert "A 企业名称" in seen.text


def test_doubtful_cells_are_said_beside_their_row(cast, staged, pages):
    seen = pages(cast.mei).get(f"/register/lists/{staged.pk}/")
    (bad,) = [cells for cells in seen.cells if "榕声" in cells]
    assert "9.14E+17" in bad[-1]


def test_several_come_at_once_and_one_that_is_no_list_does_not_stop_the_others(cast, pages):
    seen = upload(pages, cast.mei, file(), file("", "空.csv"))
    assert SourceList.objects.count() == 1
    assert "空.csv" in seen.text


def test_what_cannot_be_read_at_all_is_said_beside_the_files(cast, pages):
    seen = upload(pages, cast.mei, file("", "空.csv"))
    assert seen.status == 422
    assert any(each.startswith("空.csv") for each in seen.errors)


def test_a_new_authority_wants_a_name_and_a_known_one_is_chosen(cast, pages):
    assert upload(pages, cast.mei, file(), name="").errors
    known = authority(cast.panyu, "税务")
    upload(pages, cast.mei, file(), authority=str(known.pk), name="")
    assert list(Authority.objects.all()) == [known]


def test_a_day_to_come_is_refused_beside_the_day(cast, pages):
    assert upload(pages, cast.mei, file(), as_of="2031-01-01").status == 422
    assert not SourceList.objects.exists()


def test_columns_are_told_with_samples_and_reasons_and_can_be_overruled(cast, staged, pages):
    mei, path = pages(cast.mei), f"/register/lists/{staged.pk}/columns/"
    seen = mei.get(path)
    assert "广州木棉数字传媒有限公司" in seen.text
    assert "列名“企业名称”" in seen.text
    mei.post(path, **{"column-0": "name", "column-1": "code", "column-2": ""})
    staged.refresh_from_db()
    assert staged.columns == {"0": "name", "1": "code"}


def test_a_list_is_put_away(cast, staged, pages):
    pages(cast.mei).post(f"/register/lists/{staged.pk}/drop/")
    staged.refresh_from_db()
    assert (staged.state, SourceRow.objects.count()) == ("dropped", 0)


def test_a_list_is_taken_in_by_a_work_that_one_can_watch(cast, staged, pages):
    seen = pages(cast.mei).post(f"/register/lists/{staged.pk}/take-in/")
    assert seen.status == 200
    assert seen.answer.redirect_chain[0][0].startswith("/works/")


def test_only_who_may_import_is_offered_it(cast, staged, pages):
    assert pages(cast.qin).get(f"/register/lists/{staged.pk}/").status == 404
    assert pages(cast.guo).get(PATH).status == 403


def test_a_file_that_is_gone_says_what_to_do(cast, pages):
    made = source(authority(cast.panyu), state="staged", staged_at=DAY)
    assert pages(cast.mei).get(f"/register/lists/{made.pk}/columns/").status == 409


def test_rows_lead_to_their_firms(cast, pages):
    made = firm(cast.panyu, "番禺鱼跃")
    row = SourceRow.objects.get()
    assert f"/register/{made.pk}/" in pages(cast.mei).get(f"/register/lists/{row.source_id}/").links("番禺鱼跃")
