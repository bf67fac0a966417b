"""What the home does by itself for people: see `messages.tasks`."""

from zuji.people.messages import tasks

__all__ = ["tasks"]
