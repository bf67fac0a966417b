"""Static files as they leave a home: those made of text compressed once, when a server starts.

A compressed copy lies in the home under the digest of what it holds. So none is ever stale, and nothing is written
beside the files of a package or a library.
"""

import gzip
import hashlib
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

TEXTS = (".css", ".js", ".json", ".svg", ".html", ".txt")
SMALLEST = 600
"""Bytes below which a copy saves less than its headers cost."""


class CompressedFiles(WhiteNoiseMiddleware):
    """WhiteNoise, which also knows the compressed copies."""

    def get_static_file(self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None) -> StaticFile:
        plain = super().get_static_file(path, url, stat_cache)
        if not path.endswith(TEXTS) or self.autorefresh:
            return plain
        found = os.stat(path)
        copy = _compressed(path, found.st_mtime_ns, found.st_size)
        headers = [pair for pair in plain.alternatives[0][2] if pair[0] != "Content-Length"]
        return StaticFile(path, headers, encodings={"gzip": str(copy)}) if copy else plain


@lru_cache(maxsize=512)
def _compressed(path: str, changed_ns: int, size: int) -> Path | None:
    """The compressed copy of a file as it is now; None where it would save nothing."""
    if size < SMALLEST:
        return None
    data = Path(path).read_bytes()
    copy = Path(settings.COMPRESSED_ROOT) / f"{hashlib.sha256(data).hexdigest()}.gz"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        draft = copy.with_suffix(f".{os.getpid()}")
        draft.write_bytes(gzip.compress(data, 9, mtime=0))
        draft.replace(copy)
    return copy if copy.stat().st_size < size else None
