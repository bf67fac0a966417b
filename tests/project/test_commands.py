"""What the commands do with what they are given; the parts that they call have tests of their own."""

import json
import os
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zuji.checkin import proving
from zuji.checkin.proving import Found, Report
from zuji.core.enums import HomeKind
from zuji.project import boot, home, serving, translations, web
from zuji.project.cli import zuji

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "receipts.json").read_text())


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture(autouse=True)
def without_starting(monkeypatch):
    """Django is set up already, and nothing is started or replaced."""
    for module in ("boot", "commands.log", "commands.receipt"):
        monkeypatch.setattr(f"zuji.project.{module}.django_home", lambda *_: nullcontext())


def run(*words: str) -> Result:
    return CliRunner().invoke(zuji, words)


@pytest.fixture
def prepared(monkeypatch) -> list[HomeKind]:
    kinds: list[HomeKind] = []
    monkeypatch.setattr(boot, "prepare", kinds.append)
    monkeypatch.setattr(translations, "compile_stale", lambda: 3)
    monkeypatch.setattr(web, "build", lambda: False)
    return kinds


def test_setup_makes_no_home_unless_asked(prepared):
    result = run("setup")
    assert result.output == "Translations: 3 files compiled.\nPages: unchanged.\n"
    assert prepared == []


def test_setup_makes_a_real_home_when_asked(prepared):
    assert f"The home is ready: {home.root()}" in run("setup", "--home").output
    assert prepared == [HomeKind.REAL]


@pytest.fixture
def served(monkeypatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(serving, "start_checks", lambda *words: calls.append(("checks", *words)))
    monkeypatch.setattr(serving, "spawn_worker", lambda: calls.append(("worker",)))
    monkeypatch.setattr(os, "execve", lambda program, words, environment: calls.append(("server", *words[-4:])))
    return calls


def test_serve_checks_first_then_starts_the_worker_then_becomes_the_server(served):
    result = run("serve", "--port", "8100")
    assert [call[0] for call in served] == ["checks", "worker", "server"]
    assert served[0][1:] == ("127.0.0.1", 8100)
    assert "http://127.0.0.1:8100" in result.output


def test_serve_leaves_the_worker_to_others_when_asked(served):
    run("serve", "--no-worker")
    assert [call[0] for call in served] == ["checks", "server"]


def test_serve_speaks_https_with_a_certificate(served, tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    certificate.touch()
    key.touch()
    result = run("serve", "--certificate", str(certificate), "--key", str(key))
    assert served[-1] == ("server", "--ssl-certificate", str(certificate), "--ssl-keyfile", str(key))
    assert "https://" in result.output


def test_serve_refuses_a_certificate_without_its_key(served, tmp_path):
    (tmp_path / "cert.pem").touch()
    result = run("serve", "--certificate", str(tmp_path / "cert.pem"))
    assert result.exit_code == 2
    assert "together" in result.output
    assert served == []


@pytest.mark.parametrize(
    ("ended", "said"),
    [([], "Nothing was running.\n"), (["server", "postgres"], "The server has ended.\nThe database has ended.\n")],
)
def test_stop_says_what_it_ended(monkeypatch, ended, said):
    monkeypatch.setattr(serving, "stop", lambda: ended)
    assert run("stop").output == said


def test_the_worker_leaves_its_number_while_it_runs(monkeypatch, tmp_path):
    seen = []

    def work(*words: str) -> None:
        seen.append((words, (tmp_path / "worker.pid").read_text()))

    monkeypatch.setattr("django.core.management.call_command", work)
    result = run("worker", "--concurrency", "3", "--pid-file", str(tmp_path / "worker.pid"))
    assert result.exit_code == 0, result.output
    assert seen == [(("procrastinate", "worker", "--concurrency=3"), str(os.getpid()))]
    assert not (tmp_path / "worker.pid").exists()


SOUND = Report(batches=2, leaves=5, records=5, faults=[])
BROKEN = Report(
    batches=2, leaves=5, records=5, faults=[Found(proving.Fault.LEAF, 2, "0190-a"), Found(proving.Fault.HEAD, 2)]
)


def test_a_sound_log_is_said_to_be_whole(monkeypatch):
    monkeypatch.setattr("zuji.checkin.actions.verify_log", lambda at: SOUND)
    result = run("log", "verify")
    assert (result.exit_code, "2 batches, 5 leaves" in result.output) == (0, True)


def test_a_log_that_disagrees_fails_and_names_each_place(monkeypatch):
    monkeypatch.setattr("zuji.checkin.actions.verify_log", lambda at: BROKEN)
    result = run("log", "verify")
    assert result.exit_code == 1
    assert result.output.splitlines()[1:] == [
        "Batch 2: record 0190-a is not what the log holds.",
        "Batch 2: the log's head is not the last batch.",
    ]


def test_the_logs_report_is_for_programs_too(monkeypatch):
    monkeypatch.setattr("zuji.checkin.actions.verify_log", lambda at: BROKEN)
    report = json.loads(run("log", "verify", "--json").output)
    assert report["faults"][0] == {"fault": "leaf", "batch": 2, "record": "0190-a"}


@pytest.mark.parametrize("fault", proving.Fault)
def test_every_fault_of_the_log_has_words(monkeypatch, fault):
    broken = Report(1, 1, 1, [Found(fault, 1, "r")])
    monkeypatch.setattr("zuji.checkin.actions.verify_log", lambda at: broken)
    assert "cli." not in run("log", "verify").output


def test_a_receipt_without_keys_is_checked_by_the_homes_own(monkeypatch, tmp_path):
    monkeypatch.setattr("zuji.checkin.published.log_keys", lambda: VECTORS["keys"])
    (tmp_path / "receipt.json").write_text(json.dumps(VECTORS["receipts"][0]["receipt"]))
    result = run("receipt", "verify", str(tmp_path / "receipt.json"))
    assert (result.exit_code, "The receipt is valid" in result.output) == (0, True)
