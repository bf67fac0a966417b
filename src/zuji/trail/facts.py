"""The package's published relations."""

from zuji.core.facts import Fact

SITES = Fact(
    name="sites",
    row="one heritage site",
    key=("site_id",),
    columns={
        "site_id": "key of the site",
        "association_id": "the association on whose list it stands",
        "code": "its code on that list",
        "name_zh": "its Chinese name",
        "name_en": "its English name",
        "town": "the town that it lies in, empty when unknown",
    },
    select="select id as site_id, association_id, code, name_zh, name_en, town from trail_site",
)

TRAILS = Fact(
    name="trails",
    row="one trail; an activity has one at most",
    key=("trail_id",),
    columns={
        "trail_id": "key of the trail",
        "activity_id": "the activity whose way it is",
        "campaign_id": "the campaign of that activity",
        "association_id": "the association that holds it",
        "name_zh": "its Chinese name",
        "name_en": "its English name",
        "opened_at": "when it was opened, null while it is being prepared",
    },
    select="""select trail.id as trail_id, trail.activity_id, activity.campaign_id, campaign.association_id,
            trail.name_zh, trail.name_en, trail.opened_at
        from trail_trail trail
        join checkin_activity activity on activity.id = trail.activity_id
        join checkin_campaign campaign on campaign.id = activity.campaign_id""",
)

STOPS = Fact(
    name="stops",
    row="one checkpoint at a stop of a trail",
    key=("checkpoint_id",),
    columns={
        "checkpoint_id": "the checkpoint",
        "stop_id": "the stop at which it stands",
        "site_id": "the site of that stop",
        "trail_id": "the trail of that stop",
        "association_id": "the association that holds it",
    },
    select="""select place.checkpoint_id, place.stop_id, stop.site_id, stop.trail_id, site.association_id
        from trail_stopcheckpoint place
        join trail_stop stop on stop.id = place.stop_id
        join trail_site site on site.id = stop.site_id""",
)

IMPRESSIONS = Fact(
    name="impressions",
    row="one impression that a walker wrote at a stop; without its words, its writer and its time of day",
    key=("impression_id",),
    columns={
        "impression_id": "key of the impression",
        "stop_id": "the stop that it is about",
        "site_id": "the site of that stop",
        "activity_id": "the activity of that stop's trail",
        "campaign_id": "the campaign in which it was written",
        "association_id": "the association that holds the campaign",
        "state": "waiting, approved, declined or withdrawn",
        "local_date": "the day on which it was written, in the association's time zone",
        "rehearsal": "whether the activity is a rehearsal, which counts nowhere",
    },
    select="""select impression.id as impression_id, impression.stop_id, stop.site_id, trail.activity_id,
            impression.campaign_id, campaign.association_id, impression.state, impression.local_date,
            activity.rehearsal
        from trail_impression impression
        join trail_stop stop on stop.id = impression.stop_id
        join trail_trail trail on trail.id = stop.trail_id
        join checkin_activity activity on activity.id = trail.activity_id
        join checkin_campaign campaign on campaign.id = impression.campaign_id""",
)

FACTS = (SITES, TRAILS, STOPS, IMPRESSIONS)
