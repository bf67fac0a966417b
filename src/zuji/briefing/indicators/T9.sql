/*
id = "T9"
version = 1
since = 2021-07-01
name = "indicator.T9"
unit = "unit.checkins"
share_of = "T4"
counts = ["counted.late_checkins"]
leaves_out = [
  "left_out.seats",
  "left_out.rehearsals",
  "left_out.taken_back",
  "left_out.after_cut_off",
  "left_out.other_activities",
]
rule = { qualifier = "exact" }
*/
select cast(checkin.campaign_id as text) || '/' || cast(checkin.item_id as text) as key, 1 as weight,
  checkin.campaign_id, checkin.checkpoint_id, checkin.organisation_id, checkin.grade, checkin.late
from facts.checkins checkin
join facts.trails trail on trail.activity_id = checkin.activity_id
where checkin.association_id = :association
  and (cast(:campaign as bigint) is null or checkin.campaign_id = cast(:campaign as bigint))
  and checkin.counted_from <= :as_of
  and (checkin.taken_back_at is null or checkin.taken_back_at > :as_of)
  and checkin.pass_id is not null
  and checkin.late
