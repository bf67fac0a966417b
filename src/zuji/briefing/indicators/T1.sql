/*
id = "T1"
version = 1
since = 2021-07-01
name = "indicator.T1"
unit = "unit.sites"
counts = ["counted.sites", "counted.seats_show_it", "counted.any_grade"]
leaves_out = [
  "left_out.rehearsals",
  "left_out.taken_back",
  "left_out.after_cut_off",
  "left_out.other_activities",
]
rule = { qualifier = "exact" }
*/
select cast(stop.site_id as text) as key, 1 as weight, stop.site_id
from facts.checkins checkin
join facts.stops stop on stop.checkpoint_id = checkin.checkpoint_id
where checkin.association_id = :association
  and (cast(:campaign as bigint) is null or checkin.campaign_id = cast(:campaign as bigint))
  and checkin.counted_from <= :as_of
  and (checkin.taken_back_at is null or checkin.taken_back_at > :as_of)
group by stop.site_id
