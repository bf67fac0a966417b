from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from zuji.project import home
from zuji.project.errors import Fault, Misconfigured


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZUJI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_state_lies_beside_the_checkout_unless_the_environment_says_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("ZUJI_HOME")
    assert home.root() == home.CHECKOUT / "var"
    monkeypatch.setenv("ZUJI_HOME", str(tmp_path))
    assert home.path("media") == tmp_path / "media"


def test_without_a_checkout_the_home_must_be_named(monkeypatch, tmp_path):
    monkeypatch.delenv("ZUJI_HOME")
    monkeypatch.setattr(home, "CHECKOUT", tmp_path)
    with pytest.raises(Misconfigured) as refused:
        home.root()
    assert refused.value.code is Fault.HOME_NOT_NAMED


def test_asking_for_a_path_creates_nothing(own_home):
    home.path("media", "walks")
    assert not own_home.exists()


def test_a_secret_is_made_once_and_only_its_owner_reads_it(own_home):
    first = home.secret("django")
    assert home.secret("django") == first
    assert len(first) == 64
    file = own_home / "secrets" / "django"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["django"]


@pytest.mark.usefixtures("own_home")
def test_every_name_has_a_secret_of_its_own():
    assert home.secret("django") != home.secret("master")


@pytest.mark.usefixtures("own_home")
def test_processes_that_make_a_secret_at_once_agree_on_it():
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(home.secret, ["django"] * 8))) == 1


def test_a_home_that_cannot_be_written_is_a_fault(monkeypatch):
    monkeypatch.setenv("ZUJI_HOME", "/proc/zuji")
    with pytest.raises(Misconfigured) as refused:
        home.secret("django")
    assert refused.value.code is Fault.HOME_NOT_WRITABLE


def test_the_named_database_replaces_the_embedded_one(own_home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/zuji")
    assert home.database_url() == home.ensure_postgres() == "postgresql://elsewhere/zuji"
    assert not own_home.exists()


def test_without_a_named_database_the_url_leads_into_the_home(own_home, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    assert home.database_url().endswith(f"host={quote(str(own_home), safe='')}%2Fpostgres%2Fsocket&port=5432")
    assert not own_home.exists()
