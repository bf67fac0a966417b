"""Writes to the register: one verb, one function."""

from zuji.register.authorities import add_authority
from zuji.register.staging import drop_list, restage, stage_list
from zuji.register.taking import take_back, take_in

__all__ = ["add_authority", "drop_list", "restage", "stage_list", "take_back", "take_in"]
