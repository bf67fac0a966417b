"""Writes of the census: one verb, one function."""

from zuji.register.census.closing import ask_close
from zuji.register.census.forms import check_form, hand_in, hand_in_by_link, save_by_link, save_form, send_back
from zuji.register.census.rounds import close_round, open_round, remind

__all__ = [
    "ask_close",
    "check_form",
    "close_round",
    "hand_in",
    "hand_in_by_link",
    "open_round",
    "remind",
    "save_by_link",
    "save_form",
    "send_back",
]
