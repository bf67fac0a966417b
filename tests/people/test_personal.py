"""A closed account keeps its key and loses its name."""

from datetime import timedelta

from tests.cast import DAY, Cast
from zuji.core import personal
from zuji.people.actions import close_account
from zuji.people.personal import ACCOUNTS, CLOSED_DAYS, erase_closed

DUE = DAY + timedelta(days=CLOSED_DAYS)


def test_the_name_goes_when_the_logs_that_need_it_are_gone(cast: Cast) -> None:
    close_account(actor=None, account_id=cast.tao.pk, at=DAY)
    assert erase_closed(DUE - timedelta(seconds=1)) == 0
    assert erase_closed(DUE) == 1
    cast.tao.refresh_from_db()
    assert (cast.tao.username, cast.tao.name, cast.tao.email) == (f"closed-{cast.tao.pk}", "", "")
    assert not cast.tao.has_usable_password()


def test_erasing_again_finds_nothing_and_touches_nobody_else(cast: Cast) -> None:
    close_account(actor=None, account_id=cast.tao.pk, at=DAY)
    assert [erase_closed(DUE), erase_closed(DUE)] == [1, 0]
    cast.mei.refresh_from_db()
    assert cast.mei.name == "Mei"


def test_accounts_are_in_the_registry_of_personal_details() -> None:
    assert ACCOUNTS in personal.TABLES
