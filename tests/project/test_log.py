"""`zuji log`, over a home's database."""

import contextlib

import pytest
from click.testing import CliRunner

from zuji.checkin.models import LogHead
from zuji.core.models import AuditEntry
from zuji.project.cli import zuji
from zuji.project.commands import log


@pytest.fixture(autouse=True)
def in_this_home(db, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(log, "django_home", contextlib.nullcontext)


def test_after_a_restore_a_new_epoch_begins_and_the_trail_says_so():
    result = CliRunner().invoke(zuji, ["log", "restored"])
    assert (result.exit_code, LogHead.objects.get().epoch) == (0, 2)
    assert "epoch 2" in result.output
    assert AuditEntry.objects.get().facts == {"epoch": 2, "size": 0}


def test_an_empty_log_is_sound():
    result = CliRunner().invoke(zuji, ["log", "verify", "--json"])
    assert result.exit_code == 0
    assert '"faults":[]' in result.output
