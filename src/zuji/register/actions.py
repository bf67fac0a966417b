"""Writes to the register: one verb, one function."""

from zuji.register.authorities import add_authority
from zuji.register.overruling import end_overruling, overrule
from zuji.register.precedence import preview_precedence, set_precedence, take_back_precedence
from zuji.register.ruling import decide_doubt, merge, split, take_back_decision, undo_merge, undo_split
from zuji.register.staging import drop_list, restage, stage_list
from zuji.register.taking import take_back, take_in

__all__ = [
    "add_authority",
    "decide_doubt",
    "drop_list",
    "end_overruling",
    "merge",
    "overrule",
    "preview_precedence",
    "restage",
    "set_precedence",
    "split",
    "stage_list",
    "take_back",
    "take_back_decision",
    "take_back_precedence",
    "take_in",
    "undo_merge",
    "undo_split",
]
