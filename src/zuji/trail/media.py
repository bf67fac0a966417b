"""Pictures and sounds of exhibits, kept in the media store under names made from what they hold."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from zuji.core.errors import Invalid
from zuji.trail.errors import Refusal

FOLDER = "trail"
LARGEST_BYTES = 20_000_000
NAME_DIGITS = 20


def keep_media(names: Iterable[str], folder: Path) -> dict[str, str]:
    """Copy files of a folder into the media store; their stored names by the names given.

    The same content gets the same name, so that keeping it again changes nothing and a page may be cached for ever.
    """
    return {name: _keep(folder / name) for name in sorted(set(names))}


def _keep(file: Path) -> str:
    if not file.is_file():
        raise Invalid(Refusal.MEDIA_MISSING, file=file.name)
    content = file.read_bytes()
    if not 0 < len(content) <= LARGEST_BYTES:
        raise Invalid(Refusal.MEDIA_UNFIT, file=file.name, expected=f"1 B – {LARGEST_BYTES // 1_000_000} MB")
    # named by content, two exhibits may each bring a `1.png`
    stored = f"{FOLDER}/{sha256(content).hexdigest()[:NAME_DIGITS]}{file.suffix.lower()}"
    if not default_storage.exists(stored):
        default_storage.save(stored, ContentFile(content))
    return stored
