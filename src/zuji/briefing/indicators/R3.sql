/*
id = "R3"
version = 1
since = 2021-07-01
name = "indicator.R3"
unit = "unit.firms"
counts = ["counted.covered_firms", "counted.merged_once"]
leaves_out = ["left_out.not_three_haves", "left_out.not_covered"]
rule = { qualifier = "nearly", step = 10 }
*/
select cast(standing.enterprise_id as text) as key, 1 as weight, standing.enterprise_id
from facts.standings standing
where standing.association_id = :association
  and standing.kind in ('active', 'in_district', 'internet', 'three_haves')
  and standing.answer = 'yes'
  and standing.since <= :as_of
  and (standing.until is null or standing.until > :as_of)
  and standing.enterprise_id in (
    select coverage.enterprise_id
    from facts.coverages coverage
    where coverage.association_id = :association
      and coverage.since <= :as_of
      and (coverage.until is null or coverage.until > :as_of)
  )
group by standing.enterprise_id
having count(*) = 4
