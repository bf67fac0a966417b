"""The same workbooks through the store: staged, taken in, with cards and answers, in a scratch database."""

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from zuji.project.postgres import Server
from zuji.register.linking import Key

AS_OF, AT = date(2021, 6, 30), datetime(2021, 7, 1, 4, tzinfo=UTC)


class Taken(NamedTuple):
    """The rows of each firm, and the seconds of each step."""

    clusters: list[list[Key]]
    staged_s: float
    taken_s: float


@contextmanager
def scratch_store() -> Iterator[Path]:
    """A home with an empty database for this process; Django is set up."""
    folder = Path(tempfile.mkdtemp(prefix="zuji-"))
    server = Server(folder / "postgres")
    try:
        os.environ |= {
            "ZUJI_HOME": str(folder),
            "DATABASE_URL": server.start(),
            "DJANGO_SETTINGS_MODULE": "zuji.project.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        yield folder
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)


def take_in(files: Iterable[Path]) -> Taken:
    """Each file is a list of an authority that has its name."""
    import time

    from zuji.core.models import Association
    from zuji.register.models import Authority
    from zuji.register.relinking import silent
    from zuji.register.staging import Sent, stage
    from zuji.register.taking import take_in_at_once

    association = Association.objects.create(slug="bench", name_zh="测量", name_en="Measuring")
    began = time.perf_counter()
    lists = [
        stage(
            Authority.objects.create(association=association, name=file.stem),
            Sent(file=file.name, data=file.read_bytes(), as_of=AS_OF),
            actor=None,
            at=AT,
        ).pk
        for file in files
    ]
    staged = time.perf_counter()
    take_in_at_once(association.pk, lists, at=AT, progress=silent)
    return Taken(_clusters(association.pk), staged - began, time.perf_counter() - staged)


def database_s() -> float:
    """How many seconds processors have worked for this connection of the database."""
    import psutil
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        times = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return float(times.user + times.system)


def _clusters(association_id: int) -> list[list[Key]]:
    from zuji.register.models import Link
    from zuji.register.writing import merged_into, root_of

    merged = merged_into(association_id)
    firms: dict[int, list[Key]] = defaultdict(list)
    links = Link.objects.filter(ended_at=None).values_list("enterprise", "row__source__file", "row__number")
    for firm, file, number in links:
        firms[root_of(firm, merged)].append(Key(Path(file).stem, number))
    return list(firms.values())
