"""What accounts and the audit trail say of sign-ins."""

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from zuji.core import clock
from zuji.core.audit import audit
from zuji.people.enums import Verb
from zuji.people.models import Account


@receiver(user_logged_in, dispatch_uid="people.signed_in")
def note_sign_in(user: Account, **_: object) -> None:
    """Write who signed in, and when by the house's clock: Django's own receiver asked the machine's before."""
    at = user.last_login = clock.now()
    user.save(update_fields=["last_login"])
    audit(user, Verb.SIGNED_IN, user, association_id=user.association_id, at=at)


@receiver(user_login_failed, dispatch_uid="people.sign_in_failed")
def note_failure(credentials: dict[str, object], **_: object) -> None:
    """Write which account somebody failed to enter; a name that is nobody's is not kept."""
    account = Account.objects.filter(username__iexact=str(credentials.get("username", ""))).first()
    if account:
        audit(None, Verb.SIGN_IN_FAILED, account, association_id=account.association_id, at=clock.now())
