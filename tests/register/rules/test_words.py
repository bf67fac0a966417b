"""Every reason that the rules give has words that can be filled in with its facts, in both languages."""

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from tests.register.rules.firms import ALGORITHM, BAD_ICP, ICP, firm, said
from zuji.register.rules.errors import RuleReason
from zuji.register.rules.parameters import SHAPES
from zuji.register.rules.values import Reason

VALUES = {
    "industry_code": ["", "6513", "7251", "5210"],
    "address": ["", "番禺区市桥", "天河区", "某地"],
    "town": ["", "440113102", "440106001"],
    "code": ["", "91440113MA59AAAAXA"],
    "status": ["unknown", "active", "revoked", "deregistered", "moved_out"],
    "premises": ["", "有", "无", "待定"],
    "operating": ["", "正常", "停业", "待定"],
    "members": ["", "2", "5", "若干"],
}
FIRMS = st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in VALUES.items()})
FILED = st.lists(st.sampled_from([ICP, BAD_ICP, ALGORITHM]), max_size=3)


@given(values=FIRMS, staff=st.none() | st.integers(0, 200), filed=FILED, kind=st.sampled_from(sorted(SHAPES)))
def test_a_reason_is_one_of_the_closed_set_and_its_words_need_no_other_fact(values, staff, filed, kind):
    told = values | ({} if staff is None else {"staff": str(staff)})
    verdict = said(kind, firm(*filed, **told))
    assert verdict.answer != "yes" or kind == "internet" or verdict.reasons
    for reason in (*verdict.reasons, *verdict.misses):
        says(reason)


@pytest.mark.parametrize("decided", ["yes", "no"])
def test_a_persons_word_is_told_with_its_reason(decided):
    assert "谈过" in says(Reason(f"decided_{decided}", {"reason": "谈过"}))


def says(reason: Reason) -> str:
    """Its Chinese words; KeyError where they ask for a fact that it has not."""
    key = f"rule_reason.{RuleReason(reason.code)}"
    with override("zh-hans"):
        words = gettext(key)
    assert words != key
    return words.format(**reason.facts)
