"""Files between their upload and somebody's yes: kept for an hour under a name that cannot be guessed, then dropped."""

import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from zuji.core.errors import NotFound
from zuji.people.models import Account

KEPT_S = 3600
BESIDE = "beside"
_TOKEN = re.compile(r"[0-9a-f]{32}")


class Staged(NamedTuple):
    """An uploaded file: its contents, the name that it came with, and whether it is meant to come a second time."""

    data: bytes
    name: str
    again: bool = False


def stage(account: Account, file: Staged, beside: "Iterable[UploadedFile[Any]]" = ()) -> str:
    """Keep a file for this account, and those that came with it; returns the token that leads to it.

    Files of others past their hour go.
    """
    _sweep()
    token = secrets.token_hex(16)
    folder = _root() / f"{account.pk}-{token}"
    folder.mkdir(mode=0o700)
    (folder / "data").write_bytes(file.data)
    (folder / "name").write_text(Path(file.name).name[:120])
    if file.again:
        (folder / "again").touch()
    (folder / BESIDE).mkdir()
    for each in beside:
        with (folder / BESIDE / Path(str(each.name)).name[:120]).open("wb") as copy:
            copy.writelines(each.chunks())
    return token


def beside(account: Account, token: str) -> Path:
    """The folder of the files that came with a staged one, by the names that they came with."""
    return _folder(account, token) / BESIDE


def staged(account: Account, token: str) -> Staged:
    """The file behind a token of this account's own; NotFound when it is used, too old, or somebody else's."""
    folder = _folder(account, token)
    try:
        data, name = (folder / "data").read_bytes(), (folder / "name").read_text()
    except FileNotFoundError as error:
        raise NotFound("upload") from error
    return Staged(data, name, (folder / "again").exists())


def drop(account: Account, token: str) -> None:
    """Forget a file; one that is gone already is no error."""
    _remove(_folder(account, token))


def _folder(account: Account, token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise NotFound("upload")
    return _root() / f"{account.pk}-{token}"


def _root() -> Path:
    root = Path(settings.STAGED_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def _sweep() -> None:
    # Age on the disk, not by the home's clock: a demo stands in 2021.
    for folder in _root().iterdir():
        if folder.stat().st_mtime < time.time() - KEPT_S:
            _remove(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
