import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from zuji.project import web
from zuji.project.errors import Fault, Misconfigured


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A project of one file, whose build copies it."""
    folder, built = tmp_path / "web", tmp_path / "built"
    (folder / "src").mkdir(parents=True)
    built.mkdir()
    (folder / "src" / "page.js").write_text("1")
    scripts = {"build": f"cp src/page.js {built}/manifest.json && echo . >> {tmp_path}/builds", "bad": "false"}
    (folder / "package.json").write_text(json.dumps({"name": "x", "version": "1.0.0", "scripts": scripts}))
    lock = {"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "x", "version": "1.0.0"}}}
    (folder / "package-lock.json").write_text(json.dumps(lock))
    (folder / "node_modules").mkdir()
    monkeypatch.setattr(web, "SOURCES", folder)
    monkeypatch.setattr(web, "BUILT", built)
    monkeypatch.setattr(web, "_install", lambda environment: None)
    return folder


def builds(sources: Path) -> int:
    file = sources.parent / "builds"
    return len(file.read_text().split()) if file.exists() else 0


def fake_node(folder: Path, version: str) -> str:
    for name, says in (("node", version), ("npm", "")):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {says}\n")
        program.chmod(0o755)
    return str(folder)


def test_pages_are_built_once_and_again_when_a_source_changed(sources):
    assert [web.build(), web.build(), builds(sources)] == [True, False, 1]
    (sources / "src" / "page.js").write_text("2")
    assert [web.build(), web.build(), builds(sources)] == [True, False, 2]


def test_a_new_file_a_renamed_file_and_a_lost_build_are_changes(sources):
    web.build()
    (sources / "src" / "more.js").write_text("1")
    assert web.stale()
    web.build()
    (sources / "src" / "more.js").rename(sources / "src" / "other.js")
    assert web.stale()
    web.build()
    shutil.rmtree(web.BUILT)
    assert web.stale()


@pytest.mark.parametrize("folder", sorted(web.NOT_SOURCES))
def test_what_is_no_source_is_no_change(sources, folder):
    web.build()
    (sources / folder / "deep").mkdir(parents=True)
    (sources / folder / "deep" / "file.js").write_text("1")
    assert not web.stale()


def test_a_failed_build_is_a_fault_and_is_tried_again(sources):
    with pytest.raises(Misconfigured) as refused:
        web.run_npm("run", "bad")
    assert (refused.value.code, refused.value.facts["command"]) == (Fault.WEB_BUILD_FAILED, "run bad")
    assert web.stale()


def test_packages_are_installed_again_only_when_the_lock_file_changed(sources, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(web, "SOURCES", sources)
    commands = []
    monkeypatch.setattr(web, "_npm", lambda environment, *words: commands.append(words[0]))
    web.run_npm("run", "build")
    web.run_npm("run", "build")
    (sources / "package-lock.json").write_text("{}")
    web.run_npm("run", "build")
    assert commands == ["ci", "run", "run", "ci", "run"]


@pytest.mark.parametrize(("version", "expected"), [("v20.19.1", (20, 19)), ("v24.0.0", (24, 0)), ("rubbish", None)])
def test_nodes_version_is_read(tmp_path, version, expected):
    assert web.node_version(fake_node(tmp_path, version)) == expected


def test_no_node_is_no_version(tmp_path):
    assert web.node_version(str(tmp_path)) is None


@pytest.mark.parametrize(("version", "installs"), [("v20.19.0", 0), ("v24.1.0", 0), ("v18.20.4", 1), ("v20.18.3", 1)])
def test_node_comes_from_pip_only_where_the_systems_is_too_old(tmp_path, monkeypatch, version, installs):
    monkeypatch.setattr(web, "search_path", lambda: fake_node(tmp_path, version))
    run, asked = subprocess.run, []

    def watched(command, **options):
        if "pip" in command:
            asked.append(command[-1])
            return subprocess.CompletedProcess(command, 0)
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", watched)
    assert web.node_environment()["PATH"] == str(tmp_path)
    assert asked == [str(web.NODE_FROM_PIP)] * installs


def test_a_node_that_pip_cannot_bring_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(web, "search_path", lambda: str(tmp_path))
    monkeypatch.setattr(subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, 1))
    with pytest.raises(Misconfigured) as refused:
        web.node_environment()
    assert refused.value.code is Fault.NODE_MISSING


def test_this_environments_programs_come_before_the_systems(monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    first, rest = web.search_path().split(os.pathsep, 1)
    assert (Path(first) / "python").exists()
    assert rest == "/usr/bin"
