"""What an account is made from."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """A new account of one association. Without a password it can only be entered by a one-time link."""

    association_id: int
    username: str
    name: str
    email: str = ""
    language: str = "zh-hans"
    password: str | None = None
