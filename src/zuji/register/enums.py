"""Closed sets of the register; their words stand in the translation files."""

from django.db.models import TextChoices


class ListState(TextChoices):
    """A list's way: staged it is only looked at; taken in it counts; taken back it stays, and counts no more."""

    STAGED = "staged"
    TAKEN_IN = "taken_in"
    TAKEN_BACK = "taken_back"
    DROPPED = "dropped"


class Band(TextChoices):
    """How a row came to its firm: surely, likely (someone is asked), alone as nothing fits, or by a ruling."""

    SURE = "sure"
    ASK = "ask"
    APART = "apart"
    RULED = "ruled"


class DoubtState(TextChoices):
    """What became of a doubtful pair; outdated when the rows were linked anew and the question is no more."""

    WAITING = "waiting"
    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"
    OUTDATED = "outdated"


class EnterpriseStatus(TextChoices):
    """在营, 吊销, 注销, 迁出, 未知."""

    ACTIVE = "active"
    REVOKED = "revoked"
    DEREGISTERED = "deregistered"
    MOVED_OUT = "moved_out"
    UNKNOWN = "unknown"


class Answer(TextChoices):
    """What a rule says of a firm. Unknown never counts as yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class RuleKind(TextChoices):
    """What is asked of each firm by a dated rule."""

    INTERNET = "internet"
    IN_DISTRICT = "in_district"
    ACTIVE = "active"
    THREE_HAVES = "three_haves"
    KEY = "key"


class FilingKind(TextChoices):
    """备案: of a website, with the public security, of an algorithm."""

    ICP = "icp"
    POLICE = "police"
    ALGORITHM = "algorithm"


class FilingState(TextChoices):
    """What the lists say of a filing's number: it has its kind's form or not, or a later list tells it no more."""

    WELL_FORMED = "well_formed"
    MALFORMED = "malformed"
    WITHDRAWN = "withdrawn"


class FormState(TextChoices):
    """A firm's census form: not begun, begun, handed in, sent back with a reason, checked and taken."""

    OPEN = "open"
    BEGUN = "begun"
    HANDED_IN = "handed_in"
    SENT_BACK = "sent_back"
    CHECKED = "checked"


class Verb(TextChoices):
    """What the audit trail says of the register."""

    AUTHORITY_ADDED = "authority_added"
    LIST_STAGED = "list_staged"
    LIST_TAKEN_IN = "list_taken_in"
    LIST_TAKEN_BACK = "list_taken_back"
    LIST_DROPPED = "list_dropped"
    ROWS_LINKED = "rows_linked"
    DOUBT_DECIDED = "doubt_decided"
    DOUBT_TAKEN_BACK = "doubt_taken_back"
    ENTERPRISES_MERGED = "enterprises_merged"
    MERGE_TAKEN_BACK = "merge_taken_back"
    ENTERPRISE_SPLIT = "enterprise_split"
    SPLIT_TAKEN_BACK = "split_taken_back"
    VALUE_OVERRULED = "value_overruled"
    OVERRULING_ENDED = "overruling_ended"
    PRECEDENCE_CHANGED = "precedence_changed"
    PRECEDENCE_TAKEN_BACK = "precedence_taken_back"
    RULE_CHANGED = "rule_changed"
    RULE_TAKEN_BACK = "rule_taken_back"
    CENSUS_OPENED = "census_opened"
    CENSUS_CLOSED = "census_closed"
    CENSUS_FORM_SAVED = "census_form_saved"
    CENSUS_FORM_HANDED_IN = "census_form_handed_in"
    CENSUS_FORM_SENT_BACK = "census_form_sent_back"
    CENSUS_FORM_CHECKED = "census_form_checked"
    CENSUS_REMINDED = "census_reminded"
    CENSUS_LINKS_TAKEN = "census_links_taken"
