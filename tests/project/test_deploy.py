"""The files under deploy/ are examples that would work: what they name exists."""

import os
import re

import pytest
from click.testing import CliRunner

from zuji.project.cli import zuji
from zuji.project.environment import check_environment
from zuji.project.home import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_with_options_that_exist(unit):
    (words,) = re.findall(r"^ExecStart=\S+/zuji (.*)$", unit.read_text(), re.MULTILINE)
    assert CliRunner().invoke(zuji, [*words.split(), "--help"]).exit_code == 0


def test_the_example_settings_are_sound_and_suit_a_real_home(monkeypatch):
    lines = dict(line.split("=", 1) for line in (DEPLOY / "zuji.env.example").read_text().splitlines())
    for name in [name for name in os.environ if name.startswith("ZUJI_")]:
        monkeypatch.delenv(name)
    for name, value in lines.items():
        monkeypatch.setenv(name, value)
    check_environment()
    assert lines["ZUJI_BASE_URL"].startswith("https://")
    assert "DATABASE_URL" in lines


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_may_write_to_its_home_and_nowhere_else(unit):
    lines = (DEPLOY / "zuji.env.example").read_text()
    (home,) = re.findall(r"^ZUJI_HOME=(.*)$", lines, re.MULTILINE)
    assert re.findall(r"^ReadWritePaths=(.*)$", unit.read_text(), re.MULTILINE) == [home]
