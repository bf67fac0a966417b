import os
import time

import pytest

from zuji.console.blocks.staging import KEPT_S, Staged, drop, stage, staged
from zuji.core.errors import NotFound


def test_what_is_staged_comes_back_under_its_token(cast):
    token = stage(cast.tao, Staged(b"rows", "名单.xlsx", again=True))
    assert staged(cast.tao, token) == Staged(b"rows", "名单.xlsx", again=True)


def test_a_name_with_folders_in_it_is_cut_to_its_end(cast):
    token = stage(cast.tao, Staged(b"rows", "../../etc/passwd"))
    assert staged(cast.tao, token).name == "passwd"


@pytest.mark.parametrize("token", ["", "..", "0" * 31, "../" + "0" * 29, "G" * 32, "0" * 33])
def test_a_token_that_is_none_is_not_found(cast, token):
    with pytest.raises(NotFound):
        staged(cast.tao, token)


def test_a_token_opens_nothing_for_another_account(cast):
    token = stage(cast.tao, Staged(b"rows", "x.csv"))
    with pytest.raises(NotFound):
        staged(cast.mei, token)
    drop(cast.mei, token)
    assert staged(cast.tao, token).data == b"rows"


def test_what_is_dropped_is_gone_and_may_be_dropped_again(cast):
    token = stage(cast.tao, Staged(b"rows", "x.csv"))
    drop(cast.tao, token)
    drop(cast.tao, token)
    with pytest.raises(NotFound):
        staged(cast.tao, token)


def test_an_upload_past_its_hour_goes_with_the_next_one(cast, settings):
    stale, fresh = (stage(cast.tao, Staged(b"rows", "x.csv")) for _ in range(2))
    old = time.time() - KEPT_S - 1
    os.utime(settings.STAGED_ROOT / f"{cast.tao.pk}-{stale}", (old, old))
    stage(cast.mei, Staged(b"rows", "y.csv"))
    assert staged(cast.tao, fresh).data == b"rows"
    with pytest.raises(NotFound):
        staged(cast.tao, stale)


def test_nobody_else_on_the_machine_reads_an_upload(cast, settings):
    token = stage(cast.tao, Staged(b"rows", "x.csv"))
    assert (settings.STAGED_ROOT / f"{cast.tao.pk}-{token}").stat().st_mode & 0o077 == 0
