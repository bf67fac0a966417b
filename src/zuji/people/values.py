"""What an account is made from."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """A new account. Without a password it can only be entered by a one-time link."""

    name: str
    username: str
    password: str | None = None
    language: str = "zh-hans"
