"""Sending by e-mail: one plain text, with the ways to stop it in its head as RFC 2369 and RFC 8058 say."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

import requests
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from zuji.people.messages.answers import SENT, Outcome, Trouble

PERMANENT = range(500, 600)
LIMIT_S = 10


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A letter; `number` stays the same when it is sent again, so that a mailbox can tell a repetition."""

    to: str
    subject: str
    body: str
    stop_url: str
    number: str


class ToReceiver(BaseEmailBackend):
    """Hands letters to the local receiver instead of to a mail server."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(f"{self.base}/mail", data=message.message().as_bytes(), timeout=LIMIT_S)
                if not answer.ok:
                    raise smtplib.SMTPDataError(answer.status_code, answer.content)
        return len(messages)


def can_mail() -> bool:
    """Whether this home was told of a mail server."""
    # Django would take an empty host for this machine, where nothing may listen
    return bool(settings.EMAIL_HOST)


def post(mail: Mail, *, local: str | None) -> Outcome:
    """Hand one letter to the home's mail server, or to the local receiver in its place."""
    if local is None and not can_mail():
        return Outcome(Trouble.NO_MAIL)
    connection = ToReceiver(local) if local else get_connection()
    host = settings.BASE_URL.split("://", 1)[1].split(":")[0]
    # without a Message-ID of ours Django asks the network for this machine's name
    headers = {
        "Message-ID": f"<{mail.number}@{host}>",
        "List-Unsubscribe": f"<{mail.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",  # or absence notices would answer
    }
    letter = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers, connection=connection)
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        is_final = all(code in PERMANENT for code in codes)
        return Outcome(Trouble.ADDRESS_REFUSED if is_final else Trouble.RECEIVER_ERROR)
    except smtplib.SMTPAuthenticationError:
        return Outcome(Trouble.MAIL_LOGIN)
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected):
        return Outcome(Trouble.UNREACHABLE)
    except smtplib.SMTPException:
        return Outcome(Trouble.RECEIVER_ERROR)
    except (TimeoutError, requests.Timeout):
        return Outcome(Trouble.TIMED_OUT)
    except (OSError, requests.RequestException):
        return Outcome(Trouble.UNREACHABLE)
    return SENT
