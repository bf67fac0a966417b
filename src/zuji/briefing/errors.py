"""The package's reasons for refusal; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a figure is not published."""

    CUT_OFF_AHEAD = "cut_off_ahead"
