"""Shells, programme, receipt check, help, looks and media, as anybody opens them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.console.walks import Pages
from tests.core.test_built import folder, lay  # noqa: F401  (a fixture)
from zuji.checkin.listings import items_listed, proof_of
from zuji.checkin.models import Item
from zuji.trail.models import Trail


@pytest.fixture
def anybody():
    return Pages(Client())


@pytest.fixture
def built(folder):  # noqa: F811
    """What Vite would have built."""
    lay(folder)
    (folder / "sw.js").write_text("self.addEventListener('fetch', () => 1);")
    return folder


DOORS = ["/c/1.p1.0.AAAAAAAAAAA", "/p/AAAAAAAAAAAAAAAAAAAAAA", "/j/AAAAAA", "/walk/1"]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_is_the_same_page_with_the_files_that_were_built(db, built, anybody, door):
    seen = anybody.get(door)
    assert seen.status == 200
    assert [each.attributes["src"] for each in seen.page.all("script")] == ["/static/web/assets/phone-abc.js"]
    assert [each.attributes["href"] for each in seen.page.all("link", rel="stylesheet")] == [
        "/static/web/assets/phone.css"
    ]
    assert seen.page.all("div", id="app")


@pytest.mark.parametrize("door", DOORS)
def test_a_phone_may_keep_the_page_and_is_given_no_session(db, built, anybody, door):
    answer = anybody.get(door).answer
    assert "stale-if-error" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("door", DOORS)
def test_a_page_that_is_not_built_yet_says_what_to_run(db, folder, anybody, door):  # noqa: F811
    seen = anybody.get(door)
    assert (seen.status, "make setup" in seen.text) == (503, True)


def test_the_stewards_page_is_for_whoever_shows_codes(walked, pages, built, anybody):
    assert anybody.get("/steward/").answer["Location"] == "/sign-in/?next=%2Fsteward%2F"
    assert pages(walked.cast.lan).get("/steward/").status == 403
    seen = pages(walked.cast.guo).get("/steward/")
    assert seen.page.all("script")[0].attributes["src"] == "/static/web/assets/steward-abc.js"
    assert "csrftoken" in seen.answer.cookies


def test_the_service_worker_may_look_after_every_door(db, built, anybody):
    answer = anybody.get("/sw.js").answer
    assert answer["Content-Type"].startswith("text/javascript")
    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/", "no-cache")
    (built / "sw.js").unlink()
    assert anybody.get("/sw.js").status == 404


# --- the programme


def test_the_public_sees_the_walk_with_small_counts_hidden(walked, anybody):
    Trail.objects.update(opened_at=walked.cast.day)
    seen = anybody.get("/public/walk/")
    assert seen.title == "徒步"
    assert sorted(row[0] for row in seen.cells) == ["共建单位甲", "木棉数科"]
    assert {cell for row in seen.cells for cell in row[1:]} <= {"<3", "…", "未到"}
    assert seen.table("tfoot") == [["合计，次", "3", "1"]]
    assert "旧址S1" in seen.text


def test_nothing_of_the_public_page_tells_when_or_how_sure(walked, anybody):
    text = anybody.get("/public/walk/").text
    for secret in ("09:29", "丙", "乙", "可能仍在手机上", "Mei", "Guo"):
        assert secret not in text


def test_a_trail_that_is_not_open_is_not_shown(walked, anybody):
    assert "旧址S1" not in [each.text for each in anybody.get("/public/walk/").page.all("li")]


def test_a_campaign_that_is_none_is_not_found(db, anybody):
    assert anybody.get("/public/nothing/").status == 404


# --- checking a receipt


@pytest.fixture
def receipt(walked):
    return proof_of(items_listed(Item.objects.filter(id=walked.items["first"])).get())


def test_a_receipt_is_found_valid_with_what_it_says(receipt, anybody):
    seen = anybody.post("/check/", text=receipt.receipt.decode())
    assert "真实有效。" in seen.text
    assert receipt.check_code in seen.text
    assert "7月26日 09:30" in seen.text


def test_a_receipt_may_come_as_a_file(receipt, anybody):
    seen = anybody.post("/check/", file=SimpleUploadedFile("receipt.json", receipt.receipt))
    assert "真实有效。" in seen.text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kid": "nobody"}, "签名密钥不是本站公布的"),
        ({"index": 3}, "与日志不符"),
        ({"sig": "A" * 86}, "签名不对"),
        ({"salt": "!"}, "读不出来"),
        ({"v": "one"}, "读不出来"),
    ],
)
def test_a_receipt_that_was_changed_is_told_apart(receipt, anybody, changed, told):
    document = json.loads(receipt.receipt) | changed
    assert told in anybody.post("/check/", text=json.dumps(document)).text


def test_another_grade_in_a_receipt_no_longer_matches_the_log(receipt, anybody):
    document = json.loads(receipt.receipt)
    document["fields"]["grade"] = "A" if document["fields"]["grade"] != "A" else "B"
    assert "与日志不符" in anybody.post("/check/", text=json.dumps(document)).text


@pytest.mark.parametrize("text", ["{}", "not json", "[]", "\0", '{"v": 1}', "null"])
def test_what_is_no_receipt_is_told(db, anybody, text):
    seen = anybody.post("/check/", text=text)
    assert "读不出来" in seen.text or seen.status == 422


def test_nothing_handed_in_is_told_beside_the_field(db, anybody):
    seen = anybody.post("/check/", text="  ")
    assert (seen.status, seen.errors) == (422, ["还没有回执。请粘贴内容或选择文件。"])


def test_the_page_says_how_to_check_without_it(db, anybody):
    seen = anybody.get("/check/")
    assert "/api/v1/log/keys" in seen.links("keys.json")
    assert "zuji receipt verify receipt.json --keys keys.json" in seen.page.all("pre")[0].text


# --- help, looks, media


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "帮助"), ("en", "Help")])
def test_help_has_steps_for_each_reader(db, anybody, language, title):
    anybody.client.cookies["django_language"] = language
    seen = anybody.get("/help/")
    assert seen.title == title
    assert [each.attributes["id"] for each in seen.page.all("section")] == [
        "participant",
        "contact",
        "steward",
        "office",
    ]
    assert len(seen.page.all("li")) > 18


AWAY = ("//evil.example/", "https://evil.example/", "", "javascript:x", "today")


@pytest.mark.parametrize(
    ("target", "back"),
    [("/help/", "/help/"), *((away, "/") for away in AWAY)],
)
def test_a_switch_goes_back_to_a_page_of_this_home_only(db, anybody, target, back):
    assert anybody.client.post("/switch/", {"dark": "1", "next": target})["Location"] == back


def test_a_language_is_switched_and_stays(db, anybody):
    anybody.post("/switch/", language="en")
    assert anybody.get("/help/").page.all("html")[0].attributes["lang"] == "en"
    anybody.post("/switch/", language="klingon")
    assert anybody.get("/help/").page.all("html")[0].attributes["lang"] == "en"


def test_a_switch_is_only_ever_pressed(db, anybody):
    assert anybody.get("/switch/", dark="1").status == 405


@pytest.fixture
def sound(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "trail").mkdir()
    (tmp_path / "trail" / "abc.mp3").write_bytes(bytes(range(100)))
    (tmp_path.parent / "secret").write_bytes(b"not for you")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("", 200, range(100)),
        ("bytes=0-9", 206, range(10)),
        ("bytes=90-", 206, range(90, 100)),
        ("bytes=-5", 206, range(95, 100)),
        ("bytes=-500", 206, range(100)),
        ("bytes=50-500", 206, range(50, 100)),
        ("bytes=200-", 416, range(0)),
        ("bytes=-", 200, range(100)),
        ("bytes=1-2,5-6", 200, range(100)),
        ("pages=1-2", 200, range(100)),
    ],
)
def test_a_sound_is_given_whole_or_in_parts(db, sound, anybody, asked, status, part):
    answer = anybody.client.get("/media/trail/abc.mp3", headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, bytes(part))
    if status == 206:
        assert answer["Content-Range"] == f"bytes {part.start}-{part.stop - 1}/100"
    if status == 200:
        assert (answer["Content-Type"], "immutable" in answer["Cache-Control"]) == ("audio/mpeg", True)


@pytest.mark.parametrize("name", ["trail/none.mp3", "../secret", "trail/../../secret", "trail", "trail/a\0b"])
def test_nothing_outside_of_the_media_folder_is_given(db, sound, anybody, name):
    answer = anybody.client.get(f"/media/{name}")
    assert answer.status_code == 404
    assert b"not for you" not in answer.content
