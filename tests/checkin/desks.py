"""Passes, codes and items for tests that hand something in over Django's connection."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.cast import DAY
from zuji.checkin import codes, steps, wire
from zuji.checkin.desk import Desk, Request
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Campaign, Checkpoint, CodeSerial, Pass
from zuji.checkin.store import publish_key
from zuji.checkin.writing import signer
from zuji.committee.models import ParticipantOrganisation
from zuji.core.ids import b64, uuid7
from zuji.people.models import Account


def new_pass(organisation: ParticipantOrganisation, campaign: Campaign, **values: Any) -> Pass:
    return Pass.objects.create(campaign=campaign, organisation=organisation, joined_at=DAY, **values)


def token(walk_pass: Pass) -> str:
    return b64(bytes(walk_pass.token))


def serial(checkpoint: Checkpoint, holder: Account, kind: CodeKind, number: int = 1, **values: Any) -> CodeSerial:
    day = None if kind is CodeKind.POSTER else DAY.date()
    defaults = {"day": day, "issued_at": DAY, "holder": holder}
    return CodeSerial.objects.create(checkpoint=checkpoint, kind=kind, serial=number, **defaults | values)


def code(of: CodeSerial, at: datetime = DAY) -> str:
    kind = CodeKind(of.kind)
    step = {
        CodeKind.SCREEN: codes.step_at(at.timestamp()),
        CodeKind.POSTER: 0,
        CodeKind.GRANT: int(f"{of.day:%Y%m%d}") if of.day else 0,
    }[kind]
    key = codes.serial_key(bytes(of.checkpoint.key), kind, of.serial)
    return codes.build(of.checkpoint_id, kind, of.serial, step, key=key)


def item(walk_pass: Pass | str, of: CodeSerial | str, at: datetime = DAY, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7(at)),
        "pass": walk_pass if isinstance(walk_pass, str) else token(walk_pass),
        "code": of if isinstance(of, str) else code(of, at),
        "at": at.isoformat(),
        "sent": at.isoformat(),
        "fix": None,
    } | changes


@dataclass
class Counter:
    """A desk over Django's connection, and what it answers."""

    desk: Desk = field(default_factory=lambda: Desk(signer()))

    def take(
        self, *items: object, at: datetime = DAY + timedelta(seconds=2), address: str = ""
    ) -> list[dict[str, Any]]:
        return self.take_requests([items], at=at, address=address)[0]

    def take_requests(
        self, requests: Sequence[Sequence[object]], at: datetime = DAY + timedelta(seconds=2), address: str = ""
    ) -> list[list[dict[str, Any]]]:
        """One batch of several requests."""
        arrived = int(at.timestamp() * 1000)
        batch = [Request(wire.read(json.dumps({"items": items}).encode()), address, arrived) for items in requests]
        steps.run(publish_key(self.desk.ledger.signer, at=at))
        for request in batch:
            self.desk.glance(request)
        steps.run(self.desk.settle(batch, at=at))
        return [[json.loads(b"{" + answer) for answer in request.answers] for request in batch]


def outcomes(answers: Sequence[dict[str, Any]]) -> list[str]:
    return [answer.get("code") or answer["outcome"] for answer in answers]
