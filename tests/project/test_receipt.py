import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from zuji.project.cli import zuji

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "receipts.json").read_text())


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def verify(tmp_path):
    """Writes both files and asks the command; without PostgreSQL, Django or a home."""

    def ask(receipt: object, *options: str, keys: object = VECTORS["keys"]):
        for name, content in (("receipt", receipt), ("keys", keys)):
            (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
        words = ["receipt", "verify", str(tmp_path / "receipt"), "--keys", str(tmp_path / "keys"), *options]
        return CliRunner().invoke(zuji, words)

    return ask


@pytest.mark.parametrize("vector", VECTORS["receipts"], ids=lambda vector: vector["check_code"])
def test_a_receipt_verifies_with_the_published_keys_alone(verify, vector):
    result = verify(vector["receipt"])
    assert result.exit_code == 0
    assert vector["check_code"] in result.output


def altered(**changes: object) -> dict[str, object]:
    return {**VECTORS["receipts"][0]["receipt"], **changes}


@pytest.mark.parametrize(
    ("receipt", "verdict"),
    [
        (altered(fields={**VECTORS["receipts"][0]["receipt"]["fields"], "at": 1}), "wrong_path"),
        (altered(size=2), "wrong_signature"),
        (altered(kid="2020-01"), "unknown_key"),
        ({"v": 1}, "unreadable"),
        ("not JSON \u0000", "unreadable"),
    ],
)
def test_any_other_receipt_does_not(verify, receipt, verdict):
    result = verify(receipt, "--json")
    assert (result.exit_code, json.loads(result.output)) == (1, {"verdict": verdict, "check_code": None})


def test_keys_that_cannot_be_read_verify_nothing(verify):
    result = verify(VECTORS["receipts"][0]["receipt"], keys="rubbish")
    assert result.exit_code == 1
    assert "Export it" in result.output


def test_a_file_that_is_not_there_is_said_to_be_missing():
    result = CliRunner().invoke(zuji, ["receipt", "verify", "/nowhere", "--keys", "/nowhere"])
    assert result.exit_code == 2
    assert "/nowhere" in result.output
