"""Published read-only relations: SQL views in the schema `facts`, rebuilt after every migrate.

Indicators, exports and analysts read these and nothing else. A package lists its own in `facts.py` as `FACTS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One relation: its name, what a row is, its key, its columns with a sentence each, and its SELECT."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)
    select: str


def all_facts() -> Iterator[Fact]:
    """Every package's facts, floor by floor, so that a view may build on a lower floor's."""
    for config in apps.get_app_configs():
        if config.name.startswith("zuji.") and find_spec(f"{config.name}.facts") and config.name != "zuji.core":
            yield from import_module(f"{config.name}.facts").FACTS


def drop_facts(**_: object) -> None:
    """Before a migrate: a view would hold its tables' columns fast."""
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists facts cascade")


def create_facts(**_: object) -> None:
    """After a migrate: all views anew."""
    with connection.cursor() as cursor:
        cursor.execute("create schema if not exists facts")
        for fact in all_facts():
            cursor.execute(f"create or replace view facts.{fact.name} as {fact.select}")
