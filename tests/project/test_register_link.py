"""`zuji register link`, without a home, Django or PostgreSQL."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from stdnum.cn import uscc

from tests.core.sheets.books import Sheet, book
from zuji.project.cli import zuji
from zuji.project.words import say

FIRST = "91440101MA5ABCDE1"
CODE = FIRST + uscc.calc_check_digit(FIRST)
SECOND = "91440101MA5XYR12Q"
OTHER_CODE = SECOND + uscc.calc_check_digit(SECOND)
REGISTER = [
    ["2020年度名册"],
    ["序号", "市场主体名称", "主体代码", "法定代表人"],
    [1, "广州云创软件有限公司", CODE, "陈志伟"],
    [2, "广州恒博网络科技有限公司", OTHER_CODE, "李明"],
    ["合计", "共2家"],
]
TAXES = [["纳税人识别号", "纳税人名称", "期末从业人数"], [CODE, "广州市云创软件有限公司", 12]]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def lists(tmp_path) -> list[str]:
    made = {"register": REGISTER, "taxes": TAXES}
    for name, rows in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(book(Sheet(rows)))
    return [str(tmp_path / f"{name}.xlsx") for name in made]


@pytest.fixture
def link(tmp_path):
    def ask(*files: str):
        options = ["--out", str(tmp_path / "clusters.csv"), "--doubtful", str(tmp_path / "doubtful.csv")]
        return CliRunner().invoke(zuji, ["register", "link", *files, *options])

    return ask


def lines(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))


def test_every_data_row_appears_with_its_cluster(lists, link, tmp_path):
    result = link(*lists)
    assert result.exit_code == 0, result.output
    heading, *rows = lines(tmp_path / "clusters.csv")
    assert heading == ["list", "row", "cluster_id"]
    assert [row[:2] for row in rows] == [["register", "3"], ["register", "4"], ["taxes", "2"]]
    clusters = [row[2] for row in rows]
    assert clusters[0] == clusters[2] != clusters[1]
    assert say("cli.register.linked", rows=3, firms=2, doubts=0) in result.output


def test_doubtful_pairs_have_a_file_of_their_own(lists, link, tmp_path):
    link(*lists)
    assert lines(tmp_path / "doubtful.csv")[0] == ["list_a", "row_a", "list_b", "row_b", "score"]


def test_a_refused_list_is_told_and_the_others_go_on(lists, link, tmp_path):
    (tmp_path / "staff.xlsx").write_bytes(book(Sheet([["企业名称", "身份证号"], ["广州云创软件有限公司", "x"]])))
    result = link(*lists, str(tmp_path / "staff.xlsx"))
    assert result.exit_code == 1
    assert "identity-card number is not collected" in result.output
    assert len(lines(tmp_path / "clusters.csv")) == 4


def test_where_no_list_can_be_read_nothing_is_written(link, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert link(str(tmp_path / "empty.csv")).exit_code == 1
    assert not (tmp_path / "clusters.csv").exists()


def test_two_lists_of_one_name_are_refused(lists, link, tmp_path):
    (tmp_path / "taxes.csv").write_text("x")
    result = link(*lists, str(tmp_path / "taxes.csv"))
    assert result.exit_code == 2
    assert say("cli.register.twice", name="taxes") in result.output


def test_a_column_that_is_not_sure_is_told(link, tmp_path):
    rows = [["纳税人名称", "掌柜"], ["广州云创软件有限公司", "陈志伟"]]
    (tmp_path / "odd.xlsx").write_bytes(book(Sheet(rows)))
    assert say("cli.register.unsure", title="掌柜", field="person") in link(str(tmp_path / "odd.xlsx")).output


def test_it_needs_neither_django_nor_a_home(lists, tmp_path):
    code = "import sys; from zuji.project.cli import zuji; zuji(sys.argv[1:], standalone_mode=False)"
    words = ["register", "link", *lists, "--out", str(tmp_path / "out.csv")]
    watched = f"import atexit, sys; atexit.register(lambda: print('django.conf' in sys.modules)); {code}"
    environment = {**os.environ, "ZUJI_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", watched, *words], capture_output=True, text=True, env=environment)
    assert done.stdout.strip().endswith("False"), done.stderr
    assert not (tmp_path / "home").exists()
