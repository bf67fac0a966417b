import re

import pytest

from zuji.project.environment import VARIABLES, check_environment
from zuji.project.errors import Fault, Misconfigured
from zuji.project.home import CHECKOUT

SOURCES = CHECKOUT / "src" / "zuji"


def test_this_runs_environment_is_sound():
    check_environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZUJI_POOL", "8"),
        ("ZUJI_DEBUG", "off"),
        ("ZUJI_BASE_URL", "https://walk.example.org"),
        ("ZUJI_BASE_URL", "http://192.168.1.20:8000/"),
        ("ZUJI_HOSTS", "walk.example.org,192.168.1.20,[::1]"),
        ("ZUJI_MESSAGES_TO", "http://127.0.0.1:9000"),
        ("ZUJI_SMTP_TLS", "tls"),
    ],
)
def test_sound_values_pass(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    check_environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZUJI_POOL", "eight"),
        ("ZUJI_POOL", "0"),
        ("ZUJI_INTAKE_QUEUE", "-1"),
        ("ZUJI_DEBUG", "maybe"),
        ("ZUJI_BASE_URL", "walk.example.org"),
        ("ZUJI_BASE_URL", "https://walk.example.org/zuji"),
        ("ZUJI_HOSTS", "a b"),
        ("ZUJI_MESSAGES_TO", "http://example.org:9000"),
        ("ZUJI_MESSAGES_TO", "http://127.0.0.1.example.org"),
        ("ZUJI_SMTP_TLS", "maybe"),
        ("ZUJI_HOME", " "),
        ("ZUJI_BASEURL", "https://walk.example.org"),
    ],
)
def test_a_value_that_cannot_be_meant_and_an_unknown_name_are_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured) as refused:
        check_environment()
    assert (refused.value.code, refused.value.facts) == (Fault.BAD_SETTING, {"name": name})


def test_every_variable_that_the_code_reads_is_known_and_none_besides():
    read = {name for file in SOURCES.rglob("*.py") for name in re.findall(r"\"(ZUJI_[A-Z_]+)\"", file.read_text())}
    assert read == set(VARIABLES)


def test_every_variable_is_explained_to_those_who_run_a_home():
    explained = (CHECKOUT / "docs" / "operate.md").read_text()
    assert [name for name in (*VARIABLES, "DATABASE_URL") if f"`{name}`" not in explained] == []
