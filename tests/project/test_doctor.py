from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from zuji.project import doctor, home, programs, translations, web
from zuji.project.cli import zuji
from zuji.project.doctor import State
from zuji.project.errors import Fault, Misconfigured


@pytest.fixture
def healthy(monkeypatch, tmp_path):
    """An installation that lacks nothing that counts, whatever this machine has."""
    (tmp_path / "manifest.json").touch()
    monkeypatch.setattr(web, "BUILT", tmp_path)
    monkeypatch.setattr(translations, "stale", lambda: iter(()))
    monkeypatch.setenv("ZUJI_HOME", str(tmp_path / "absent"))
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def ask():
    return lambda: CliRunner().invoke(zuji, ["doctor"])


def states() -> dict[str, State]:
    return {finding.key: finding.state for finding in doctor.examine()}


@pytest.mark.usefixtures("healthy")
def test_a_missing_home_is_no_failure(ask):
    result = ask()
    assert result.exit_code == 0, result.output
    assert "There is no home" in result.output
    assert result.output.endswith("Ready to run.\n")


@pytest.mark.usefixtures("healthy")
def test_looking_makes_no_home(ask):
    ask()
    assert not home.root().exists()


@pytest.mark.usefixtures("healthy")
def test_optional_parts_that_are_missing_are_no_failure(ask, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(programs, "wheel", lambda: programs.Programs(programs.DEBIAN, 15))
    monkeypatch.setattr(doctor, "DEBIAN_PACKAGES", {"no-such-package": ("no-such-program",)})
    monkeypatch.setattr(web, "node_version", lambda path: None)
    result = ask()
    assert result.exit_code == 0
    assert "apt-get install no-such-package" in result.output
    assert states()["documents"] is states()["node"] is State.OPTIONAL


@pytest.mark.usefixtures("healthy")
def test_missing_libraries_are_named(ask, monkeypatch):
    monkeypatch.setattr(
        metadata, "requires", lambda name: ["django>=5", "no-such-library[x]>=1", "typst; extra == 'd'"]
    )
    result = ask()
    assert result.exit_code == 1
    assert "Libraries are missing: no-such-library. Run make setup." in result.output
    assert "1 things need attention" in result.output


@pytest.mark.usefixtures("healthy")
@pytest.mark.parametrize(
    ("owner", "name", "value", "key"),
    [
        (programs, "find", None, "postgres"),
        (web, "BUILT", Path("/nowhere"), "web"),
        (translations, "stale", lambda: iter(["django.po"]), "translations"),
        (doctor, "OLDEST_PYTHON", (99, 0), "python"),
    ],
)
def test_what_is_needed_and_missing_is_a_failure(ask, monkeypatch, owner, name, value, key):
    monkeypatch.setattr(owner, name, value or fail)
    assert states()[key] is State.MISSING
    assert ask().exit_code == 1


def fail() -> None:
    raise Misconfigured(Fault.POSTGRES_MISSING)


@pytest.mark.usefixtures("healthy")
def test_a_named_database_is_asked_instead_of_looking_for_programs(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://zuji@/zuji?host=/nowhere")
    assert states()["database"] is State.MISSING
    assert "postgres" not in states()


@pytest.mark.usefixtures("healthy")
def test_secrets_that_others_can_read_are_a_failure(monkeypatch, tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "django").write_text("x")
    monkeypatch.setenv("ZUJI_HOME", str(tmp_path))
    (tmp_path / "secrets" / "django").chmod(0o644)
    assert states()["secrets"] is State.MISSING
    (tmp_path / "secrets" / "django").chmod(0o600)
    assert states()["secrets"] is State.FINE


@pytest.mark.usefixtures("healthy")
def test_it_speaks_the_terminals_language(ask, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert ask().output.endswith("可以运行。\n")
