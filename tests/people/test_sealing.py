"""Seals are made for one purpose by one home's key."""

import pytest
from cryptography.fernet import InvalidToken

from zuji.people.messages.sealed import mark_of, opened, shut
from zuji.people.sealing import seal


def test_what_one_purpose_seals_no_other_opens():
    sealed = seal("destinations").encrypt(b"x")
    assert seal("destinations").decrypt(sealed) == b"x"
    with pytest.raises(InvalidToken):
        seal("second factor").decrypt(sealed)


def test_another_home_opens_nothing(settings):
    sealed, mark = shut("lan@example.org"), mark_of("email", "lan@example.org")
    settings.MASTER_KEY = "another"
    assert opened(sealed) is None
    assert mark_of("email", "lan@example.org") != mark


def test_nothing_stays_nothing():
    assert (shut(""), opened("")) == ("", "")


def test_a_mark_tells_addresses_and_ways_apart_and_says_neither():
    marks = {mark_of(way, address) for way in ("email", "wecom") for address in ("a@example.org", "b@example.org")}
    assert len(marks) == 4
    assert mark_of("email", "A@Example.org") == mark_of("email", "a@example.org")
    assert all("example" not in mark for mark in marks)
