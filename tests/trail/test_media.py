import pytest
from django.core.files.storage import default_storage

from tests.trail.files import media
from zuji.core.errors import Invalid
from zuji.trail.errors import Refusal
from zuji.trail.media import LARGEST_BYTES, keep_media


def test_a_file_is_kept_under_a_name_made_from_its_content(tmp_path):
    kept = keep_media(["table.png"], media(tmp_path))
    with default_storage.open(kept["table.png"]) as file:
        assert file.read() == b"a picture"
    assert kept["table.png"].startswith("trail/")
    assert kept["table.png"].endswith(".png")


def test_keeping_a_file_again_changes_nothing(tmp_path):
    folder = media(tmp_path)
    assert keep_media(["table.png", "table.png"], folder) == keep_media(["table.png"], folder)
    (folder / "table.png").write_bytes(b"another picture")
    assert keep_media(["table.png"], folder) != {"table.png": keep_media(["table.mp3"], folder)["table.mp3"]}


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Invalid, match=Refusal.MEDIA_MISSING) as refused:
        keep_media(["lamp.png"], media(tmp_path))
    assert refused.value.facts == {"file": "lamp.png"}


@pytest.mark.parametrize("size", [0, LARGEST_BYTES + 1])
def test_an_empty_or_enormous_file_is_refused(tmp_path, size):
    (tmp_path / "lamp.png").write_bytes(b"x" * size)
    with pytest.raises(Invalid, match=Refusal.MEDIA_UNFIT):
        keep_media(["lamp.png"], tmp_path)
