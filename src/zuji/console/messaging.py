"""What the pages of messages share: forms of destinations, and the shapes of a delivery's states."""

from collections.abc import Sequence
from functools import partial

from django import forms

from zuji.console.blocks.forms import Form, words_of
from zuji.people.messages.enums import OPEN, Channel, DeliveryState
from zuji.people.messages.values import Habits, NewDestination

STATES: dict[str, str] = {
    **dict.fromkeys((*OPEN, DeliveryState.SENDING), "wait"),
    DeliveryState.SENT: "yes",
    **dict.fromkeys((DeliveryState.FAILED, DeliveryState.GIVEN_UP), "no"),
    **dict.fromkeys((DeliveryState.STOPPED, DeliveryState.OPTED_OUT), "gone"),
}
"""State of a delivery → its shape."""
ON_THE_WAY = (*OPEN, DeliveryState.SENDING)
UNTOUCHED = {"autocomplete": "off", "spellcheck": "false"}
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class HabitsForm(Form):
    """How a destination wants to be told."""

    keys = {
        "language": "destination.language",
        "quiet_from": "destination.quiet_from",
        "quiet_until": "destination.quiet_until",
        "topics": "destination.topics",
    }
    helped = ("quiet_until", "topics")

    language = forms.ChoiceField(choices=partial(words_of, "language", ["zh-hans", "en"]))
    quiet_from = forms.TimeField(required=False, widget=TIME)
    quiet_until = forms.TimeField(required=False, widget=TIME)
    topics = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "options"}))

    def __init__(self, *args: object, topics: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = words_of("topic", list(topics))  # type: ignore[attr-defined]

    def habits(self) -> Habits:
        """What the form says; a topic that was offered and not chosen is muted."""
        data = self.cleaned_data
        offered = [key for key, _ in self.fields["topics"].choices]  # type: ignore[attr-defined]
        return Habits(
            language=data["language"],
            quiet_from=data["quiet_from"],
            quiet_until=data["quiet_until"],
            muted=tuple(key for key in offered if key not in data["topics"]),
        )


class DestinationForm(Form):
    """A new destination."""

    keys = {
        "channel": "destination.channel",
        "address": "destination.address",
        "secret": "destination.secret",
        "language": "destination.language",
        "quiet_from": "destination.quiet_from",
        "quiet_until": "destination.quiet_until",
    }
    helped = ("address", "secret", "quiet_until")

    channel = forms.ChoiceField(choices=partial(words_of, "channel", Channel.values))
    address = forms.CharField(
        max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    secret = forms.CharField(
        required=False, max_length=128, widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    language = forms.ChoiceField(choices=partial(words_of, "language", ["zh-hans", "en"]))
    quiet_from = forms.TimeField(required=False, widget=TIME)
    quiet_until = forms.TimeField(required=False, widget=TIME)

    def values(self) -> NewDestination:
        """What a destination is made from."""
        data = self.cleaned_data
        habits = Habits(language=data["language"], quiet_from=data["quiet_from"], quiet_until=data["quiet_until"])
        channel = Channel(data["channel"])
        return NewDestination(channel=channel, address=data["address"], secret=data["secret"], habits=habits)
