"""The contract of the JSON face as a document; `python -m zuji.api.document` renews `docs/openapi.json`."""

import json
import os
from pathlib import Path

import django

FILE = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def text() -> str:
    """The document as it is committed; Django is set up."""
    from zuji.api.routes import api  # its models need Django

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zuji.project.settings")
    django.setup()
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
