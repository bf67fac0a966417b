"""Why an act on a trail is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given by an action of this package; the first ones concern a trail's file, the last ones impressions."""

    TRAIL_FILE_UNREADABLE = "trail_file_unreadable"
    TRAIL_FILE_WRONG = "trail_file_wrong"
    UNKNOWN_SITE = "unknown_site"
    SITE_GIVEN_TWICE = "site_given_twice"
    WINDOW_REVERSED = "window_reversed"
    LEG_MISPLACED = "leg_misplaced"
    MEDIA_MISSING = "media_missing"
    MEDIA_UNFIT = "media_unfit"
    CAMPAIGN_NAME_TAKEN = "campaign_name_taken"
    TRAIL_CHANGED = "trail_changed"
    TRAIL_IS_OPEN = "trail_is_open"
    STOPS_NOT_READY = "stops_not_ready"
    LOCATION_IS_CONFIRMED = "location_is_confirmed"
    IMPRESSION_EMPTY = "impression_empty"
    IMPRESSION_TOO_LONG = "impression_too_long"
    IMPRESSION_UNREADABLE = "impression_unreadable"
    IMPRESSION_ID_REUSED = "impression_id_reused"
    IMPRESSIONS_ENOUGH = "impressions_enough"
    NOT_CHECKED_IN_HERE = "not_checked_in_here"
    IMPRESSION_DECIDED = "impression_decided"
    IMPRESSION_WITHDRAWN = "impression_withdrawn"
