"""What the home does by itself each night, and the long works that it was asked for."""

import structlog
from procrastinate.contrib.django import app

from zuji.core import clock, personal, works

log = structlog.get_logger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(name="core.erase_personal", queueing_lock="core.erase_personal")
def erase_personal(timestamp: int) -> None:
    """Erase the personal details whose time has come; how many of which table is logged, never whose."""
    for name, rows in personal.erase_due(clock.now()).items():
        log.info("personal details erased", table=name, rows=rows)


@app.periodic(cron="27 3 * * *")
@app.task(name="core.erase_works", queueing_lock="core.erase_works")
def erase_works(timestamp: int) -> None:
    """Erase what works that ended long ago did row by row."""
    log.info("rows of works erased", works=works.erase_due(clock.now()))


@app.task(name=works.Job.RUN_WORK)
def run_work(work_id: int) -> None:
    """Take up a long work; one that somebody else took is left to them."""
    works.run(work_id, now=clock.now)
