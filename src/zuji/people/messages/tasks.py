"""What the worker does with messages."""

from procrastinate.contrib.django import app

from zuji.core import clock
from zuji.people.messages import ending, sending


@app.periodic(cron="* * * * *")
@app.task(name="people.send_due", queueing_lock="people.send_due")
def send_due(timestamp: int) -> None:
    """Send what is due."""
    sending.send_due(at=clock.now())


@app.task(name="people.send_messages")
def send_messages(destination_id: int) -> None:
    """Send one destination what is due to it, right after somebody was told something that does not wait."""
    sending.send_to(destination_id, at=clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="people.tell_ending_roles", queueing_lock="people.tell_ending_roles")
def tell_ending_roles(timestamp: int) -> None:
    """Tell whose lent role ends within a day."""
    ending.tell_ending_roles(at=clock.now())
