"""Roles, rights and scopes: the words of the rights table."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Who somebody is within a scope. A participant has a pass and no account."""

    ADMINISTRATOR = "administrator"
    SECURITY = "security"
    AUDITOR = "auditor"
    OFFICE_LEAD = "office_lead"
    OFFICE = "office"
    COMMITTEE_MEMBER = "committee_member"
    INSTRUCTOR = "instructor"
    CONTACT = "contact"
    STEWARD = "steward"
    ENUMERATOR = "enumerator"
    CENTRE_HOST = "centre_host"
    JUROR = "juror"
    VIEWER = "viewer"


class ScopeKind(TextChoices):
    """What a role is held over: a scope is such a kind and the key of one."""

    ASSOCIATION = "association"
    ORGANISATION = "organisation"
    CAMPAIGN = "campaign"
    TOWN = "town"


class Right(TextChoices):
    """What can be asked for; `people.rights` says which role has which."""

    SEE_FRAME = "see_frame"
    SEE_ACCOUNTS = "see_accounts"
    MANAGE_ACCOUNTS = "manage_accounts"
    GRANT_ROLES = "grant_roles"
    SEE_AUDIT = "see_audit"
    SEE_ORGANISATIONS = "see_organisations"
    EDIT_ORGANISATIONS = "edit_organisations"
    IMPORT_ORGANISATIONS = "import_organisations"
    SEE_CAMPAIGNS = "see_campaigns"
    EDIT_CAMPAIGNS = "edit_campaigns"
    SEE_TRAIL = "see_trail"
    EDIT_TRAIL = "edit_trail"
    OPEN_TRAIL = "open_trail"
    CONFIRM_LOCATION = "confirm_location"
    SEE_PASSES = "see_passes"
    ISSUE_PASSES = "issue_passes"
    IMPORT_WALKERS = "import_walkers"
    MARK_SAME_PERSON = "mark_same_person"
    SEE_MATRIX = "see_matrix"
    SEE_CHECKINS = "see_checkins"
    SHOW_CODES = "show_codes"
    SCAN_PASSES = "scan_passes"
    ENTER_ROLL = "enter_roll"
    BACKFILL = "backfill"
    TAKE_BACK = "take_back"
    WITHDRAW_CODES = "withdraw_codes"
    REDUCE_CAMPAIGN = "reduce_campaign"
    SEE_FIGURES = "see_figures"
    PUBLISH_FIGURES = "publish_figures"


class Verb(TextChoices):
    """What the audit trail says of people."""

    ACCOUNT_MADE = "account_made"
    ACCOUNT_CLOSED = "account_closed"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    LINK_MADE = "link_made"
