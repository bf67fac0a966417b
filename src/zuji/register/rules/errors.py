"""Why a rule is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given for a rule's parameters, or for when it is to hold."""

    RULE_UNREADABLE = "rule_unreadable"
    RULE_NOTHING_COUNTS = "rule_nothing_counts"
    RULE_TEXT_EMPTY = "rule_text_empty"
    RULE_DISTRICT = "rule_district"
    RULE_WORD_BOTH_WAYS = "rule_word_both_ways"
    RULE_CRITERION = "rule_criterion"
    RULE_CRITERION_TWICE = "rule_criterion_twice"
    RULE_OUT_OF_REACH = "rule_out_of_reach"
    RULE_TOO_EARLY = "rule_too_early"
    RULE_SAME = "rule_same"
    RULE_IS_FIRST = "rule_is_first"
    RULE_REASON_MISSING = "rule_reason_missing"
    NO_RULE = "no_rule"
