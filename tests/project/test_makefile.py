import os
import re
import subprocess

import pytest

from zuji.project.cli import COMMANDS
from zuji.project.home import CHECKOUT

MAKEFILE = (CHECKOUT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
DOCUMENTS = [*CHECKOUT.glob("README*.md"), *(CHECKOUT / "docs").rglob("*.md")]


def planned(*words: str) -> str:
    """What make would run, none of which is run."""
    return subprocess.run(
        ["make", "--no-print-directory", "-n", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout


def test_the_promised_targets_are_there():
    assert {"setup", "demo", "test", "bench-checkin", "lock", "stop", "lint"} <= TARGETS


def test_every_target_that_makes_no_file_is_marked_so():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert sorted(phony) == sorted(TARGETS)


def shown_commands(text: str) -> list[tuple[str, str]]:
    """(`make` or `zuji`, word after it) of each command that a document quotes."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    pieces = re.findall(r"`([^`\n]+)`", text) + "\n".join(blocks).splitlines()
    found = [re.search(r"(?:^|[/ ])(make|zuji) ([a-z-]+)", piece) for piece in pieces]
    return [(match[1], match[2]) for match in found if match]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_targets_and_commands_that_exist(document):
    known = {"make": TARGETS, "zuji": {file.stem for file in COMMANDS.glob("[a-z]*.py")}}
    assert [shown for shown in shown_commands(document.read_text()) if shown[1] not in known[shown[0]]] == []


def test_the_demo_serves_unless_told_not_to():
    assert "--no-serve" not in planned("demo")
    assert "zuji demo --no-serve" in planned("demo", "SERVE=0")


def test_tests_end_with_pytest_and_are_what_continuous_integration_runs():
    assert planned("test").strip().splitlines()[-1].split()[0].endswith("pytest")
    run = CHECKOUT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    commands = [line for line in run.read_text().splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]


def test_a_plain_make_explains_the_targets():
    said = subprocess.run(
        ["make", "--no-print-directory"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout
    assert sorted(re.findall(r"^make (\S+)", said, re.MULTILINE)) == sorted(TARGETS - {"help", "debian-packages"})
