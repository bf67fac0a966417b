"""What the home does by itself for the register."""

import structlog
from procrastinate.contrib.django import app

from zuji.core import clock
from zuji.register.judging import judge_where_a_day_begins
from zuji.register.precedence import reorder_where_a_day_begins

log = structlog.get_logger(__name__)


@app.periodic(cron="7 * * * *")
@app.task(name="register.judge", queueing_lock="register.judge")
def judge(timestamp: int) -> None:
    """Let orders of authorities begin and judge firms anew where a day has begun."""
    at = clock.now()
    log.info("firms judged", orders=reorder_where_a_day_begins(at), associations=judge_where_a_day_begins(at))
