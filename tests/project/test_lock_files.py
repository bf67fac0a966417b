"""What is tracked names no registry, so that a clone installs from wherever its clients are told to."""

import ast
import json
import re
import sys
import tomllib
from importlib import metadata

import pytest

from zuji.project.home import CHECKOUT

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_python_locks_name_no_url(name):
    assert "://" not in (CHECKOUT / name).read_text()


@pytest.mark.parametrize("name", LOCKS)
def test_python_locks_pin_each_package_with_hashes(name):
    packages = re.split(r"\n(?=\S)", (CHECKOUT / name).read_text().strip())
    assert packages
    assert [entry.split()[0] for entry in packages if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_development_lock_contains_the_core_lock():
    core, dev = ({line.split()[0] for line in (CHECKOUT / name).open() if "==" in line} for name in LOCKS[:2])
    assert core - dev == set()


def test_every_direct_requirement_is_locked():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [entry for extra in project["optional-dependencies"].values() for entry in extra]
    names = {re.match(r"[\w.-]+", entry)[0].lower().replace("_", "-") for entry in wanted}
    locked = {line.split("==")[0].split("[")[0].lower() for line in (CHECKOUT / LOCKS[1]).open() if "==" in line}
    assert sorted(names - locked) == []


def imported() -> dict[str, str]:
    """Each package of somebody else's that the code imports, and one file that does."""
    found: dict[str, str] = {}
    for file in (CHECKOUT / "src" / "zuji").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            found |= {name.split(".")[0]: file.name for name in names}
    return {name: file for name, file in found.items() if name not in {*sys.stdlib_module_names, "zuji"}}


def test_whatever_the_code_imports_is_a_direct_requirement():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["documents"]
    required = {re.match(r"[\w.-]+", entry)[0].lower().replace("_", "-") for entry in wanted}
    sources = metadata.packages_distributions()
    known = {name: {each.lower().replace("_", "-") for each in sources.get(name, ())} for name in imported()}
    known["pydantic_core"] = {"pydantic"}  # released together, pinned by it
    assert {name: imported()[name] for name in imported() if not known[name] & required} == {}


def test_the_npm_lock_names_no_registry():
    lock = json.loads((CHECKOUT / "web" / "package-lock.json").read_text())
    assert lock["packages"]
    urls = [entry for entry in lock["packages"].values() if "resolved" in entry]
    assert urls == []
    text = json.dumps([{k: v for k, v in entry.items() if k != "funding"} for entry in lock["packages"].values()])
    assert "://" not in text
