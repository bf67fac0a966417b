"""The package's published relations: firms, and what the rules said of each for how long. Nothing of persons."""

from zuji.core.facts import Fact

ENTERPRISES = Fact(
    name="enterprises",
    row="one firm on the register as it stands now; one that was found to be another is not among them",
    key=("enterprise_id",),
    columns={
        "enterprise_id": "key of the firm",
        "association_id": "the association on whose register it stands",
        "name": "its name in force",
        "code": "its unified social credit code, empty when unknown",
        "town": "code of the town that it is in, empty when unknown",
        "status": "active, revoked, deregistered, moved_out or unknown",
        "status_since": "since when it has this status, null when unknown",
        "founded": "the day on which it was founded, null when unknown",
        "industry_code": "its line of business by GB/T 4754-2017, empty when unknown",
        "staff": "how many people work there, null when unknown",
        "lists": "on how many lists it stands",
    },
    select="""select card.enterprise_id, card.association_id, card.name, card.code, card.town, card.status,
            card.status_since, card.founded, card.industry_code, card.staff, card.lists
        from register_card card
        join register_enterprise enterprise on enterprise.id = card.enterprise_id
        where enterprise.merged_into_id is null""",
)

STANDINGS = Fact(
    name="standings",
    row="what one rule said of one firm for a time, firms that were since found to be another among them",
    key=("standing_id",),
    columns={
        "standing_id": "key of the answer",
        "enterprise_id": "the firm",
        "association_id": "the association on whose register it stands",
        "kind": "what was asked: internet, in_district, active, three_haves or key",
        "answer": "yes, no or unknown",
        "rule_version": "number of the rule's version by which it was answered",
        "since": "the instant from which the answer counts, a day's beginning where the association is",
        "until": "the instant from which it counts no longer, null while it does",
    },
    select="""select standing.id as standing_id, standing.enterprise_id, enterprise.association_id, standing.kind,
            standing.answer, version.number as rule_version,
            lower(standing.during)::timestamp at time zone association.time_zone as since,
            upper(standing.during)::timestamp at time zone association.time_zone as until
        from register_standing standing
        join register_enterprise enterprise on enterprise.id = standing.enterprise_id
        join register_ruleversion version on version.id = standing.version_id
        join core_association association on association.id = enterprise.association_id""",
)

FILINGS = Fact(
    name="filings",
    row="one filing of a firm as one row of a list tells it now",
    key=("filing_id",),
    columns={
        "filing_id": "key of the filing",
        "enterprise_id": "the firm",
        "association_id": "the association on whose register it stands",
        "kind": "icp, police or algorithm",
        "number": "its number",
        "well_formed": "whether the number has the form that its kind has",
        "dated": "the day that the list gives for it, null when it gives none",
    },
    select="""select filing.id as filing_id, filing.enterprise_id, enterprise.association_id, filing.kind,
            filing.number, filing.well_formed, filing.dated
        from register_filing filing
        join register_enterprise enterprise on enterprise.id = filing.enterprise_id""",
)

FACTS = (ENTERPRISES, STANDINGS, FILINGS)
