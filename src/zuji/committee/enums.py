"""Closed sets of organisations."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """Kinds of Party organisation (党组织)."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    JOINT_BRANCH = "joint_branch"


class ParticipantKind(TextChoices):
    """What a participant organisation (参加单位) is: a firm counts as one in T2, an institution does not."""

    FIRM = "firm"
    INSTITUTION = "institution"


class JoinsAs(TextChoices):
    """In what capacity a participant organisation takes part."""

    FIRM_ORGANISATION = "firm_organisation"
    ASSOCIATION_MEMBER = "association_member"
    COBUILDING_UNIT = "cobuilding_unit"


class Verb(TextChoices):
    """What the audit trail says of organisations."""

    PARTICIPANT_ADDED = "participant_added"
    PARTICIPANT_CHANGED = "participant_changed"
    PARTICIPANTS_IMPORTED = "participants_imported"
    ORGANISATION_ADDED = "organisation_added"
    ORGANISATION_AFFILIATED = "organisation_affiliated"
    ORGANISATION_CHANGED = "organisation_changed"
    ORGANISATION_ENDED = "organisation_ended"
    ORGANISATION_RESUMED = "organisation_resumed"
    ORGANISATION_GUIDED = "organisation_guided"
    AFFILIATION_ENDED = "affiliation_ended"
    GUIDANCE_ENDED = "guidance_ended"
    AFFILIATION_TAKEN_BACK = "affiliation_taken_back"
    GUIDANCE_TAKEN_BACK = "guidance_taken_back"
    FIRM_COVERED = "firm_covered"
    COVERAGE_ENDED = "coverage_ended"
