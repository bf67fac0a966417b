/*
id = "T5"
version = 1
since = 2021-07-01
name = "indicator.T5"
unit = "unit.person_times"
counts = ["counted.person_times", "counted.same_person_once", "counted.seats_once", "counted.any_grade"]
leaves_out = [
  "left_out.rehearsals",
  "left_out.taken_back",
  "left_out.after_cut_off",
  "left_out.other_activities",
]
rule = { qualifier = "exact" }
*/
select cast(place.activity_id as text) || '/' || place.participant as key, max(place.seats) as weight,
  place.activity_id, min(place.organisation_id) as organisation_id
from (
  -- by place, of which the highest counts: whoever was counted at two doors was there once
  select checkin.activity_id, checkin.checkpoint_id,
    coalesce(cast(checkin.person_id as text), 'seats/' || cast(checkin.organisation_id as text)) as participant,
    min(checkin.organisation_id) as organisation_id,
    case when min(checkin.person_id) is null then sum(checkin.seats) else 1 end as seats
  from facts.checkins checkin
  join facts.trails trail on trail.activity_id = checkin.activity_id
  where checkin.association_id = :association
    and (cast(:campaign as bigint) is null or checkin.campaign_id = cast(:campaign as bigint))
    and checkin.counted_from <= :as_of
    and (checkin.taken_back_at is null or checkin.taken_back_at > :as_of)
  group by checkin.activity_id, checkin.checkpoint_id,
    coalesce(cast(checkin.person_id as text), 'seats/' || cast(checkin.organisation_id as text))
) place
group by place.activity_id, place.participant
