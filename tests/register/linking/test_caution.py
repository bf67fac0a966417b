"""Kinds of evidence that are wanted more of, and what shares nothing."""

import pytest

from tests.register.linking.rows import code_of, row
from zuji.register.linking.caution import (
    CODE_ALONE,
    NAMES_ALONE,
    NAMES_IN_ONE_LIST,
    OTHER_BRANCH,
    OTHER_REGION,
    PLAIN,
    share_nothing,
    wanted_of,
)
from zuji.register.linking.rows import read_rows
from zuji.register.linking.units import Unit

NAME = "广州云帆网络科技有限公司"
TOLD = {"person": "陈志明", "phone": "15412345678"}
OTHERWISE = {"person": "梁静", "phone": "15487654321", "town": "石楼镇"}


def units(*records):
    rows, _ = read_rows(records)
    return [Unit([each]) for each in rows]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (row(NAME, **TOLD), row(NAME, at=("tax", 1), **TOLD), PLAIN),
        (row(NAME), row(NAME, at=("tax", 1), **TOLD), NAMES_ALONE),
        (row("云帆"), row("云帆网络", at=("registry", 2)), NAMES_IN_ONE_LIST),
        (row("云帆"), row("云帆网络", at=("tax", 1)), NAMES_ALONE),
        (row(NAME, **TOLD), row(f"{NAME}大石分公司", at=("tax", 1), **TOLD), OTHER_BRANCH),
        (row(NAME, **TOLD), row("佛山云帆网络科技有限公司", at=("tax", 1), **TOLD), OTHER_REGION),
        (
            row(NAME, code=code_of(1), **TOLD),
            row("佛山云帆网络科技有限公司", at=("tax", 1), code=code_of(1), **TOLD),
            PLAIN,
        ),
        (
            row(NAME, code=code_of(1), **TOLD),
            row("广州木棉文化传媒有限公司", at=("tax", 1), code=code_of(1), **OTHERWISE),
            CODE_ALONE,
        ),
    ],
)
def test_each_kind_of_evidence_has_its_odds(one, other, wanted):
    assert wanted_of(*units(one, other)) == wanted


def test_nothing_is_shared_only_where_both_tell_two_things_otherwise():
    mine = row(NAME, town="大石街道", **TOLD)
    assert share_nothing(*units(mine, row("木棉", at=("tax", 1), **OTHERWISE)))
    assert not share_nothing(*units(mine, row("木棉", at=("tax", 1), person="梁静")))
    assert not share_nothing(*units(mine, row("木棉", at=("tax", 1), **{**OTHERWISE, "town": "大石"})))
