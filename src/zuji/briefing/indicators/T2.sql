/*
id = "T2"
version = 1
since = 2021-07-01
name = "indicator.T2"
unit = "unit.firms"
counts = ["counted.firms", "counted.seats_show_it", "counted.any_grade"]
leaves_out = [
  "left_out.not_firms",
  "left_out.rehearsals",
  "left_out.taken_back",
  "left_out.after_cut_off",
  "left_out.other_activities",
]
rule = { qualifier = "at_least", step = 10 }
*/
select cast(checkin.organisation_id as text) as key, 1 as weight, checkin.organisation_id
from facts.checkins checkin
join facts.trails trail on trail.activity_id = checkin.activity_id
join facts.participants participant on participant.participant_id = checkin.organisation_id
where checkin.association_id = :association
  and (cast(:campaign as bigint) is null or checkin.campaign_id = cast(:campaign as bigint))
  and checkin.counted_from <= :as_of
  and (checkin.taken_back_at is null or checkin.taken_back_at > :as_of)
  and participant.kind = 'firm'
group by checkin.organisation_id
