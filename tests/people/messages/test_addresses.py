"""Hook addresses lead to their own service and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.people.messages.places import HOOKS, TOKENS
from zuji.people.messages.addresses import SERVICES, is_secret, masked, token_of


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_of_a_services_own_address_the_token_is_kept(service):
    assert token_of(service, HOOKS[service]) == TOKENS[service]
    assert token_of(service, f"  {HOOKS[service]}\n") == TOKENS[service]


@pytest.mark.parametrize("service", sorted(SERVICES))
@pytest.mark.parametrize(
    "change",
    [
        lambda hook: hook.replace("https://", "http://"),
        lambda hook: hook.replace("https://", "https://user:pass@"),
        lambda hook: hook.replace("https://", "https://127.0.0.1/"),
        lambda hook: hook.replace(".com", ".com.example.org").replace(".cn/", ".cn.example.org/"),
        lambda hook: hook.replace(".com/", ".com:8443/").replace(".cn/", ".cn:8443/"),
        lambda hook: hook.replace("//", "//evil.example.org#"),
        lambda hook: hook.replace("//", "//evil.example.org\\@"),
        lambda hook: hook + "&redirect=https://example.org",
        lambda hook: hook + "\n\nhttps://example.org",
        lambda hook: hook + "/../../etc",
        lambda hook: hook[:-60],
        lambda hook: "file:///etc/passwd",
        lambda hook: "",
    ],
)
def test_any_other_address_is_refused(service, change):
    assert token_of(service, change(HOOKS[service])) is None


def test_one_services_address_is_none_of_another():
    for service in SERVICES:
        assert [other for other in SERVICES if token_of(other, HOOKS[service])] == [service]


@given(some.text(max_size=80))
def test_no_text_at_all_yields_a_token_with_anything_but_harmless_characters(text):
    for service in SERVICES:
        token = token_of(service, text)
        assert token is None or token.replace("-", "").replace("_", "").isalnum()


def test_a_secret_belongs_to_services_that_sign():
    assert is_secret("dingtalk", "SEC000102030405060708090a0b0c0d0e0f")
    assert is_secret("feishu", "Gkn0PlNqQ1_lQ0zNTWnXXX")
    assert not is_secret("wecom", "SEC0001020304050607")
    assert not is_secret("dingtalk", "short")
    assert not is_secret("dingtalk", "with a space in it")


@given(some.text("0123456789abcdef", min_size=8, max_size=64))
def test_a_mask_shows_four_characters_of_a_token(token):
    assert masked(token) == f"…{token[-4:]}"


def test_a_mask_shows_one_letter_and_the_host_of_a_mail_address():
    assert masked("lan@example.org") == "l…@example.org"
