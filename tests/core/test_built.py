import json
import os

import pytest

from zuji.core import built

MANIFEST = {
    "src/phone.tsx": {"file": "assets/phone-abc.js", "isEntry": True, "css": ["assets/phone.css"]},
    "src/steward.tsx": {"file": "assets/steward-abc.js", "isEntry": True, "imports": ["_parts.js"]},
    "src/charts.ts": {"file": "assets/charts-abc.js", "isEntry": True},
    "_parts.js": {"file": "assets/parts.js", "css": ["assets/parts.css"], "imports": ["_base.js"]},
    "_base.js": {"file": "assets/base.js", "css": ["assets/base.css", "assets/parts.css"]},
}


def lay(folder, manifest=MANIFEST):
    """Lay a build where the finders look: what Vite would have made."""
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture
def folder(tmp_path, settings):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path]
    return tmp_path / "web"


def test_an_entry_has_its_script_and_its_own_styles(folder):
    lay(folder)
    assert built.entry("phone") == ("web/assets/phone-abc.js", (), ("web/assets/phone.css",))


def test_an_entry_may_be_a_script_without_a_page(folder):
    lay(folder)
    assert built.entry("charts") == ("web/assets/charts-abc.js", (), ())


def test_styles_of_what_it_imports_come_first_and_each_once(folder):
    lay(folder)
    found = built.entry("steward")
    assert found.styles == ("web/assets/base.css", "web/assets/parts.css")
    assert found.parts == ("web/assets/parts.js",)


def test_nothing_built_or_an_entry_that_is_none_gives_none(folder):
    assert (built.entry("phone"), built.digest(), built.file("sw.js")) == (None, "", None)
    lay(folder)
    assert built.entry("nothing") is None


def test_a_new_build_is_seen_without_a_restart_and_has_another_digest(folder):
    lay(folder)
    before = built.digest()
    lay(folder, MANIFEST | {"src/phone.tsx": {"file": "assets/phone-new.js"}})
    os.utime(folder / "manifest.json", (4e9, 4e9))
    assert built.entry("phone") == ("web/assets/phone-new.js", (), ())
    assert len(before) == len(built.digest()) == 16
    assert before != built.digest()


def test_a_built_file_is_found_by_its_name(folder):
    lay(folder)
    (folder / "sw.js").write_text("1")
    assert built.file("sw.js") == folder / "sw.js"
