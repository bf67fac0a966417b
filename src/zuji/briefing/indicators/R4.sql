/*
id = "R4"
version = 1
since = 2021-07-01
name = "indicator.R4"
unit = "unit.party_organisations"
counts = ["counted.affiliated"]
leaves_out = ["left_out.only_guided", "left_out.affiliated_elsewhere"]
rule = { qualifier = "exact" }
*/
select cast(affiliation.organisation_id as text) as key, 1 as weight,
  affiliation.organisation_id as party_organisation_id
from facts.affiliations affiliation
join facts.organisations committee on committee.organisation_id = affiliation.to_id
where affiliation.association_id = :association
  and committee.own
  and affiliation.since <= :as_of
  and (affiliation.until is null or affiliation.until > :as_of)
