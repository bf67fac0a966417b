"""Where an installation keeps its state: `var/` beside the checkout, or `$ZUJI_HOME`."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from zuji.project.errors import Fault, Misconfigured
from zuji.project.postgres import Server

CHECKOUT = Path(__file__).resolve().parents[3]


def root() -> Path:
    """The home's folder, whether it exists yet or not."""
    if named := os.environ.get("ZUJI_HOME"):
        return Path(named).absolute()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    raise Misconfigured(Fault.HOME_NOT_NAMED)


def path(*parts: str) -> Path:
    """A path inside the home; nothing is created."""
    return root().joinpath(*parts)


def secret(name: str) -> str:
    """The home's secret of that name (64 characters, base64url); made at the first call, readable by its owner only."""
    file = path("secrets", name)
    if not file.exists():
        write_once(file, secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii")


def write_once(file: Path, text: str) -> None:
    """Write a whole file that only its owner reads, unless another process was quicker."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent) as fresh:
            fresh.write(text)
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, file)
    except OSError as error:
        raise Misconfigured(Fault.HOME_NOT_WRITABLE, path=file.parent) from error


def database_url() -> str:
    """`DATABASE_URL`, or where the embedded server answers once it is started."""
    return os.environ.get("DATABASE_URL") or embedded().url


def ensure_postgres() -> str:
    """`DATABASE_URL`, or the URL of the home's embedded server, started if need be."""
    return os.environ.get("DATABASE_URL") or embedded().start()


def embedded() -> Server:
    """The home's own server, running or not."""
    return Server(path("postgres"))
