"""What a column of a list can hold about a firm."""

from enum import StrEnum


class Field(StrEnum):
    """A fact about a firm that some authority's list tells; its words stand in the translation files."""

    CODE = "code"
    NAME = "name"
    FORMER_NAME = "former_name"
    BRAND = "brand"
    PERSON = "person"
    CONTACT = "contact"
    PHONE = "phone"
    ADDRESS = "address"
    TOWN = "town"
    BUILDING = "building"
    FOUNDED = "founded"
    STATUS = "status"
    STATUS_SINCE = "status_since"
    INDUSTRY_CODE = "industry_code"
    INDUSTRY = "industry"
    STAFF = "staff"
    REVENUE = "revenue"
    MEMBERS = "members"
    HOST_KIND = "host_kind"
    FILING = "filing"
    POLICE_FILING = "police_filing"
    ALGORITHM_FILING = "algorithm_filing"
    AUDITED = "audited"
    SITE = "site"
    DOMAIN = "domain"
    PREMISES = "premises"
    OPERATING = "operating"
    NOTE = "note"


PERSONAL = frozenset({Field.PERSON, Field.CONTACT, Field.PHONE})
"""What says something of a person; these values live in the personal table and go after their time."""
