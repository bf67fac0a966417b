"""Rows of lists become firms: `link` takes records and gives clusters, links with reasons, and what to ask.

Rows with a sound code are labelled data: their codes are hidden in turn, and weights for what is seen of two (names,
persons, telephones, addresses, …) are learnt from which firm was right. So the weights fit each set of lists, and no
list's name or order matters.
"""

from zuji.register.linking.linking import link
from zuji.register.linking.records import Band, Decided, Doubt, Key, Link, Linked, Reason, Record, Why

__all__ = ["Band", "Decided", "Doubt", "Key", "Link", "Linked", "Reason", "Record", "Why", "link"]
