/*
id = "T3"
version = 1
since = 2021-07-01
name = "indicator.T3"
unit = "unit.people"
counts = ["counted.people_of_firms", "counted.same_person_once", "counted.any_grade"]
leaves_out = [
  "left_out.not_firms",
  "left_out.seats",
  "left_out.rehearsals",
  "left_out.taken_back",
  "left_out.after_cut_off",
  "left_out.other_activities",
]
rule = { qualifier = "at_least", step = 100 }
*/
select cast(checkin.campaign_id as text) || '/' || cast(checkin.person_id as text) as key, 1 as weight,
  checkin.campaign_id, checkin.person_id, min(checkin.organisation_id) as organisation_id
from facts.checkins checkin
join facts.trails trail on trail.activity_id = checkin.activity_id
join facts.participants participant on participant.participant_id = checkin.organisation_id
where checkin.association_id = :association
  and (cast(:campaign as bigint) is null or checkin.campaign_id = cast(:campaign as bigint))
  and checkin.counted_from <= :as_of
  and (checkin.taken_back_at is null or checkin.taken_back_at > :as_of)
  and participant.kind = 'firm'
  and checkin.person_id is not null
group by checkin.campaign_id, checkin.person_id
