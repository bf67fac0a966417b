"""Building the participants' and the steward's page: with the Node on the path, or with the one that pip can bring."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from zuji.project.errors import Fault, Misconfigured
from zuji.project.home import CHECKOUT

SOURCES = CHECKOUT / "web"
BUILT = CHECKOUT / "src" / "zuji" / "public" / "static" / "web"
NODE_FROM_PIP = CHECKOUT / "requirements-node.txt"
OLDEST_NODE = (20, 19)
# Neither what a build makes nor what only tests and developers read.
NOT_SOURCES = {"node_modules", "build", "dist", "tests", "dev"}


def stale() -> bool:
    """Whether the built pages are absent or older than their sources."""
    return _read(BUILT / ".digest") != digest(SOURCES)


def build() -> bool:
    """Build the pages where they are stale; says whether it had to."""
    if not stale():
        return False
    run_npm("run", "build")
    (BUILT / ".digest").write_text(digest(SOURCES))
    return True


def run_npm(*words: str) -> None:
    """Run an npm command in `web/`, after installing its packages where the lock file changed."""
    environment = node_environment()
    _install(environment)
    _npm(environment, *words)


def digest(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's sources."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if NOT_SOURCES.isdisjoint(file.relative_to(folder).parts) and file.is_file():
            total.update(str(file.relative_to(folder)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def node_version(path: str) -> tuple[int, int] | None:
    """Major and minor version of the Node on that path, None without one that runs."""
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, env={**os.environ, "PATH": path}).stdout
    found = re.match(r"v(\d+)\.(\d+)\.", said)
    return (int(found[1]), int(found[2])) if found else None


def node_environment() -> dict[str, str]:
    """An environment in which `npm` works, installing Node from pip into this environment if need be."""
    path = search_path()
    if (node_version(path) or (0, 0)) < OLDEST_NODE:
        install = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(NODE_FROM_PIP)]
        if subprocess.run(install).returncode:
            raise Misconfigured(Fault.NODE_MISSING, oldest=OLDEST_NODE[0])
    return {**os.environ, "PATH": path}


def search_path() -> str:
    """Where programs are looked for: this Python environment's first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def _install(environment: dict[str, str]) -> None:
    stamp, wanted = SOURCES / "node_modules" / ".digest", digest_of_lock()
    if _read(stamp) != wanted:
        _npm(environment, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(wanted)


def digest_of_lock() -> str:
    """SHA-256 of the lock file: what must be installed again once it changes."""
    return hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()


def _npm(environment: dict[str, str], *words: str) -> None:
    # Resolved by hand, since the path of the environment is not the one by which a child is looked up.
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    if subprocess.run([npm, *words], cwd=SOURCES, env=environment).returncode:
        raise Misconfigured(Fault.WEB_BUILD_FAILED, command=" ".join(words))


def _read(file: Path) -> str | None:
    return file.read_text() if file.exists() else None


if __name__ == "__main__":
    try:
        run_npm(*sys.argv[1:])
    except Misconfigured:
        sys.exit(1)  # npm has said what is wrong
