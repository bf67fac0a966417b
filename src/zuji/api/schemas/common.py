"""Shapes that every subject uses."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zuji.core.errors import CoreRefusal

KEY_MAX = 2**63 - 1


def without_nul(text: str) -> str:
    """The text itself; PostgreSQL can keep no null character."""
    if "\0" in text:
        raise PydanticCustomError(str(CoreRefusal.TEXT_HAS_NUL), "the text holds a null character")
    return text


Key = Annotated[int, Field(ge=1, le=KEY_MAX)]
Text = Annotated[str, AfterValidator(without_nul)]
Line = Annotated[str, Field(max_length=200), AfterValidator(without_nul)]


class Words(Schema):
    """A text in both languages."""

    zh: str
    en: str


class Problem(Schema):
    """Why not: a stable code, words that say what to do, and what they were made from."""

    code: str
    say: Words
    facts: dict[str, object] = {}


def answers(shape: object, *refusals: int) -> dict[int, object]:
    """What an operation may answer: its shape, and the statuses of refusals; 422 is always one of them."""
    return {200: shape, **dict.fromkeys(sorted({*refusals, 422}), Problem)}


def self_contained(shape: type[Schema]) -> dict[str, object]:
    """A shape's JSON schema without references, for a body that is documented here and read elsewhere."""
    whole = shape.model_json_schema()
    parts = whole.pop("$defs", {})

    def put_in(node: object) -> object:
        if isinstance(node, list):
            return [put_in(each) for each in node]
        if not isinstance(node, dict):
            return node
        if reference := node.get("$ref"):
            return put_in(parts[reference.rsplit("/", 1)[1]])
        return {name: put_in(value) for name, value in node.items()}

    return {name: put_in(value) for name, value in whole.items()}


class LogEnd(Schema):
    """Where the log ends; a smaller size or another epoch than a receipt's means that the server was set back."""

    epoch: int
    size: int


class Clock(Schema):
    """The home's time; `announced` is set where a demo's clock does not show the real one."""

    announced: datetime | None
    now: datetime


class Organisation(Schema):
    """A participant organisation."""

    id: int
    name: str
