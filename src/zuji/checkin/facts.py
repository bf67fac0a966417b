"""The package's published relations. Nothing here says who somebody is or where a phone was."""

from zuji.core.facts import Fact

CAMPAIGNS = Fact(
    name="campaigns",
    row="one campaign",
    key=("campaign_id",),
    columns={
        "campaign_id": "key of the campaign",
        "association_id": "the association that holds it",
        "slug": "its name in addresses",
        "name_zh": "its Chinese name",
        "name_en": "its English name",
        "opens_on": "its first day",
        "closes_on": "its last day",
        "target_firms": "how many firms it means to reach, null when none is set",
        "reduced": "whether instants have been blanked, so that dates alone are left",
    },
    select="""select id as campaign_id, association_id, slug, name_zh, name_en, opens_on, closes_on, target_firms,
            reduced_at is not null as reduced
        from checkin_campaign""",
)

ACTIVITIES = Fact(
    name="activities",
    row="one activity, rehearsals among them",
    key=("activity_id",),
    columns={
        "activity_id": "key of the activity",
        "campaign_id": "the campaign that it is part of",
        "association_id": "the association that holds it",
        "name_zh": "its Chinese name",
        "name_en": "its English name",
        "held_on": "the day on which it is held",
        "rehearsal": "whether it is a rehearsal, which is counted nowhere",
    },
    select="""select activity.id as activity_id, activity.campaign_id, campaign.association_id,
            activity.name_zh, activity.name_en, activity.held_on, activity.rehearsal
        from checkin_activity activity
        join checkin_campaign campaign on campaign.id = activity.campaign_id""",
)

CHECKPOINTS = Fact(
    name="checkpoints",
    row="one checkpoint, those of rehearsals among them",
    key=("checkpoint_id",),
    columns={
        "checkpoint_id": "key of the checkpoint",
        "activity_id": "the activity that it is part of",
        "campaign_id": "the campaign of that activity",
        "association_id": "the association that holds it",
        "name_zh": "its Chinese name",
        "name_en": "its English name",
        "opens_at": "from when one can check in",
        "closes_at": "until when one can check in",
    },
    select="""select checkpoint.id as checkpoint_id, checkpoint.activity_id, activity.campaign_id,
            campaign.association_id, checkpoint.name_zh, checkpoint.name_en, checkpoint.opens_at, checkpoint.closes_at
        from checkin_checkpoint checkpoint
        join checkin_activity activity on activity.id = checkpoint.activity_id
        join checkin_campaign campaign on campaign.id = activity.campaign_id""",
)

PASSES = Fact(
    name="passes",
    row="one pass, withdrawn ones among them",
    key=("pass_id",),
    columns={
        "pass_id": "key of the pass",
        "campaign_id": "the campaign in which it is a participant",
        "association_id": "the association that holds it",
        "organisation_id": "the participant organisation that it walks for",
        "person_id": "the pass that stands for the person; passes marked as the same person share it",
        "joined_at": "when it was made",
        "on_the_spot": "whether it joined with a join code on the spot",
        "withdrawn_at": "since when it opens nothing any more, null while it is good",
    },
    select="""select pass.id as pass_id, pass.campaign_id, campaign.association_id, pass.organisation_id,
            coalesce(pass.person, pass.id) as person_id, pass.joined_at, pass.on_the_spot, pass.withdrawn_at
        from checkin_pass pass
        join checkin_campaign campaign on campaign.id = pass.campaign_id""",
)

CHECKINS = Fact(
    name="checkins",
    row="one check-in, or one head-count of anonymous seats, for each time that it was in force; no rehearsals",
    key=("campaign_id", "item_id", "since_correction"),
    columns={
        "association_id": "the association that holds the campaign",
        "campaign_id": "the campaign",
        "activity_id": "the activity",
        "checkpoint_id": "the checkpoint",
        "item_id": "the item that was accepted",
        "pass_id": "the pass, null for anonymous seats",
        "person_id": "the pass that stands for the person, null for anonymous seats",
        "organisation_id": "the participant organisation of the pass at the check-in",
        "at": "judged time of the check-in, null in a reduced campaign",
        "local_date": "the day of the check-in in the association's time zone; stays when the campaign is reduced",
        "received_at": "when it arrived, null in a reduced campaign",
        "grade": "strength of the evidence, A to D; every grade counts the same",
        "late": "whether its code was over two minutes old when it arrived",
        "seats": "how many took part by this row: 1 for a pass, a head-count for anonymous seats",
        "evidence": "what it is based on: screen, poster, short, grant or roll",
        "since_correction": "0 for the check-in as it was made, else the number of the correction that put it back",
        "counted_from": "counted at cut-offs from here on: its judged time or, once reduced, its local date's end, "
        "or when its pass was erased; "
        "after a putting-back, the instant of that",
        "taken_back_at": "and no longer from here on; null while it is in force",
    },
    # A reduced row counts from its day's end, so that no cut-off within the day counts what may have come after it;
    # an erased one from its erasure on, since it came before that.
    select="""select campaign.association_id, item.campaign_id, checkpoint.activity_id, item.checkpoint_id,
            item.id as item_id, item.pass_id, coalesce(pass.person, pass.id) as person_id, item.organisation_id,
            item.at, item.local_date, item.received_at, item.grade, item.late, item.seats, item.evidence,
            coalesce(span.number, 0) as since_correction,
            coalesce(
                span.at, item.at,
                least(
                    (item.local_date + 1)::timestamp at time zone association.time_zone - interval '1 microsecond',
                    case when campaign.reduced_at is null then pass.withdrawn_at end
                )
            ) as counted_from,
            ending.at as taken_back_at
        from checkin_item item
        join checkin_checkpoint checkpoint on checkpoint.id = item.checkpoint_id
        join checkin_activity activity on activity.id = checkpoint.activity_id and not activity.rehearsal
        join checkin_campaign campaign on campaign.id = item.campaign_id
        join core_association association on association.id = campaign.association_id
        left join checkin_pass pass on pass.id = item.pass_id
        left join (
            select campaign_id, item_id, 0 as number, null as at from checkin_correction where number = 1
            union all
            select campaign_id, item_id, number, at from checkin_correction where kind = 'put_back'
        ) span on span.campaign_id = item.campaign_id and span.item_id = item.id
        left join checkin_correction ending on ending.campaign_id = item.campaign_id and ending.item_id = item.id
            and ending.number = coalesce(span.number, 0) + 1
        where item.outcome = 'accepted' and item.first_id is null""",
)

FACTS = (CAMPAIGNS, ACTIVITIES, CHECKPOINTS, PASSES, CHECKINS)
