"""The package's published relations."""

from zuji.core.facts import Fact

ORGANISATIONS = Fact(
    name="organisations",
    row="one Party organisation",
    key=("organisation_id",),
    columns={
        "organisation_id": "key of the organisation",
        "association_id": "the association on whose list it stands",
        "name": "its name",
        "kind": "committee, general_branch, branch or joint_branch",
        "own": "whether it is the association's own committee: the first committee on its list",
    },
    select="""select id as organisation_id, association_id, name, kind,
            kind = 'committee' and id = min(id) filter (where kind = 'committee') over (partition by association_id)
                as own
        from committee_organisation""",
)

AFFILIATIONS = Fact(
    name="affiliations",
    row="that one organisation belongs (隶属) to another for a time",
    key=("affiliation_id",),
    columns={
        "affiliation_id": "key of the relation",
        "association_id": "the association on whose list the organisation stands",
        "organisation_id": "the organisation",
        "to_id": "the organisation that it belongs to",
        "since": "the instant from which it does, a day's beginning where the association is",
        "until": "the instant from which it does no longer, null while it does",
    },
    select="""select relation.id as affiliation_id, organisation.association_id, relation.organisation_id,
            relation.to_id, lower(relation.during)::timestamp at time zone association.time_zone as since,
            upper(relation.during)::timestamp at time zone association.time_zone as until
        from committee_affiliation relation
        join committee_organisation organisation on organisation.id = relation.organisation_id
        join core_association association on association.id = organisation.association_id""",
)

COVERAGES = Fact(
    name="coverages",
    row="that an organisation is a firm's own or joint one for a time; of merged firms the remaining one's",
    key=("coverage_id",),
    columns={
        "coverage_id": "key of the relation",
        "association_id": "the association on whose list the organisation stands",
        "organisation_id": "the organisation",
        "enterprise_id": "the firm as it stands now",
        "since": "the instant from which it is, a day's beginning where the association is",
        "until": "the instant from which it is no longer, null while it is",
    },
    select="""with recursive led (id, now_id, merged_into_id) as (
            select id, id, merged_into_id from register_enterprise
            union all
            select led.id, kept.id, kept.merged_into_id
            from led join register_enterprise kept on kept.id = led.merged_into_id)
        select coverage.id as coverage_id, organisation.association_id, coverage.organisation_id,
            led.now_id as enterprise_id, lower(coverage.during)::timestamp at time zone association.time_zone as since,
            upper(coverage.during)::timestamp at time zone association.time_zone as until
        from committee_coverage coverage
        join led on led.id = coverage.enterprise_id and led.merged_into_id is null
        join committee_organisation organisation on organisation.id = coverage.organisation_id
        join core_association association on association.id = organisation.association_id""",
)

PARTICIPANTS = Fact(
    name="participants",
    row="one participant organisation",
    key=("participant_id",),
    columns={
        "participant_id": "key of the participant organisation",
        "association_id": "the association on whose list it stands",
        "name": "its name",
        "kind": "firm or institution",
        "joins_as": "in what capacity it takes part",
        "expected": "head-count that it announced, null when unknown",
        "sample": "whether it is an invented example",
    },
    select="""select id as participant_id, association_id, name, kind, joins_as, expected, sample
        from committee_participantorganisation""",
)

FACTS = (PARTICIPANTS, ORGANISATIONS, AFFILIATIONS, COVERAGES)
