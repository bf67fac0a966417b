"""`zuji receipt verify`: with the published keys at hand it needs no server, no database and no home."""

import sys
from pathlib import Path

import click
import msgspec

from zuji.checkin import receipts
from zuji.checkin.receipts import Verdict
from zuji.core.ids import unb64
from zuji.project.boot import django_home
from zuji.project.words import say

READABLE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(help=say("cli.receipt.help"))
def command() -> None:
    pass


@command.command(help=say("cli.receipt.verify"))
@click.argument("file", type=READABLE)
@click.option("--keys", type=READABLE, help=say("cli.receipt.keys"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
def verify(*, file: Path, keys: Path | None, as_json: bool) -> None:
    receipt = file.read_bytes()
    verdict = receipts.verify_json(receipt, keys.read_bytes() if keys else _keys_of_home())
    check_code = _check_code(receipt) if verdict is Verdict.VALID else None
    if as_json:
        click.echo(msgspec.json.encode({"verdict": verdict, "check_code": check_code}))
    else:
        click.echo(say(f"cli.receipt.{verdict}", check_code=check_code))
    sys.exit(0 if verdict is Verdict.VALID else 1)


def _keys_of_home() -> bytes:
    with django_home():
        from zuji.checkin.published import log_keys

        return msgspec.json.encode(log_keys())


def _check_code(receipt: bytes) -> str:
    """What the phone shows beside the receipt, to compare by eye."""
    read = msgspec.json.decode(receipt, type=receipts.Receipt)
    return receipts.check_code(receipts.leaf(unb64(read.salt), read.fields))
