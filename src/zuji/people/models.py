"""Accounts of staff, stewards and contacts, and the roles that they hold over scopes."""

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from zuji.core.models import Association
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages.models import Delivery, Destination, Notice

__all__ = ["Account", "Delivery", "Destination", "Notice", "RoleGrant", "SavedView"]


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts for sign-in; roles are granted apart."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. Belongs to one association; what they may do is said by their roles alone."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="accounts")
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_staff = False
    is_superuser = False

    objects = AccountManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username


@pghistory.track()
class RoleGrant(models.Model):
    """A role held over one scope for a time; two grants of the same never overlap.

    A role that was lent names who lent it, and always has an end.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    scope_kind = models.CharField(max_length=16, choices=ScopeKind)
    scope_id = models.BigIntegerField()
    during = DateTimeRangeField()
    lent_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="lent")

    class Meta:
        ordering = ["account", "role", "scope_kind", "scope_id"]
        constraints = [
            ExclusionConstraint(
                name="role_grant_once_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("scope_kind", RangeOperators.EQUAL),
                    ("scope_id", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(lent_by=None) | models.Q(during__upper_inf=False), name="role_lent_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.scope_kind}:{self.scope_id}"


class SavedView(models.Model):
    """What an account looks at again and again: a list with its filters, columns and order, under a name of its own.

    `page` is the list's route, `query` the part of its address after the question mark.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="views")
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["account", "page", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
