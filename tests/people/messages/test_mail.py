"""Letters, handed to a mail server on this machine."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.live import free_port
from zuji.people.messages.answers import SENT, Outcome, Trouble
from zuji.people.messages.mail import Mail, can_mail, post

MAIL = Mail(
    to="lan@example.org",
    subject="【足迹】您有了新角色：办公室",
    body="范围：番禺。\nhttps://walk.example.org/settings/me/",
    stop_url="https://walk.example.org/messages/stop/x/",
    number="0" * 32,
)


class Sink:
    """Keeps letters; `refusal` is said to every recipient, `end` to every letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refusal = self.end = ""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:  # noqa: N802 - aiosmtpd's
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.end:
            return self.end
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server on loopback that the home is told of."""
    kept = Sink()
    controller = Controller(
        kept,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "zuji@example.org"
    yield kept
    controller.stop()


def test_a_letter_arrives_with_the_ways_to_stop_it_in_its_head(sink):
    assert post(MAIL, local=None) == SENT
    (letter,) = sink.letters
    assert sink.recipients == ["lan@example.org"]
    assert letter["Subject"] == MAIL.subject
    assert letter.get_content().replace("\r\n", "\n").strip() == MAIL.body
    assert letter["List-Unsubscribe"] == f"<{MAIL.stop_url}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].startswith(f"<{MAIL.number}@")


@pytest.mark.parametrize(
    ("refusal", "trouble"),
    [
        ("550 5.1.1 no such user", Trouble.ADDRESS_REFUSED),
        ("450 4.2.1 mailbox busy", Trouble.RECEIVER_ERROR),
    ],
)
def test_an_unknown_address_is_refused_for_good_and_a_busy_mailbox_is_not(sink, refusal, trouble):
    sink.refusal = refusal
    outcome = post(MAIL, local=None)
    assert outcome == Outcome(trouble)
    assert outcome.is_for_good == refusal.startswith("5")


def test_a_letter_that_the_server_does_not_take_can_be_tried_again(sink):
    sink.end = "451 try later"
    assert post(MAIL, local=None) == Outcome(Trouble.RECEIVER_ERROR)
    sink.end = ""
    assert post(MAIL, local=None) == SENT


def test_a_login_that_the_server_does_not_take_is_told(sink, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "zuji", "wrong"
    assert post(MAIL, local=None) == Outcome(Trouble.MAIL_LOGIN)


def test_a_server_that_is_not_there_is_unreachable(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    assert post(MAIL, local=None) == Outcome(Trouble.UNREACHABLE)


def test_a_home_without_a_mail_server_says_so(settings):
    settings.EMAIL_HOST = ""
    assert not can_mail()
    assert post(MAIL, local=None) == Outcome(Trouble.NO_MAIL)


def test_with_a_local_receiver_no_mail_server_is_asked(receiver, settings):
    settings.EMAIL_HOST = "mail.example.org"
    assert post(MAIL, local=receiver.base) == SENT
    (came,) = receiver.received
    assert message_from_bytes(came.body, policy=policy.default)["To"] == "lan@example.org"
    receiver.answers.append((503, b""))
    assert post(MAIL, local=receiver.base) == Outcome(Trouble.RECEIVER_ERROR)
