import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from zuji.project import cli
from zuji.project.errors import Fault, Misconfigured
from zuji.project.words import say

PROMISED = {
    *("setup", "demo", "serve", "stop", "worker", "figures", "trace", "receipt", "log", "bench", "doctor", "register")
}


def test_every_promised_command_is_there():
    assert set(cli.Lazy().list_commands(click.Context(cli.zuji))) >= PROMISED


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_each_command_explains_itself(name):
    result = CliRunner().invoke(cli.zuji, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "cli." not in result.output


def test_the_list_of_commands_has_their_words():
    result = CliRunner().invoke(cli.zuji, ["--help"])
    assert all(name in result.output for name in PROMISED)


def test_an_unknown_command_is_refused():
    result = CliRunner().invoke(cli.zuji, ["fly"])
    assert result.exit_code == 2
    assert "fly" in result.output


def test_listing_commands_loads_none_of_them():
    code = (
        "import sys; from zuji.project.cli import zuji, Lazy; import click; Lazy().list_commands(click.Context(zuji));"
    )
    code += "print([name for name in sys.modules if name.startswith(('zuji.project.commands.', 'django'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_misconfiguration_ends_with_its_words_its_code_and_status_1(monkeypatch, capsys):
    def fail() -> None:
        raise Misconfigured(Fault.WEB_NOT_BUILT)

    monkeypatch.setattr(cli, "zuji", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == f"{say('fault.web_not_built')} [web_not_built]\n"
