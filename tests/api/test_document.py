"""The committed document is the contract: it is what the code says, and a served home keeps to it."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import load_all_checks, negative_data_rejection, positive_data_acceptance

from tests.live import LiveHome
from zuji.api import document

load_all_checks()
ANSWERS_EACH_ITEM = {"zuji_api_checkins_check_in"}
"""A bad item is refused within an answer of 200, so that it does no harm to a good one beside it."""


def test_the_committed_document_is_what_the_code_says():
    assert document.FILE.read_text(encoding="utf-8") == document.text(), "renew it: python -m zuji.api.document"


public = (
    schemathesis.openapi.from_path(document.FILE)
    .include(tag=["walks", "passes", "log", "check-ins", "matrix", "wall"])
    .exclude(path_regex="stream$")
)


@public.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_the_document_says(live_home: LiveHome, case: "Case[Any]"):
    is_each = case.operation.definition.raw["operationId"] in ANSWERS_EACH_ITEM
    unfit = [negative_data_rejection, positive_data_acceptance] if is_each else []
    case.call_and_validate(base_url=live_home.origin, excluded_checks=unfit)
