import json

from zuji.public.manifest import entry

MANIFEST = {
    "src/phone.tsx": {"file": "assets/phone-abc.js", "isEntry": True, "css": ["assets/phone.css"]},
    "src/steward.tsx": {"file": "assets/steward-abc.js", "isEntry": True, "imports": ["_parts.js"]},
    "_parts.js": {"file": "assets/parts.js", "css": ["assets/parts.css"], "imports": ["_base.js"]},
    "_base.js": {"file": "assets/base.js", "css": ["assets/base.css", "assets/parts.css"]},
}


def build(folder, manifest=MANIFEST, name="manifest.json"):
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(manifest))
    return folder


def test_an_entry_has_its_script_and_its_own_styles(tmp_path):
    assert entry("phone", build(tmp_path)) == ("web/assets/phone-abc.js", (), ("web/assets/phone.css",))


def test_styles_of_what_it_imports_come_first_and_each_once(tmp_path):
    found = entry("steward", build(tmp_path))
    assert found.styles == ("web/assets/base.css", "web/assets/parts.css")
    assert found.parts == ("web/assets/parts.js",)


def test_either_place_of_the_manifest_is_found(tmp_path):
    assert entry("phone", build(tmp_path, name=".vite/manifest.json")) is not None


def test_nothing_built_or_an_entry_that_is_none_gives_none(tmp_path):
    assert entry("phone", tmp_path) is None
    assert entry("wall", build(tmp_path)) is None


def test_a_new_build_is_seen_without_a_restart(tmp_path):
    import os

    build(tmp_path)
    entry("phone", tmp_path)
    build(tmp_path, MANIFEST | {"src/phone.tsx": {"file": "assets/phone-new.js"}})
    os.utime(tmp_path / "manifest.json", (4e9, 4e9))
    assert entry("phone", tmp_path) == ("web/assets/phone-new.js", (), ())
