/*
id = "T10"
version = 1
since = 2021-07-01
name = "indicator.T10"
unit = "unit.seats"
counts = ["counted.seats"]
leaves_out = [
  "left_out.passes",
  "left_out.rehearsals",
  "left_out.taken_back",
  "left_out.after_cut_off",
  "left_out.other_activities",
]
rule = { qualifier = "exact" }
*/
select cast(checkin.campaign_id as text) || '/' || cast(checkin.item_id as text) as key, checkin.seats as weight,
  checkin.campaign_id, checkin.checkpoint_id, checkin.organisation_id
from facts.checkins checkin
join facts.trails trail on trail.activity_id = checkin.activity_id
where checkin.association_id = :association
  and (cast(:campaign as bigint) is null or checkin.campaign_id = cast(:campaign as bigint))
  and checkin.counted_from <= :as_of
  and (checkin.taken_back_at is null or checkin.taken_back_at > :as_of)
  and checkin.pass_id is null
