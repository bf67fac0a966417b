"""The variables by which a home is set, checked before anything reads them; docs/operate.md explains each."""

import os
import re
from collections.abc import Callable

from zuji.project.errors import Fault, Misconfigured

PREFIX = "ZUJI_"
TRUTHS = {"1", "0", "true", "false", "yes", "no", "on", "off"}
ORIGIN = re.compile(r"https?://[\w.-]+(:\d{1,5})?/?")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def _is_truth(text: str) -> bool:
    return text.lower() in TRUTHS


def _is_origin(text: str) -> bool:
    return ORIGIN.fullmatch(text) is not None


def _is_hosts(text: str) -> bool:
    return all(re.fullmatch(r"\.?[\w.-]+|\[[0-9a-f:]+\]", host) for host in text.split(","))


def _is_path(text: str) -> bool:
    return "\0" not in text and bool(text.strip())


def _is_loopback(text: str) -> bool:
    return re.fullmatch(r"http://(127\.0\.0\.1|localhost)(:\d{1,5})?/?", text) is not None


def _is_tls(text: str) -> bool:
    return text in ("starttls", "tls", "none")


VARIABLES: dict[str, Callable[[str], bool]] = {
    "ZUJI_HOME": _is_path,
    "ZUJI_BASE_URL": _is_origin,
    "ZUJI_HOSTS": _is_hosts,
    "ZUJI_DEBUG": _is_truth,
    "ZUJI_POOL": _is_number,
    "ZUJI_INTAKE_QUEUE": _is_number,
    "ZUJI_INTAKE_PER_ADDRESS": _is_number,
    "ZUJI_LOG_NAME": _is_path,
    "ZUJI_MESSAGES_TO": _is_loopback,
    "ZUJI_SMTP_HOST": _is_path,
    "ZUJI_SMTP_PORT": _is_number,
    "ZUJI_SMTP_USER": _is_path,
    "ZUJI_SMTP_PASSWORD": _is_path,
    "ZUJI_SMTP_TLS": _is_tls,
    "ZUJI_MAIL_FROM": _is_path,
}


def check_environment() -> None:
    """Refuse a value that cannot be meant, and a name that nothing reads: it is a slip of the pen."""
    for name, value in sorted(os.environ.items()):
        if name.startswith(PREFIX) and not (name in VARIABLES and VARIABLES[name](value)):
            raise Misconfigured(Fault.BAD_SETTING, name=name)
