import json
import logging
from typing import Any, cast

import pytest
import structlog

from zuji.project.logging import LOGGING, HomeLog, scrubbed


@pytest.fixture
def lines(tmp_path):
    """What reaches the disk of everything that is logged in a test."""
    file = tmp_path / "log" / "test.jsonl"
    handler = HomeLog(file, delay=True)
    spec = dict(cast(Any, LOGGING)["formatters"]["json"])
    handler.setFormatter(spec.pop("()")(**spec))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def test_a_line_is_one_json_object_with_its_known_keys(lines):
    structlog.get_logger("zuji.intake").info("batch_committed", rows=3, took_ms=7)
    (line,) = lines()
    assert (line["event"], line["rows"], line["took_ms"], line["level"]) == ("batch_committed", 3, 7, "info")
    assert line["logger"] == "zuji.intake"
    assert line["timestamp"].endswith("Z")


def test_unknown_keys_never_reach_the_disk(lines):
    structlog.get_logger("zuji").warning("joined", nickname="小梅", lat=22.95, token="abc", campaign=1)
    assert lines()[0].keys() == {"event", "level", "logger", "timestamp", "campaign"}


def test_context_is_held_to_the_same_keys(lines):
    with structlog.contextvars.bound_contextvars(account="mei", checkpoint=12):
        structlog.get_logger("zuji").info("judged")
    assert lines()[0]["checkpoint"] == 12
    assert "account" not in lines()[0]


def test_libraries_lines_have_the_same_form(lines):
    logging.getLogger("django.request").warning("Not Found: %s", "/p/0123456789abcdefghijkl", extra={"request": "GET"})
    (line,) = lines()
    assert line["event"] == "Not Found: /p/…"
    assert "request" not in line


def test_an_exception_loses_the_values_that_postgresql_quotes(lines):
    name = "小梅"
    try:
        raise ValueError("\n".join(["duplicate key", f"DETAIL:  Key (nickname)=({name}) already exists."]))
    except ValueError:
        structlog.get_logger("zuji").exception("insert_failed")
    (line,) = lines()
    assert "duplicate key" in line["exception"]
    assert name not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GET /c/12.s3.108.abcdefghijk", "GET /c/…"),
        ("GET /j/ABC234 failed", "GET /j/… failed"),
        ("POST /f/q83vEjRWeJCrze8SNFZ4kA/ 422", "POST /f/… 422"),
        ("GET /messages/stop/WzEsIiJd:1x:abc/", "GET /messages/stop/…"),
        ("no answer from /open-apis/bot/v2/hook/b1946ac9/", "no answer from /open-apis/bot/v2/hook/…"),
        ("GET /sign-in/link?sesame=AAAA", "GET /sign-in/…?…"),
        ("/organisations/?q=李", "/organisations/?…"),
        ("took 3 ms", "took 3 ms"),
        ("/campaigns/3/matrix", "/campaigns/3/matrix"),
    ],
)
def test_links_and_queries_are_blanked(text, kept):
    assert scrubbed(text) == kept


def test_nothing_is_created_before_the_first_line(tmp_path):
    handler = HomeLog(tmp_path / "log" / "x.jsonl", delay=True)
    assert not (tmp_path / "log").exists()
    handler.handle(logging.makeLogRecord({"msg": "first"}))
    assert (tmp_path / "log" / "x.jsonl").exists()
    handler.close()
