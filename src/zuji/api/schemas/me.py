"""Who is signed in."""

from ninja import Schema

from zuji.api.schemas.common import Words
from zuji.people.enums import Right, Role


class RoleHeld(Schema):
    """A role that is held now."""

    role: Role
    name: Words


class Me(Schema):
    """The account behind the session, and the token that its writes carry in `X-CSRFToken`."""

    name: str
    username: str
    roles: list[RoleHeld]
    rights: list[Right]
    csrf: str
