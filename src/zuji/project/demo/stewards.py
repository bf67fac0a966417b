"""A steward's phone: signs in by its link, confirms places, shows codes that it computes itself, scans, corrects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from zuji.checkin import codes
from zuji.checkin.enums import CodeKind
from zuji.core.ids import unb64

API = "/api/v1"


@dataclass(frozen=True)
class Screen:
    """What a screen got for its day: the serial and its key."""

    checkpoint: int
    serial: int
    key: bytes

    def code(self, at: datetime) -> str:
        """What its large code says at an instant."""
        step = codes.step_at(at.timestamp())
        return codes.build(self.checkpoint, CodeKind.SCREEN, self.serial, step, key=self.key)

    def short(self, at: datetime) -> str:
        """The short code beside it, as it is handed in."""
        return f"{self.checkpoint}.short.{codes.short(self.key, codes.step_at(at.timestamp()))}"


@dataclass
class StewardPhone:
    """One signed-in phone over HTTP."""

    http: httpx.AsyncClient
    screens: dict[int, Screen] = field(default_factory=dict)
    grants: dict[int, str] = field(default_factory=dict)

    async def sign_in(self, link: str) -> None:
        """Enter by a one-time link; the session and the CSRF cookie stay in the client."""
        (await self.http.get(link, follow_redirects=True)).raise_for_status()

    async def duties(self) -> list[dict[str, Any]]:
        """The checkpoints that this steward is on duty for, in the order in which they open."""
        answer = await self.http.get(f"{API}/steward")
        answer.raise_for_status()
        return list(answer.json()["checkpoints"])

    async def confirm(self, checkpoint: int, fix: Mapping[str, object]) -> None:
        """Say, standing there, that the checkpoint is here."""
        await self._post(f"/checkpoints/{checkpoint}/location", fix)

    async def prepare(self, checkpoint: int) -> None:
        """Get today's screen and grant of a checkpoint; from then on its codes need no network."""
        got = await self._post(f"/checkpoints/{checkpoint}/screens", {})
        self.screens[checkpoint] = Screen(checkpoint, got["serial"], unb64(got["key"]))
        self.grants[checkpoint] = (await self._post(f"/checkpoints/{checkpoint}/grants", {}))["code"]

    async def enter_roll(self, checkpoint: int, roll: Mapping[str, object]) -> list[dict[str, Any]]:
        """Enter those who were there; an answer for each."""
        return list((await self._post(f"/checkpoints/{checkpoint}/rolls", roll))["items"])

    async def take_back(self, campaign: int, item: UUID, reason: str) -> None:
        """Take a check-in back that was none."""
        await self._post(f"/checkins/{campaign}/{item}/take-back", {"reason": reason})

    async def _post(self, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        headers = {"X-CSRFToken": self.http.cookies.get("csrftoken") or ""}
        answer = await self.http.post(f"{API}{path}", json=body, headers=headers)
        answer.raise_for_status()
        return dict(answer.json())
