"""What the home does by itself each night."""

import structlog
from procrastinate.contrib.django import app

from zuji.core import clock, personal

log = structlog.get_logger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(name="core.erase_personal", queueing_lock="core.erase_personal")
def erase_personal(timestamp: int) -> None:
    """Erase the personal details whose time has come; how many of which table is logged, never whose."""
    for name, rows in personal.erase_due(clock.now()).items():
        log.info("personal details erased", table=name, rows=rows)
