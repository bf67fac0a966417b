/*
id = "R2"
version = 1
since = 2021-07-01
name = "indicator.R2"
unit = "unit.firms"
counts = ["counted.three_haves", "counted.merged_once"]
leaves_out = ["left_out.unknown", "left_out.answered_no", "left_out.not_internet_firms", "left_out.answers_after_cut_off"]
rule = { qualifier = "exact" }
*/
select cast(standing.enterprise_id as text) as key, 1 as weight, standing.enterprise_id
from facts.standings standing
where standing.association_id = :association
  and standing.kind in ('active', 'in_district', 'internet', 'three_haves')
  and standing.answer = 'yes'
  and standing.since <= :as_of
  and (standing.until is null or standing.until > :as_of)
group by standing.enterprise_id
having count(*) = 4
