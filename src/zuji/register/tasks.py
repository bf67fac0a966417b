"""What the home does by itself for the register."""

import structlog
from procrastinate.contrib.django import app

from zuji.core import clock
from zuji.register.judging import judge_where_a_day_begins

log = structlog.get_logger(__name__)


@app.periodic(cron="7 * * * *")
@app.task(name="register.judge", queueing_lock="register.judge")
def judge(timestamp: int) -> None:
    """Judge firms anew where a day has begun."""
    log.info("firms judged", associations=judge_where_a_day_begins(clock.now()))
